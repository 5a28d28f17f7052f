import { describe, expect, it } from 'vitest'
import type { Draft } from '../draft.js'
import { normalise } from '../normalise.js'

function read(body: string): Draft {
  return normalise({
    source: 'push',
    door: 'push',
    contentType: 'text/plain',
    body,
    received: '2026-07-14T10:00:00.000Z',
    rights: 'full',
  })
}

describe('the page of an article', () => {
  it('is read by its marks', () => {
    const draft = read(
      [
        '<article class="story"><p class="date">13.07.2026 – 15:29</p>',
        '<p class="customer"><a href="/blaulicht/nr/4711">Polizei Musterstadt</a></p>',
        '<h1>POL-MU: Rad gefunden</h1><p><i>Musterstadt (ots)</i></p>',
        '<p>Ein <b>Rad</b> wurde gefunden.</p><pre>   - blau\n   - alt</pre>',
        '<p class="contact-headline">Rückfragen bitte an:</p><p class="contact-text">Pressestelle</p>',
        '<p class="originator">Original-Content von: Polizei Musterstadt, übermittelt durch news aktuell</p></article>',
      ].join('\n'),
    )
    expect(draft).toMatchObject({
      wire: 'na',
      headline: 'POL-MU: Rad gefunden',
      issuer: { name: 'Polizei Musterstadt', id: '4711' },
      dateline: { raw: 'Musterstadt (ots)' },
      published: '2026-07-13T13:29:00.000Z',
      contact: 'Rückfragen bitte an:\nPressestelle',
      sourceCodes: [{ scheme: 'na:office', code: 'POL-MU' }],
    })
    expect(draft.body.text).toBe('Ein Rad wurde gefunden.\n\n- blau\n- alt')
    expect(draft.body.html).toContain('Ein <b>Rad</b> wurde gefunden.')
  })
})

describe('a text of EQS', () => {
  it('loses its heading', () => {
    const draft = read(
      'EQS-News: Muster AG / Schlagwort(e): Quartalsergebnis\nMuster AG wächst kräftig\n\n13.07.2026 / 07:30 CET/CEST\nFür den Inhalt der Mitteilung ist der Emittent / Herausgeber verantwortlich.\n\nDie Muster AG wächst.',
    )
    expect(draft).toMatchObject({
      wire: 'eqs',
      headline: 'Muster AG wächst kräftig',
      issuer: { name: 'Muster AG' },
      body: { text: 'Die Muster AG wächst.' },
    })
  })
})
