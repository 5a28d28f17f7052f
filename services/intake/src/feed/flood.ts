import { FeedError } from './feed-error.js'
import { localName, type Mark, marksOf } from './markup.js'

interface Block {
  readonly start: number
  readonly end: number
  /** Milliseconds; NaN where no date can be read. */
  readonly date: number
}

export interface FloodLimits {
  readonly entriesMax: number
  readonly depthMax: number
  readonly entryTagsMax: number
}

const entryNames = new Set(['item', 'entry'])
const datePattern = /<(?:pubDate|published|updated|dc:date)(?:\s[^>]*)?>\s*([^<]{1,60})</
const dateCharsSearched = 20_000

/**
 * Keeps the newest entries of a feed and cuts the others out of its text before it is parsed: a
 * parser that builds an object of each element holds up the process for seconds on a flood.
 */
export function withoutFlood(xml: string, limits: FloodLimits): { xml: string; dropped: number } {
  const blocks = blocksOf(xml, limits)
  if (blocks.length <= limits.entriesMax) return { xml, dropped: 0 }
  const kept = newestFirst(blocks, (block) => block.date).slice(0, limits.entriesMax)
  return { xml: without(xml, blocks, new Set(kept)), dropped: blocks.length - kept.length }
}

/**
 * Newest first by date where every entry has one, else as they stand: feeds put the newest on top.
 */
export function newestFirst<T>(entries: readonly T[], dateOf: (entry: T) => number): readonly T[] {
  if (entries.some((entry) => Number.isNaN(dateOf(entry)))) return entries
  return entries.toSorted((a, b) => dateOf(b) - dateOf(a))
}

function blocksOf(xml: string, limits: FloodLimits): Block[] {
  const blocks: Block[] = []
  let start = -1
  for (const mark of boundedMarks(xml, limits)) {
    if (!entryNames.has(localName(mark.name))) continue
    if (mark.kind === 'open' && start < 0) start = mark.start
    if (mark.kind === 'close' && start >= 0) {
      blocks.push({ start, end: mark.end, date: dateIn(xml, start, mark.end) })
      start = -1
    }
  }
  return blocks
}

function* boundedMarks(xml: string, limits: FloodLimits): Generator<Mark> {
  let depth = 0
  let elements = 0
  for (const mark of marksOf(xml)) {
    if (mark.kind === 'open') depth += 1
    if (mark.kind === 'close') depth -= 1
    elements = entryNames.has(localName(mark.name)) ? 0 : elements + 1
    if (depth > limits.depthMax) {
      throw new FeedError(`The feed is nested deeper than ${limits.depthMax} levels.`)
    }
    if (elements > limits.entryTagsMax) {
      throw new FeedError(`One entry of the feed has more than ${limits.entryTagsMax} tags.`)
    }
    yield mark
  }
}

function dateIn(xml: string, start: number, end: number): number {
  const head = xml.slice(start, Math.min(end, start + dateCharsSearched))
  return Date.parse(datePattern.exec(head)?.[1] ?? '')
}

function without(xml: string, blocks: readonly Block[], kept: ReadonlySet<Block>): string {
  const parts: string[] = []
  let at = 0
  for (const block of blocks) {
    if (kept.has(block)) continue
    parts.push(xml.slice(at, block.start))
    at = block.end
  }
  parts.push(xml.slice(at))
  return parts.join('')
}
