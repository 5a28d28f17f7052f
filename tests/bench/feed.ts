import { decode, keyEntries, readFeed } from '@newswire/intake'
import { type FeedEntry, type RawItem, rawContentTypes } from '@newswire/model'
import { normalise } from '@newswire/normalizer'
import Parser from 'rss-parser'
import { feedText } from './feed-text.js'
import { bar, median } from './figures.js'

const entryCount = 100
const warmUpRounds = 40
const rounds = 100
const url = 'https://wire.example.org/all.rss'
const received = '2026-07-13T06:00:00.000Z'

const parts = ['decode', 'read', 'key', 'normalise'] as const
type Part = (typeof parts)[number]

export interface FeedFigures {
  /** Milliseconds that rss-parser's `parseString` takes for the feed, text to objects. */
  readonly parseMs: number
  /** Milliseconds from the same feed's bytes to drafts of items, by part. */
  readonly partsMs: Readonly<Record<Part, number>>
  /** Speed of the whole path ÷ speed of `parseString`, the median over rounds. */
  readonly ratio: number
  readonly entries: number
  readonly bytes: number
}

/**
 * Runs the whole path of a polled feed and `parseString` in turns, in this process, so that both
 * meet the same machine.
 */
export async function measureFeed(): Promise<FeedFigures> {
  const text = feedText(entryCount)
  const bytes = Buffer.from(text)
  const times: Record<Part | 'parse' | 'whole', number[]> = {
    parse: [],
    whole: [],
    decode: [],
    read: [],
    key: [],
    normalise: [],
  }
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    const parse = await timed(() => new Parser().parseString(text))
    const whole = await runPath(bytes)
    if (round < 0) continue
    times.parse.push(parse)
    for (const part of parts) times[part].push(whole[part])
    times.whole.push(parts.reduce((sum, part) => sum + whole[part], 0))
  }
  return {
    parseMs: median(times.parse),
    partsMs: {
      decode: median(times.decode),
      read: median(times.read),
      key: median(times.key),
      normalise: median(times.normalise),
    },
    ratio: median(times.parse.map((parse, round) => parse / (times.whole[round] ?? Number.NaN))),
    entries: entryCount,
    bytes: bytes.length,
  }
}

export function reportFeed(figures: FeedFigures): string {
  const { parseMs, partsMs, ratio, entries, bytes } = figures
  const rows = [
    ['rss-parser alone', parseMs] as const,
    ...parts.map((part) => [part, partsMs[part]] as const),
  ]
  const largest = Math.max(...rows.map(([, ms]) => ms))
  const lines = rows.map(
    ([name, ms]) => `  ${name.padEnd(18)} ${ms.toFixed(2).padStart(7)} ms  ${bar(ms, largest)}`,
  )
  return [
    `A feed of ${entries} entries (${bytes} bytes) from bytes to drafts, median of ${rounds} rounds:`,
    ...lines,
    `  whole path ÷ parseString alone, in speed   ${ratio.toFixed(2)}`,
  ].join('\n')
}

async function runPath(bytes: Uint8Array): Promise<Record<Part, number>> {
  const startedAt = performance.now()
  const { text } = decode(bytes, 'application/rss+xml; charset=utf-8')
  const decodedAt = performance.now()
  const { entries } = await readFeed(text, url)
  const readAt = performance.now()
  const keyed = keyEntries(entries)
  const keyedAt = performance.now()
  for (const { entry } of keyed) normalise(rawOf(entry))
  const normalisedAt = performance.now()
  if (keyed.length !== entryCount) throw new Error('The feed was not read whole.')
  return {
    decode: decodedAt - startedAt,
    read: readAt - decodedAt,
    key: keyedAt - readAt,
    normalise: normalisedAt - keyedAt,
  }
}

function rawOf(entry: FeedEntry): RawItem {
  return {
    source: 'bench',
    door: 'poll',
    contentType: rawContentTypes.entry,
    body: JSON.stringify(entry),
    received,
    rights: 'teaser',
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
