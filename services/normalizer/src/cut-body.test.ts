import type { RawItem } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import type { Draft } from './draft.js'
import { readHtml } from './html/html.js'
import { normalise } from './normalise.js'

function read(html: string, own: Partial<RawItem> = {}, headline = 'Acme opens a plant'): Draft {
  return normalise({
    source: 'push',
    door: 'push',
    contentType: 'application/json',
    body: JSON.stringify({ uri: 'urn:example:1', headline, body_html: html }),
    received: '2026-06-20T10:00:00.000Z',
    rights: 'full',
    ...own,
  })
}

describe('an HTML body', () => {
  it('loses the lines of the wire, each to its field', () => {
    const draft = read(
      [
        '<p>Acme opens a <b>plant</b>.</p>',
        '<p><img src="https://mma.example.com/a.jpg" alt="The plant"></p>',
        '<p>Logo - <a href="https://mma.example.com/l.png">https://mma.example.com/l.png</a></p>',
        '<p>About Acme</p><p>Acme makes doors.</p>',
        '<p><strong>Media Contact:</strong><br>Anna Example<br>anna@acme.example.com</p>',
        '<p>View original content: <a href="https://www.prnewswire.com/x-302900001.html">https://www.prnewswire.com/x-302900001.html</a></p>',
        '<p>SOURCE Acme Inc.</p>',
      ].join('\n'),
    )
    expect(draft.body.html).toBe(
      '<p>Acme opens a <b>plant</b>.</p>\n<p>About Acme</p><p>Acme makes doors.</p>',
    )
    expect(draft).toMatchObject({
      issuer: { name: 'Acme Inc.' },
      contact: 'Media Contact:\nAnna Example\nanna@acme.example.com',
      sourceUrl: 'https://www.prnewswire.com/x-302900001.html',
      media: [
        { url: 'https://mma.example.com/l.png', caption: 'Logo' },
        { url: 'https://mma.example.com/a.jpg', caption: 'The plant' },
      ],
    })
  })

  it('loses single lines of a paragraph, and keeps the others', () => {
    const draft = read(
      '<div>It opens.<br>Original-Content von: Muster AG, übermittelt durch news aktuell</div>',
    )
    expect(draft.body.text).toBe('It opens.')
    expect(draft.issuer.name).toBe('Muster AG')
    expect(draft.credit).toBe('Original-Content von: Muster AG, übermittelt durch news aktuell')
  })

  it('of the police loses all that follows the contact', () => {
    const draft = read(
      '<p>Ein Rad fehlt.</p><p>Rückfragen bitte an:</p><p>Polizei Musterstadt</p><pre>Telefon 0123\n0456</pre><p>Die Polizei Musterstadt ist für eine Stadt da, in der viele Menschen leben, und sie erzählt hier sehr lange davon, wie gern sie das tut und seit wann.</p><p>Original-Content von: Polizei Musterstadt, übermittelt durch news aktuell</p>',
      {},
      'POL-MU: Rad gefunden',
    )
    expect(draft.body).toMatchObject({ html: '<p>Ein Rad fehlt.</p>', text: 'Ein Rad fehlt.' })
    expect(draft.contact).toContain('Telefon 0123\n0456')
    expect(draft.issuer.name).toBe('Polizei Musterstadt')
  })

  it('loses its embargo notice, and is held', () => {
    const draft = read(
      '<p><strong>EMBARGOED UNTIL 9:00 a.m. ET on June 24, 2026</strong></p><p>It opens.</p>',
    )
    expect(draft.embargoUntil).toBe('2026-06-24T13:00:00.000Z')
    expect(draft.body.html).toBe('<p>It opens.</p>')
  })

  it.each([
    '<ul><li>One</li></ul><p>SOURCE Acme</p>',
    '<p><b>Two<br>Contact: Anna</b></p><p>Three</p>',
    '<table><tr><td>Four</td></tr></table><p>Pressekontakt:<br><br>Anna</p>',
    '<p>Five</p><pre>Kontakt:\nAnna\n</pre>',
    '<p>Six &amp; seven</p><p>Photo - &lt;none&gt;</p><p>SOURCE &amp; more</p>',
  ])('says the same in HTML and text: %s', (html) => {
    const { body } = read(html)
    expect(readHtml(body.html).text).toBe(body.text)
    expect(body.text).not.toMatch(/SOURCE|ontact|ontakt|Anna/)
  })
})

describe('a headline', () => {
  it.each([
    ['[EMBARGOED UNTIL 9:00 a.m. ET June 24] Acme opens', 'Acme opens'],
    ['Sperrfrist 24.06.2026, 11 Uhr MESZ: Muster öffnet Werk', 'Muster öffnet Werk'],
    ['EMBARGOED UNTIL 9:00 a.m. ET June 24', 'It opens its doors today.'],
  ])('%s loses its notice', (given, headline) => {
    const draft = read('<p>It opens its doors today.</p>', {}, given)
    expect(draft.headline).toBe(headline)
    expect(draft.embargoUntil).toBeDefined()
  })

  it.each([
    ['Umsatz &lt; Vorjahr', 'Umsatz < Vorjahr'],
    ['R&amp;D at Acme', 'R&D at Acme'],
    ['Acme &amp;lt;grows&amp;gt;', 'Acme &lt;grows&gt;'],
    ['<b>Acme</b> grows', 'Acme grows'],
    ['Price < 5 > 3', 'Price < 5 > 3'],
    ['Doors 🚪 for all', 'Doors 🚪 for all'],
    ['شركة أكمي تفتح مصنعا', 'شركة أكمي تفتح مصنعا'],
    ['Caf\u0065\u0301 opens', 'Café opens'],
  ])('is decoded once: %s', (given, headline) => {
    expect(read('<p>Text.</p>', {}, given).headline).toBe(headline)
  })
})
