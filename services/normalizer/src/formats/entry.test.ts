import { PermanentError } from '@newswire/bus'
import { type FeedEntry, type RawItem, rawContentTypes } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../draft.js'
import { normalise } from '../normalise.js'

function read(entry: Partial<FeedEntry>, own: Partial<RawItem> = {}): Draft {
  const whole: FeedEntry = { categories: [], enclosures: [], extensions: {}, feed: {}, ...entry }
  return normalise({
    source: 'quelle',
    door: 'poll',
    contentType: rawContentTypes.entry,
    body: JSON.stringify(whole),
    received: '2026-07-14T20:30:00.000Z',
    rights: 'full',
    ...own,
  })
}

const story = 'https://www.presseportal.de/blaulicht/pm/117000/6300001'
const office = {
  guid: story,
  link: story,
  title: 'POL-MUSTER: Fahrrad gefunden',
  summary: 'Musterstadt (ots) - Am Bahnhof fanden Beamte ein Fahrrad und nahmen es mit ...',
  published: 'Tue, 14 Jul 2026 22:21:17 +0200',
  author: 'info@presseportal.de (presseportal.de)',
  feed: {
    title: 'Presseportal.de - Polizei Musterstadt',
    link: 'https://www.presseportal.de/blaulicht/nr/117000',
    language: 'de-de',
  },
}

describe('a presseportal entry', () => {
  it('becomes a teaser of its office', () => {
    expect(read(office)).toMatchObject({
      id: 'na-6300001',
      uri: 'urn:newswire:na-6300001',
      wire: 'na',
      headline: 'POL-MUSTER: Fahrrad gefunden',
      body: {
        text: 'Am Bahnhof fanden Beamte ein Fahrrad und nahmen es mit ...',
        html: '<p>Am Bahnhof fanden Beamte ein Fahrrad und nahmen es mit ...</p>',
        complete: false,
      },
      dateline: { raw: 'Musterstadt (ots)', places: ['Musterstadt'] },
      language: 'de',
      issuer: {
        name: 'Polizei Musterstadt',
        id: '117000',
        url: 'https://www.presseportal.de/blaulicht/nr/117000',
      },
      credit: 'Original-Content von: Polizei Musterstadt, übermittelt durch news aktuell',
      published: '2026-07-14T20:21:17.000Z',
      sourceUrl: story,
      sourceCodes: [{ scheme: 'na:office', code: 'POL-MUSTER' }],
      flags: [],
    })
  })

  it('takes issuer and credit from the frame around the teaser, its picture as media, and no more', () => {
    const draft = read({
      ...office,
      summary: undefined,
      feed: { title: 'Presseportal.de - Wirtschaft', language: 'de-de' },
      content: `<b>Muster AG</b> [<a href="${story}">Newsroom</a>]<br/><div style="float:left"><img src="https://cache.example.net/story_small/a.jpg" width="110"></div>Bonn (ots) - Die Muster AG baut ... <a href="${story}">Lesen Sie hier weiter...</a><br clear="all" /><p><small>Original-Content von: Muster AG, übermittelt durch news aktuell</small></p>`,
    } as Partial<FeedEntry>)
    expect(draft.body.text).toBe('Die Muster AG baut ...')
    expect(draft.issuer.name).toBe('Muster AG')
    expect(draft.credit).toBe('Original-Content von: Muster AG, übermittelt durch news aktuell')
    expect(draft.media).toEqual([{ url: 'https://cache.example.net/story_small/a.jpg' }])
  })

  it('does not take the name of a topic for an issuer', () => {
    const feed = {
      title: 'Presseportal.de - Blaulicht',
      link: 'https://www.presseportal.de/blaulicht',
    }
    const draft = read({ ...office, feed })
    expect(draft.issuer.name).toBe('')
    expect(draft.flags).toContain('no-issuer')
    expect(
      read({ ...office, feed, extensions: { source: ['Feuerwehr Muster'] } }).issuer.name,
    ).toBe('Feuerwehr Muster')
  })

  it('knows the story by its number on every host and path', () => {
    const link = 'http://www.presseportal.ch/de/pm/100000148/100941487'
    expect(read({ ...office, link, guid: link }).id).toBe('na-100941487')
  })
})

const release =
  'https://www.prnewswire.co.uk/news-releases/acme-digs-up-a-very-large-potato-302900002.html'
const prn = {
  guid: release,
  link: release,
  title: 'ACME DIGS UP A VERY LARGE POTATO',
  content:
    '<p>Sales grow by 12% NEW YORK and NOIDA, India, July 13, 2026 /PRNewswire/ -- Acme (NYSE: ACMF) &amp; friends have dug...</p>',
  published: 'Mon, 13 Jul 2026 21:19:00 +0000',
  enclosures: [
    { url: 'https://media.example.com/potato.jpg', type: 'image/jpeg', credit: 'PRNewswire' },
  ],
  extensions: {
    'prn:industry': ['Jewelry', 'Mining & Metals ', 'JWL', 'MNG'],
    'prn:subject': ['Market Research Reports'],
    'dc:subject': ['MRR'],
    'dc:contributor': ['Acme Foods Inc.'],
    'dc:language': ['pt-BR'],
  },
  feed: { title: 'All News Releases', language: 'en-us' },
}

