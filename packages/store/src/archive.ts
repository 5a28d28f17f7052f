import {
  type FacetKey,
  type Filter,
  facetKeys,
  facetOf,
  matches,
  placeOf,
  type TaggedItem,
} from '@newswire/model'
import type { Redis } from 'ioredis'
import { taggedKeys } from './keys.js'
import { archiveLimits, readLimits } from './limits.js'
import { readMark } from './mark.js'
import { type ArchiveState, archiveState, blockMark, everyFacet } from './public-state.js'
import type { Archive, PublicItem } from './store.js'
import { type PublicSource, readFormer, readPublic, readPublicItem } from './tagged-model.js'

const { blockFacts, rowBlocks } = archiveLimits

export interface ArchiveOptions extends PublicSource {
  readonly redis: Redis
}

export interface WantedArchive {
  readonly filter: Filter
  readonly block: number
  /** Items of private sources too. */
  readonly seesPrivate?: boolean
}

/**
 * One block of stream TAGGED as the filter sees it: each item's newest version of those that stand
 * in the block, newest first. A version that was superseded since stays, so that a closed block
 * never changes; but what is withdrawn by today is its tombstone. Undefined: no block that is
 * closed.
 */
export async function readArchive(
  options: ArchiveOptions,
  wanted: WantedArchive,
): Promise<Archive | undefined> {
  const { block } = wanted
  const open = await openBlock(options.redis)
  if (block < 0 || block >= open) return undefined
  const [facts, next, previous] = await Promise.all([
    factsOf(options, block),
    nearestBlock(options.redis, wanted, { from: block, to: open - 1 }),
    nearestBlock(options.redis, wanted, { from: block - 1, to: 0 }),
  ])
  const isFor = await Promise.all(facts.map((fact) => isWanted(options, wanted, fact)))
  const own = newestOfEach(facts.filter((_, at) => isFor[at]))
  return {
    items: await asOfToday(options, own, wanted.seesPrivate ?? false),
    isEmpty: next !== block,
    ...(previous === undefined ? {} : { previous }),
    ...(next === undefined || next === block ? {} : { next }),
  }
}

/** The newest block before one that may hold something for the filter. */
export async function archiveBefore(
  redis: Redis,
  wanted: WantedArchive,
): Promise<number | undefined> {
  return nearestBlock(redis, wanted, { from: wanted.block - 1, to: 0 })
}

/** Whether the fact is for the filter; a tombstone by the words that its item said before. */
async function isWanted(
  options: ArchiveOptions,
  { filter, seesPrivate = false }: WantedArchive,
  { item }: PublicItem,
): Promise<boolean> {
  if (item.rights === 'private' && !seesPrivate) return false
  const hasWords = filter.q !== undefined || filter.not?.q !== undefined
  const isSought = hasWords && item.status !== 'usable'
  const former = isSought && (await readFormer(options.redis, options, item.id))
  const said = former && { headline: former.item.headline, body: former.item.body }
  return matches(filter, { ...item, ...said })
}

/** The block that facts still come into. */
async function openBlock(redis: Redis): Promise<number> {
  const mark = await readMark(redis, taggedKeys.mark)
  return Math.floor((mark?.position ?? 0) / blockFacts)
}

async function factsOf(source: ArchiveOptions, block: number): Promise<PublicItem[]> {
  const first = block * blockFacts + 1
  const facts: PublicItem[] = []
  for (let from = first; from < first + blockFacts; from += readLimits.readsAtOnceMax) {
    const count = Math.min(readLimits.readsAtOnceMax, first + blockFacts - from)
    const sequences = Array.from({ length: count }, (_, at) => from + at)
    const read = await Promise.all(sequences.map((sequence) => readPublic(source, sequence)))
    facts.push(...read.filter((fact) => fact !== undefined).filter(isAnnounced))
  }
  return facts
}

/** A silent tagging stands in no archive: the item lies where it was announced. */
function isAnnounced({ item, sequence }: PublicItem): boolean {
  return placeOf(item, sequence) === sequence
}

function newestOfEach(facts: readonly PublicItem[]): PublicItem[] {
  const newest = new Map<string, PublicItem>()
  for (const fact of facts) newest.set(fact.item.id, fact)
  return [...newest.values()].sort((a, b) => b.sequence - a.sequence)
}

/**
 * The facts as they may be shown today: what is withdrawn is its tombstone; a version that was
 * taken back once stays so, also where a later one is out again; what is private by today is gone,
 * and what is *teaser only* by today is a teaser.
 */
