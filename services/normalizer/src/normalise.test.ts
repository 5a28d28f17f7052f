import { PermanentError } from '@newswire/bus'
import { fixture } from '@newswire/kit'
import { type RawItem, rawContentTypes, withoutIllegal } from '@newswire/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalise } from './normalise.js'

const { entry, ninjs, text } = rawContentTypes

function raw(contentType: string, body: string): RawItem {
  const received = '2026-07-14T10:00:00.000Z'
  return { source: 'push', door: 'push', contentType, body, received, rights: 'full' }
}

/** Milliseconds of processor time: the machine may be doing something else. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

function permanentOrNothing(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    if (error instanceof PermanentError) return undefined
    throw error
  }
}

const pieces = fc.constantFrom(
  'NEW YORK, ',
  'Bonn (ots) - ',
  'July 13, 2026 /PRNewswire/ -- ',
  '(BUSINESS WIRE)--',
  'SOURCE Acme\n',
  'Original-Content von: X, übermittelt durch news aktuell',
  'Pressekontakt:\n',
  'Photo - \n',
  'View original content: https://www.prnewswire.com/a-\n',
  'Sperrfrist: 1.1.2027 10:00',
  '/C O R R E C T I O N -- A/\n',
  '<p>',
  '</div>',
  '<a href="',
  '&amp;#11;',
  '&#11;',
  '\u000b',
  '\ud800',
  '\uFFFE',
  '>\u0338',
  '\n\n',
  '   -- ',
  ' ',
)
const hostileText = fc
  .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 40 })), { maxLength: 60 })
  .map((parts) => parts.join(''))
const hostileRaw = fc.oneof(
  hostileText.map((body) => raw(text, body)),
  fc
    .record({ title: hostileText, content: hostileText, summary: hostileText, link: hostileText })
    .map((fields) => ({ ...fields, categories: [], enclosures: [], extensions: {}, feed: {} }))
    .map((fields) => raw(entry, JSON.stringify(fields))),
  fc
    .record({
      uri: hostileText,
      headline: hostileText,
      body_html: hostileText,
      byline: hostileText,
    })
    .map((news) => raw(ninjs, JSON.stringify(news))),
  fc.json().map((body) => raw(ninjs, body)),
)

describe('normalise', () => {
  it('throws nothing but PermanentError, and emits only what XML can hold', () => {
    fc.assert(
      fc.property(hostileRaw, (input) => {
        const draft = permanentOrNothing(() => normalise(input))
        if (draft === undefined) return
        const json = JSON.stringify(draft)
        const strings = json.match(/"(?:[^"\\]|\\.)*"/g) ?? []
        for (const one of strings) {
          const value: string = JSON.parse(one)
          expect(withoutIllegal(value)).toBe(value)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('gives the same draft for the same input', () => {
    const input = raw(text, fixture('chongqing.txt'))
    expect(normalise(input)).toEqual(normalise(input))
  })

  it('takes less than a second of processor time for 600 kB, whatever is in it', () => {
    const mega = 600_000
    const units = [
      'A, ',
      'A\n',
      '<',
      '<div>',
      '<p>x',
      '<table><tr><td>',
      '&amp;',
      '\u00a0',
      '<p>\u00a0',
      'www.',
      'https://example.com/(',
      '(NYSE: ',
      ' '.repeat(500),
      'Original-Content von: ',
      'NEW YORK, Jan 1 /PRNewswire/ ',
      'In the news release, ',
    ]
    for (const unit of units) {
      const body = unit.repeat(Math.floor(mega / unit.length))
      for (const input of [
        raw(text, body),
        raw(ninjs, JSON.stringify({ uri: 'x', headline: 'H', body_html: body })),
        raw(
          entry,
          JSON.stringify({
            title: 'T',
            content: body,
            categories: [],
            enclosures: [],
            extensions: {},
            feed: {},
          }),
        ),
      ]) {
        const took = cpuMs(() => permanentOrNothing(() => normalise(input)))
        expect(took, `${JSON.stringify(unit.slice(0, 20))} as ${input.contentType}`).toBeLessThan(
          1_000,
        )
      }
    }
  })

  it('keeps a headline of ten thousand characters whole', () => {
    const headline = 'word '.repeat(2_000).trim()
    const news = { uri: 'x', headline, body_text: 'Text.' }
    expect(normalise(raw(ninjs, JSON.stringify(news))).headline).toBe(headline)
  })

  it('sends a headline away that is longer than a headline may be', () => {
    const news = { uri: 'x', headline: 'word '.repeat(3_300), body_text: 'Text.' }
    expect(() => normalise(raw(ninjs, JSON.stringify(news)))).toThrow(
      /headline has more than 16384/,
    )
  })

  it('keeps 200 links and says that there were more', () => {
    const body = Array.from({ length: 250 }, (_, n) => `https://example.com/${n}`).join(' ')
    const draft = normalise(
      raw(ninjs, JSON.stringify({ uri: 'x', headline: 'H', body_text: body })),
    )
    expect(draft.links).toHaveLength(200)
    expect(draft.flags).toContain('links-cut')
  })
})
