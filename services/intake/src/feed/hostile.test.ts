import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode } from '../decode/decode.js'
import { stripIllegal } from '../decode/legal.js'
import { intakeLimits } from '../limits.js'
import { FeedError } from './feed-error.js'
import { readFeed } from './read-feed.js'

const url = 'https://feeds.example.org/de/all.rss'
const readMsMax = 1_000
const opening = '<rss version="2.0"><channel><title>x</title>'
const times = (piece: string, count = 200_000) => `${opening}${piece.repeat(count)}`
const item = (piece: string) => `${opening}<item><title>${piece}</title></item></channel></rss>`

/** A feed, or the sentence of a FeedError; anything else fails the test. */
async function outcomeOf(bytes: Uint8Array) {
  const { text } = decode(bytes)
  return await readFeed(text, url).catch((error: unknown) => {
    if (error instanceof FeedError) return error.message
    throw error
  })
}

describe('readFeed on hostile text', () => {
  it.each([
    ['angle brackets', times('<')],
    ['CDATA that never ends', times('<![CDATA[')],
    ['CDATA that nearly ends', `${opening}<![CDATA[${']]'.repeat(400_000)}`],
    ['comments that never end', times('<!--')],
    ['attributes of one tag', `${opening}<item ${'a="b" '.repeat(200_000)}>`],
    ['a quote that never closes', `${opening}<item a="${'x'.repeat(1_000_000)}`],
    ['quotes that open before tags', times('="<')],
    ['quotes before white space', times(`="${' '.repeat(20)}`, 40_000)],
    ['white space in a quote', `${opening}<a b="${' '.repeat(1_000_000)}`],
    ['entries within entries', times('<item>')],
    ['closing tags', times('</a>')],
    ['ampersands', item('&'.repeat(1_000_000))],
    ['unknown entities', item(Array.from({ length: 90_000 }, (_, n) => `&e${n};`).join(''))],
    ['instructions', '<?x?>'.repeat(200_000)],
    ['doctypes', '<!DOCTYPE rss ['.repeat(60_000)],
    ['nested JSON', `{"items":${'['.repeat(200_000)}`],
    ['text encoded twice, but for its end', item(`${'Ã¼'.repeat(400_000)}Ж`)],
    ['white space within a title', item(`a${' '.repeat(1_000_000)}b`)],
    ['an endless date', `${opening}<item><pubDate>${'('.repeat(1_000_000)}</pubDate></item>`],
    [
      'white space in base64',
      `<feed><entry><title mode="base64">A${' '.repeat(400_000)}!</title></entry></feed>`,
    ],
    [
      'end tags without their elements',
      `${opening}${'<x>'.repeat(150)}${'</y>'.repeat(1_500_000)}`,
    ],
    [
      'relative addresses',
      `${opening}<item><dc:date/><description><![CDATA[${'<a href="a">'.repeat(640_000)}]]></description></item>`,
    ],
    [
      'categories of a plain entry',
      `${opening}<item>${'<category>a</category>'.repeat(370_000)}</item></channel></rss>`,
    ],
    ['an endless name', `<${'a:'.repeat(400_000)}`],
  ])('ends soon on %s', async (_name, text) => {
    const startedAt = process.cpuUsage()
    await outcomeOf(Buffer.from(text))
    expect(msSince(startedAt)).toBeLessThan(readMsMax)
  })

  it('reads the newest of a hundred thousand entries within a second', async () => {
    const items = Array.from({ length: 100_000 }, (_, n) => {
      const date = new Date(Date.UTC(2026, 0, 1) + n * 1_000).toISOString()
      return `<item><guid>g${n}</guid><dc:date>${date}</dc:date></item>`
    })
    const bytes = Buffer.from(`${opening}${items.join('')}</channel></rss>`)
    expect(bytes.length).toBeLessThan(intakeLimits.feedBytesMax)
    const startedAt = process.cpuUsage()
    const feed = await outcomeOf(bytes)
    expect(msSince(startedAt)).toBeLessThan(readMsMax)
    expect(feed).toMatchObject({ dropped: 99_500, entries: { 0: { guid: 'g99999' } } })
  })

  it('answers any pieces of a feed with a feed or a FeedError, and with legal characters', async () => {
    const pieces = fc.constantFrom(
      ...'<item> </item> <title> </title> & <![CDATA[ ]]> <!-- --> <? " =" <a: xmlns:a="b" > /> </'.split(
        ' ',
      ),
      ...'&#8; &#x110000; &#xD800; &#0; &eacute; &lt; &amp;amp; \u0000 \uFFFF \uD800 \u0085 Ã¼'.split(
        ' ',
      ),
      '<link href="',
      '<content type="xhtml">',
      '<title mode="base64">AAEC',
    )
    const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
    const anyText = units.map((codes) => String.fromCharCode(...codes))
    const noise = fc.array(fc.oneof(pieces, anyText), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(noise, async (parts) => {
        const feed = await outcomeOf(Buffer.from(`${opening}${parts.join('')}`, 'utf16le'))
        const direct = await readFeed(`${opening}${parts.join('')}`, url).catch(fail)
        for (const read of [feed, direct]) expectLegal(read)
      }),
    )
  })

  it.each([
    ['base64', '<title mode="base64">QQABAg==</title>', 'A'],
    ['text encoded twice', '<title>aï¿¾</title>', 'a'],
    ['references', '<title>a&#xFFFE;&#1;&#xD800;</title>', 'a'],
  ])('lets no illegal character out of %s', async (_name, title, expected) => {
    const feed = await outcomeOf(Buffer.from(`${opening}<item>${title}</item></channel></rss>`))
    expect(feed).toMatchObject({ entries: [{ title: expected }] })
  })

  it('answers any bytes with a feed or a FeedError', async () => {
    const head = Buffer.from('<rss><channel><item><title>')
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expectLegal(await outcomeOf(bytes))
        expectLegal(await outcomeOf(Buffer.concat([head, bytes])))
      }),
    )
  })

  it('answers any JSON with a feed or a FeedError', async () => {
    const items = fc.array(
      fc.dictionary(fc.constantFrom('id', 'url', 'title', 'tags'), fc.jsonValue()),
    )
    await fc.assert(
      fc.asyncProperty(items, async (values) => {
        expectLegal(await outcomeOf(Buffer.from(JSON.stringify({ items: values }))))
      }),
    )
  })
})

/** Milliseconds of computing, whatever else the machine does. */
function msSince(startedAt: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(startedAt)
  return (user + system) / 1_000
}

function fail(error: unknown): string {
  if (error instanceof FeedError) return error.message
  throw error
}

function expectLegal(value: unknown): void {
  expect(illegalIn(value)).toEqual([])
}

/** The texts anywhere within a value that hold what XML forbids. */
function illegalIn(value: unknown): string[] {
  if (typeof value === 'string') return stripIllegal(value) === value ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(illegalIn)
}
