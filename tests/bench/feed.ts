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

const parts = ['decode', 'read', 'key', 'write', 'normalise'] as const
/** What rss-parser has a share in; the others are for what it knows nothing of. */
const compared = ['decode', 'read', 'normalise'] as const
type Part = (typeof parts)[number]

export interface FeedFigures {
  /** Milliseconds that rss-parser's `parseString` takes for the feed, text to objects. */
  readonly parseMs: number
  /** Milliseconds from the same feed's bytes to drafts of items, by part. */
  readonly partsMs: Readonly<Record<Part, number>>
  /** Speed of decode, read and normalise together ÷ speed of `parseString`, median over rounds. */
  readonly ratio: number
  /** The same with the keys of the entries and the JSON that crosses the bus. */
  readonly wholeRatio: number
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
  const times: Record<Part | 'parse', number[]> = {
    parse: [],
    decode: [],
    read: [],
    key: [],
    write: [],
    normalise: [],
  }
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    const parse = await timed(() => new Parser().parseString(text))
    const whole = await runPath(bytes)
    if (round < 0) continue
    times.parse.push(parse)
    for (const part of parts) times[part].push(whole[part])
  }
  const ratioOf = (names: readonly Part[]) =>
    median(
      times.parse.map((parse, round) => {
        return parse / names.reduce((sum, name) => sum + (times[name][round] ?? Number.NaN), 0)
      }),
    )
  return {
    parseMs: median(times.parse),
    partsMs: {
      decode: median(times.decode),
      read: median(times.read),
      key: median(times.key),
      write: median(times.write),
      normalise: median(times.normalise),
    },
    ratio: ratioOf(compared),
    wholeRatio: ratioOf(parts),
    entries: entryCount,
    bytes: bytes.length,
  }
}

export function reportFeed(figures: FeedFigures): string {
  const { parseMs, partsMs, ratio, wholeRatio, entries, bytes } = figures
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
    `  decode + read + normalise ÷ parseString alone, in speed   ${ratio.toFixed(2)} (goal .60)`,
    `  with the keys and the JSON for the bus                    ${wholeRatio.toFixed(2)}`,
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
  const raws = keyed.map(({ entry }) => rawOf(entry))
  const writtenAt = performance.now()
  for (const raw of raws) normalise(raw)
  const normalisedAt = performance.now()
  if (keyed.length !== entryCount) throw new Error('The feed was not read whole.')
  return {
    decode: decodedAt - startedAt,
    read: readAt - decodedAt,
    key: keyedAt - readAt,
    write: writtenAt - keyedAt,
    normalise: normalisedAt - writtenAt,
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
