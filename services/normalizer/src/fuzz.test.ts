import { PermanentError } from '@newswire/bus'
import { type RawItem, rawContentTypes, withoutIllegal } from '@newswire/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHtml } from './html/html.js'
import { normalise } from './normalise.js'
import { roleOf } from './text/boilerplate.js'
import { takeNotices } from './text/embargo.js'
import { unwrap } from './text/unwrap.js'

/** One seed for all runs: a failure is the same on every machine. */
const seed = 20_260_714
const received = '2026-07-14T10:00:00.000Z'
const { entry, ninjs, text, xml, digitalwires, presseportal, decision } = rawContentTypes

function raw(contentType: string, body: string): RawItem {
  return { source: 'push', door: 'push', contentType, body, received, rights: 'full' }
}

function normalised(input: RawItem): ReturnType<typeof normalise> | undefined {
  try {
    return normalise(input)
  } catch (error) {
    if (error instanceof PermanentError) return undefined
    throw error
  }
}

/** Milliseconds of processor time: the machine may be doing something else. */
function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

const pieces = fc.constantFrom(
  'NEW YORK, ',
  'Bonn (ots) - ',
  'July 13, 2026 /PRNewswire/ -- ',
  '(BUSINESS WIRE)--',
  '\nSOURCE Acme\n',
  'Original-Content von: X, übermittelt durch news aktuell\n',
  'Pressekontakt:\n',
  'Photo - \n',
  'View original content: https://www.prnewswire.com/a-\n',
  'Sperrfrist: 1.1.2027 10:00\n',
  '[EMBARGOED UNTIL 9:00 a.m. ET] ',
  'Embargo jusqu’au 3 mars 2027 à 11h00',
  '/C O R R E C T I O N -- A/\n',
  '29.07.2026 – 15:29',
  '<p>',
  '</div>',
  '<pre>a\nb',
  '<a href="',
  '<h1>T</h1>',
  '<br>',
  ']]>',
  '<![CDATA[',
  '&amp;#11;',
  '&#11;',
  '\u0000',
  '\u000b',
  '\ud800',
  '\udfff',
  '\uFFFE',
  '>\u0338',
  'Ã¼',
  '\u202e',
  '👩‍🏭',
  '\n\n',
  '   -- ',
  ' ',
)
const hostile = fc
  .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 30 })), { maxLength: 50 })
  .map((parts) => parts.join(''))

function json(record: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<string> {
  return fc.record(record, { requiredKeys: [] }).map((value) => JSON.stringify(value))
}

const texts = fc.array(hostile, { maxLength: 3 })
const bodies: Readonly<Record<string, fc.Arbitrary<string>>> = {
  [text]: hostile,
  [entry]: fc.oneof(
    fc
      .record({
        title: hostile,
        content: hostile,
        summary: hostile,
        link: hostile,
        updated: hostile,
      })
      .map((fields) => ({ categories: [], enclosures: [], extensions: {}, feed: {}, ...fields }))
      .map((fields) => JSON.stringify(fields)),
    fc.json(),
  ),
  [ninjs]: fc.oneof(
    json({
      uri: hostile,
      headline: hostile,
      body_html: hostile,
      body_text: hostile,
      byline: hostile,
    }),
    fc.json(),
  ),
  [digitalwires]: fc.oneof(
    json({ headline: hostile, article_html: hostile, embargoed: hostile, dateline: hostile }),
    fc.json(),
  ),
  [presseportal]: fc.oneof(
    json({ id: hostile, title: hostile, body: hostile, teaser: hostile, published: hostile }),
    fc.json(),
  ),
  [xml]: fc.oneof(
    hostile,
    texts.map(
      (parts) =>
        `<newsItem guid="${parts[0] ?? ''}"><headline>${parts.join('</headline><inlineXML>')}`,
    ),
    texts.map((parts) => `<nitf><body><hedline><hl1>${parts.join('</hl1></hedline><p>')}</nitf>`),
    texts.map((parts) => `<NewsML><NewsItem><HeadLine>${parts.join('</HeadLine><body>')}</NewsML>`),
  ),
  [decision]: fc.json(),
  'image/png': hostile,
}
const anyRaw = fc.oneof(
  ...Object.entries(bodies).map(([type, body]) => body.map((one) => raw(type, one))),
)

describe('whatever comes in', () => {
  it(`becomes a draft that XML can hold, or goes away with a sentence (seed ${seed})`, () => {
    fc.assert(
      fc.property(anyRaw, (input) => {
        const draft = normalised(input)
        if (draft === undefined) return
        for (const one of JSON.stringify(draft).match(/"(?:[^"\\]|\\.)*"/g) ?? []) {
          const value: string = JSON.parse(one)
          expect(withoutIllegal(value)).toBe(value)
        }
        expect(draft.headline.trim()).not.toBe('')
        expect(draft.body.html).not.toMatch(/<(?:script|img|iframe|style)|javascript:/i)
      }),
      { numRuns: 600, seed },
    )
  })

  it(`says the same in HTML as in text (seed ${seed})`, () => {
    const html = fc.oneof(bodies[ninjs] ?? hostile, bodies[entry] ?? hostile)
    fc.assert(
      fc.property(html, fc.constantFrom(ninjs, entry), (body, type) => {
        const draft = normalised(raw(type, body))
        if (draft === undefined) return
        const words = (one: string) => one.match(/[\p{L}\p{N}]+/gu) ?? []
        expect(words(readHtml(draft.body.html).text)).toEqual(words(draft.body.text))
      }),
      { numRuns: 150, seed },
    )
  })
})