describe('a PR Newswire entry', () => {
  it('becomes a teaser with its issuer, subheadline and codes, names and codes apart', () => {
    expect(read(prn)).toMatchObject({
      id: 'prn-302900002',
      wire: 'prn',
      subheadline: 'Sales grow by 12%',
      body: { text: 'Acme (NYSE: ACMF) & friends have dug...', complete: false },
      issuer: { name: 'Acme Foods Inc.' },
      credit: 'Originally distributed by PR Newswire on behalf of Acme Foods Inc.',
      language: 'pt',
      tickers: ['NYSE:ACMF'],
      media: [
        {
          url: 'https://media.example.com/potato.jpg',
          mimeType: 'image/jpeg',
          rights: 'PRNewswire',
        },
      ],
      sourceCodes: [
        { scheme: 'prn:industry', name: 'Jewelry' },
        { scheme: 'prn:industry', name: 'Mining & Metals' },
        { scheme: 'prn:industry', code: 'JWL' },
        { scheme: 'prn:industry', code: 'MNG' },
        { scheme: 'prn:subject', name: 'Market Research Reports' },
        { scheme: 'prn:subject', code: 'MRR' },
      ],
    })
  })

  it('does not believe the language of a channel that mixes them', () => {
    expect(read({ ...prn, extensions: {} }).language).toBe('und')
  })

  it('is a correction by its title, which names the issuer', () => {
    const draft = read({ ...prn, title: '/C O R R E C T I O N -- Acme Foods/', extensions: {} })
    expect(draft).toMatchObject({ isCorrection: true, issuer: { name: 'Acme Foods' } })
  })

  it.each(['/DISREGARD RELEASE: Acme/', '/DISREGARD RELEASE: /'])('flags %s', (title) => {
    expect(read({ ...prn, title }).flags).toContain('disregard-notice')
  })
})

describe('an entry of any other feed', () => {
  const any = { title: 'A title', content: '<p>Some text.</p>', published: '2026-07-14T10:00:00Z' }

  it('has one id whichever way its guid is spelt', () => {
    const ids = [
      'https://www.example.org/a/1/',
      'http://example.org/a/1',
      'https://example.org/a/1?utm_source=feed&fbclid=x',
      ' HTTPS://EXAMPLE.org/a/1 ',
    ].map((guid) => read({ ...any, guid }).id)
    expect(new Set(ids).size).toBe(1)
    expect(read({ ...any, guid: 'https://example.org/a/1#2' }).id).not.toBe(ids[0])
  })

  it('falls back to its link, then to title and date', () => {
    const link = 'https://example.org/b'
    expect(read({ ...any, link }).id).toBe(read({ ...any, guid: link }).id)
    expect(read(any).id).toBe(read({ ...any, title: 'A  title!' }).id)
    expect(read(any).id).not.toBe(read({ ...any, published: '2026-07-15T10:00:00Z' }).id)
  })

  it('decodes a title once and strips its tags, not its signs', () => {
    const title = '<b>AT&amp;T</b> &lt;i&gt;x&lt;/i&gt;: a < b and c > d \u000b& R&D'
    expect(read({ ...any, title }).headline).toBe('AT&T x: a < b and c > d & R&D')
  })

  it('is complete only where the text is more than a summary', () => {
    const content = `<p>${'A long text. '.repeat(120)}</p>`
    expect(read({ ...any, content }).body.complete).toBe(true)
    expect(read({ ...any, content: `${content}<p>More …</p>` }).body.complete).toBe(false)
    expect(read(any).body.complete).toBe(false)
  })

  it('keeps pictures as media and lets nothing through that runs', () => {
    const content =
      '<p onclick="x()">Hello <a href="javascript:x()">there</a><script>x()</script></p><img src="https://example.org/a.png" alt="A"><img src="https://t.example.org/p" width="1"><a href="//evil.example/">y</a><h1>Title</h1>'
    const draft = read({ ...any, content })
    expect(draft.body.html).not.toMatch(/script|onclick|img|evil|javascript/)
    expect(draft.body.html).toContain('<h2>Title</h2>')
    expect(draft.body.text).toBe('Hello there\n\ny\n\nTitle')
    expect(draft.media).toEqual([{ url: 'https://example.org/a.png', caption: 'A' }])
  })

  it('says when its date is missing or absurd', () => {
    expect(read({ ...any, published: undefined } as Partial<FeedEntry>).flags).toContain(
      'date-missing',
    )
    expect(read({ ...any, published: 'Mon, 01 Jan 0001 00:00:00 GMT' }).flags).toContain(
      'date-clamped',
    )
  })

  it('takes the time of an update as the source’s word on order, unless it is absurd', () => {
    expect(read({ ...any, updated: '2026-07-14T11:00:00Z' }).modified).toBe(
      '2026-07-14T11:00:00.000Z',
    )
    expect(read({ ...any, updated: '2041-07-14T11:00:00Z' }).modified).toBeUndefined()
  })

  it('is sent away without title and text', () => {
    expect(() => read({ guid: 'x' })).toThrow(PermanentError)
    expect(() => read({}, { body: '{"guid":1}' })).toThrow(PermanentError)
    expect(() => read({}, { body: 'no json' })).toThrow(PermanentError)
  })
})

describe('an entry of a source whose wire is no house of ours', () => {
  it('is read by the customs of the page that it links to, under its own wire', () => {
    expect(read(prn, { wire: 'agg' })).toMatchObject({
      id: 'agg-302900002',
      wire: 'agg',
      language: 'pt',
      credit: 'Originally distributed by PR Newswire on behalf of Acme Foods Inc.',
    })
  })
})