async function asOfToday(
  options: ArchiveOptions,
  facts: readonly PublicItem[],
  seesPrivate: boolean,
): Promise<PublicItem[]> {
  if (facts.length === 0) return []
  const ids = facts.map(({ item }) => item.id)
  const states = await options.redis.hmget(taggedKeys.state, ...ids)
  const standing = facts.map(async ({ item, sequence }, at) => {
    const text = states[at]
    if (!text) return { item, sequence }
    const state = archiveState(text)
    if (state.rights === 'private' && !seesPrivate) return undefined
    if (state.status === 'usable') {
      return sequence < state.takenBack ? undefined : { item: openedBy(state, item), sequence }
    }
    const tombstone = await readPublicItem(options.redis, options, item.id)
    return tombstone && { item: tombstone.item, sequence }
  })
  return (await Promise.all(standing)).filter((item) => item !== undefined)
}

/** What a source gives less of by today, it gives less of in its older versions too. */
function openedBy({ rights, source }: ArchiveState, item: TaggedItem): TaggedItem {
  if (rights === 'full') return item
  return { ...item, rights, ...(source === undefined ? {} : { source }) }
}

/**
 * The block nearest to `from` on the way to `to`, both included, that may hold something for the
 * filter. Words and negations are not looked at, and two items of a block may have a facet each:
 * then it holds nothing. It never holds something and is passed over.
 */
async function nearestBlock(
  redis: Redis,
  wanted: Pick<WantedArchive, 'filter' | 'seesPrivate'>,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<number | undefined> {
  if (from < 0) return undefined
  const groups = groupsOf(wanted)
  const step = from > to ? -1 : 1
  const [firstRow, lastRow] = [Math.floor(from / rowBlocks), Math.floor(to / rowBlocks)]
  const count = Math.abs(lastRow - firstRow) + 1
  for (let done = 0; done < count; done += readLimits.rowsAtOnceMax) {
    const many = Math.min(count - done, readLimits.rowsAtOnceMax)
    const rows = Array.from({ length: many }, (_, at) => firstRow + (done + at) * step)
    const bits = await Promise.all(rows.map((row) => rowOf(redis, groups, row)))
    for (const [at, row] of rows.entries()) {
      const found = blocksOf(row, bits[at]).filter((block) => (block - from) * (block - to) <= 0)
      if (found.length > 0) return found.at(step > 0 ? 0 : -1)
    }
  }
  return undefined
}

/** The blocks of a row whose bit is set. */
function blocksOf(row: number, bits: Buffer | undefined): number[] {
  const blocks = Array.from({ length: rowBlocks }, (_, at) => at)
  return blocks.filter((at) => bits && hasBit(bits, at)).map((at) => row * rowBlocks + at)
}

function groupsOf({
  filter,
  seesPrivate,
}: Pick<WantedArchive, 'filter' | 'seesPrivate'>): string[][] {
  const marksOf = (facet: string) =>
    seesPrivate ? [blockMark(facet), blockMark(facet, true)] : [blockMark(facet)]
  const groups = facetKeys
    .map((key) => (filter[key] ?? []).flatMap((value) => marksOf(facetOf(key, value))))
    .filter((group) => group.length > 0)
  return groups.length === 0 ? [marksOf(everyFacet)] : groups
}

/** The row's blocks that have one mark of each group. */
async function rowOf(redis: Redis, groups: readonly string[][], row: number): Promise<Buffer> {
  const marks = groups.flat()
  const found = await redis.hmgetBuffer(`${taggedKeys.blockPrefix}${row}`, ...marks)
  const bitsOf = new Map(marks.map((mark, at) => [mark, found[at] ?? Buffer.alloc(0)]))
  const all = Buffer.alloc(rowBlocks / 8)
  for (let byte = 0; byte < all.length; byte += 1) {
    const anyOf = (group: readonly string[]) =>
      group.reduce((bits, mark) => bits | (bitsOf.get(mark)?.[byte] ?? 0), 0)
    all[byte] = groups.reduce((bits, group) => bits & anyOf(group), 255)
  }
  return all
}

function hasBit(bits: Buffer, at: number): boolean {
  return (((bits[Math.floor(at / 8)] ?? 0) >> (at % 8)) & 1) === 1
}

/** Values of a facet that some public item has had, sorted; withdrawn ones count. */
export async function facetValues(redis: Redis, key: FacetKey): Promise<string[]> {
  const prefix = facetOf(key, '')
  const facets = (await redis.hkeys(taggedKeys.facets)).filter((each) => each.startsWith(prefix))
  const open = await openBlock(redis)
  const rows = Array.from({ length: Math.floor(open / rowBlocks) + 1 }, (_, row) => row)
  const marks = facets.map((facet) => blockMark(facet))
  if (marks.length === 0) return []
  const known = new Set<string>()
  for (const row of rows) {
    const bits = await redis.hmget(`${taggedKeys.blockPrefix}${row}`, ...marks)
    for (const [at, facet] of facets.entries()) if (bits[at] !== null) known.add(facet)
  }
  return [...known].map((facet) => facet.slice(prefix.length)).sort()
}