describe('a wrapped text', () => {
  const word = fc.stringMatching(/^[a-zA-ZäöüßéñÄÖ0-9]{1,14}$/)
  const sentence = fc
    .array(word, { minLength: 1, maxLength: 40 })
    .map((words) => `${words.join(' ')}.`)
  const wrapped = fc
    .record({
      paragraphs: fc.array(sentence, { minLength: 1, maxLength: 8 }),
      width: fc.integer({ min: 40, max: 95 }),
      indent: fc.constantFrom('', '    ', '  -- ', '\t'),
      lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    })
    .map(({ paragraphs, width, indent, lineEnd }) =>
      paragraphs
        .map((paragraph) => indent + linesOf(paragraph, width).join(lineEnd))
        .join(lineEnd + lineEnd),
    )

  it(`keeps every word, in order, and glues none (seed ${seed})`, () => {
    fc.assert(
      fc.property(wrapped, (given) => {
        const lines = given.split(/\r\n?|\n/)
        const output = unwrap(lines, { standsAlone: () => false }).join('\n\n')
        expect(wordsOf(output)).toEqual(wordsOf(given))
        const draft = normalise(raw(text, `Muster baut\n\nBonn (ots) - Anfang.\n\n${given}`))
        expect(wordsOf(draft.body.text)).toEqual(['Anfang', ...wordsOf(given)])
      }),
      { numRuns: 100, seed },
    )
  })
})

function wordsOf(given: string): string[] {
  return given.match(/[\p{L}\p{N}]+/gu) ?? []
}

function linesOf(paragraph: string, width: number): string[] {
  const lines: string[] = []
  for (const word of paragraph.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length + 1 > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

const mebi = 1_048_576
const units = [
  '(',
  '<p>SOURCE A</p>',
  '<br>Kontakt:',
  '\ud800',
  '[EMBARGO ',
  'Embargoed until 1 May ',
  'Sperrfrist: -',
  '1.1.2027 10:00 Uhr ',
  '/PRNewswire/ ',
  'Bonn (ots) ',
  'Pressekontakt: ',
  'Ã¼',
  '> ',
  ' a',
]

describe('a mebibyte of anything', () => {
  it.each(units)('is read in less than a second of processor time: rows of %j', (unit) => {
    const body = unit.repeat(Math.floor(mebi / unit.length))
    const inputs = [
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
    ]
    for (const input of inputs) {
      expect(
        cpuMs(() => normalised(input)),
        input.contentType,
      ).toBeLessThan(1_000)
    }
  })
})

describe('patterns on 100 kB of one phrase', () => {
  it.each(units)('take less than 100 ms of processor time: rows of %j', (unit) => {
    const line = unit.repeat(Math.ceil(100_000 / unit.length))
    const took = cpuMs(() => {
      takeNotices([line, line.slice(0, 1_000)], { zone: 'Europe/Berlin', received })
      for (let length = 10; length <= 400; length += 39) roleOf(line.slice(0, length))
    })
    expect(took).toBeLessThan(100)
  })
})
