import { type Filter, facetKeys, facetOf, matches, placeOf } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import type { Redis } from 'ioredis'
import { taggedKeys } from './keys.js'
import { readLimits } from './limits.js'
import {
  facetLine,
  privateLine,
  privateSourceLine,
  publicLine,
  unpackFull,
} from './public-state.js'
import type { ItemPage, PublicItem, Sight, StoreLimits } from './store.js'
import { type PublicSource, readFormer, readPublic } from './tagged-model.js'
import { candidatesScript } from './tagged-scripts.js'
import { type WordHash, wantedWords } from './words.js'

export interface QueryOptions extends PublicSource {
  readonly redis: Redis
  readonly log: Log
  readonly limits: StoreLimits
}

export interface Query {
  readonly filter: Filter
  readonly limit: number
  readonly sees: Sight
  /** Exclusive place. */
  readonly before?: number
}

/** A filter's facets: one of each group, and none of the rest; and the words of its `q`. */
interface Terms {
  readonly any: readonly (readonly string[])[]
  readonly none: readonly string[]
  /** All words of any one of these groups. */
  readonly words: readonly (readonly WordHash[])[]
}

/** What a chunk looks at. */
interface Look {
  /** Exclusive place. */
  readonly before: number | undefined
  readonly lookMax: number
  /** Items that may be looked at altogether, this look included. */
  readonly left: number
  readonly keepMax: number
}

/** Items that pass the terms, newest first. */
interface Chunk {
  readonly items: readonly PublicItem[]
  /** Where to go on; undefined at the end of all items. */
  readonly next: number | undefined
}

interface Candidates {
  readonly ids: readonly string[]
  /** Where each stood in TAGGED. */
  readonly sequences: readonly number[]
  readonly looked: number
  readonly next: number | undefined
}

/**
 * A page of what the filter asks for, newest first. Redis narrows by facets, `matches` has the last
 * word. A page may be short and still have a `next`: then `scanItemsMax` items were looked at.
 */
export async function queryItems(options: QueryOptions, query: Query): Promise<ItemPage> {
  const { filter, limit } = query
  const terms = termsOf(filter, query.sees)
  // One more than asked for tells whether there is a next page.
  const wanted = limit + 1
  const found: PublicItem[] = []
  const keepMax = keepMaxOf(filter, wanted)
  // Most filters are answered by their sets: a long look is only for those that are not.
  const lookMax = wanted * 2
  let look: Look = { before: query.before, lookMax, left: options.limits.scanItemsMax, keepMax }
  let ahead: Promise<Candidates> | undefined
  while (look.left > 0) {
    const missing = wanted - found.length
    const from = look
    const onLooked = (candidates: Candidates) => {
      look = lookAfter(from, candidates, keepMaxOf(filter, missing))
      // Where these can't be enough, Redis looks on while they are read.
      const isShort = candidates.next !== undefined && candidates.ids.length < missing
      ahead = isShort && look.left > 0 ? quietly(candidatesOf(options, terms, look)) : undefined
    }
    const { items, next } = await chunkOf(options, { terms, look: from, ahead, onLooked })
    found.push(...(await wantedOf(options, filter, items)))
    const last = found[limit - 1]
    if (found.length >= wanted && last) {
      return { items: found.slice(0, limit), next: placeOf(last.item, last.sequence) }
    }
    if (next === undefined) return { items: found }
  }
  return look.before === undefined ? { items: found } : { items: found, next: look.before }
}

/** How much farther each look goes than the one before. */
const lookGrowth = 4

function lookAfter(look: Look, { next, looked }: Candidates, keepMax: number): Look {
  return { before: next, lookMax: look.lookMax * lookGrowth, left: look.left - looked, keepMax }
}

/** For what may fail before anybody waits for it: whoever does is told. */
function quietly<T>(coming: Promise<T>): Promise<T> {
  coming.catch(() => {})
  return coming
}

function keepMaxOf(filter: Filter, missing: number): number {
  // What must not be said is known of whole items only.
  if (filter.not?.q) return readLimits.keepItemsMax
  return filter.q ? Math.ceil(missing * (1 + readLimits.doubtfulShare)) + 1 : missing
}

/** A tombstone has no words: what asks for words finds it by what it said before. */
async function wantedOf(
  options: QueryOptions,
  filter: Filter,
  items: readonly PublicItem[],
): Promise<PublicItem[]> {
  const hasWords = filter.q !== undefined || filter.not?.q !== undefined
  const wanted = items.map(async ({ item }) => {
    const isSought = hasWords && item.status !== 'usable'
    const former = isSought && (await readFormer(options.redis, options, item.id))
    const said = former && { headline: former.item.headline, body: former.item.body }
    return matches(filter, { ...item, ...said })
  })
  const isWanted = await Promise.all(wanted)
  return items.filter((_, at) => isWanted[at])
}

function termsOf(filter: Filter, sees: Sight): Terms {
  const lines = (key: (typeof facetKeys)[number], values: readonly string[] | undefined) =>
    (values ?? []).map((value) => facetLine(facetOf(key, value)))
  return {
    any: [...facetKeys.map((key) => lines(key, filter[key])), sourcesSeen(sees)].filter(
      (group) => group.length > 0,
    ),
    none: [
      ...facetKeys.flatMap((key) => lines(key, filter.not?.[key])),
      ...(sees === 'public' ? [privateLine] : []),
    ],
    words: wantedWords(filter),
  }
}

function sourcesSeen(sees: Sight): string[] {
  return typeof sees === 'string' ? [] : [publicLine, ...sees.sources.map(privateSourceLine)]
}

interface ChunkOptions {
  readonly terms: Terms
  readonly look: Look
  /** The candidates, where they were asked for before. */
  readonly ahead: Promise<Candidates> | undefined
  /** Before the candidates are read. */
  readonly onLooked: (candidates: Candidates) => void
}

/**
 * The next candidates, whole. Where one got a new version between the two reads, its place is
 * another now: then both are done again, so that what is returned stood like this at one moment.
 */
async function chunkOf(options: QueryOptions, chunk: ChunkOptions): Promise<Chunk> {
  const { terms, look } = chunk
  for (let turn = 1; ; turn += 1) {
    const ahead = turn === 1 ? chunk.ahead : undefined
    const candidates = await (ahead ?? candidatesOf(options, terms, look))
    chunk.onLooked(candidates)
    const items = await wholeItems(options, candidates)
    const standing = items.filter((item, at) => item?.sequence === candidates.sequences[at])
    if (standing.length < items.length && turn < readLimits.turnsMax) continue
    const gone = items.filter((item) => item === undefined).length
    if (gone > 0) options.log.warn({ gone }, 'items of the read model are missing in their stream')
    return { items: standing.filter((item) => item !== undefined), next: candidates.next }
  }
}

async function candidatesOf(
  { redis }: QueryOptions,
  terms: Terms,
  { before, lookMax, left, keepMax }: Look,
): Promise<Candidates> {
  const bounds = {
    lookMax: Math.min(lookMax, left, readLimits.lookItemsMax),
    keepMax: Math.min(keepMax, readLimits.keepItemsMax),
  }
  const reply = (await candidatesScript.run(
    redis,
    [taggedKeys.state, taggedKeys.order, taggedKeys.facets, taggedKeys.words],
    [before ?? '', bounds.lookMax, bounds.keepMax, taggedKeys.facetPrefix, JSON.stringify(terms)],
  )) as [string, number, ...string[]]
  const [next, looked, ...parts] = reply
  return {
    ids: parts.filter((_, at) => at % 2 === 0),
    sequences: parts.filter((_, at) => at % 2 === 1).map(Number),
    looked,
    next: next === '' ? undefined : Number(next),
  }
}

/** From Redis, the older ones from the local file or JetStream; undefined where none has it. */
async function wholeItems(
  options: QueryOptions,
  { ids, sequences }: Candidates,
): Promise<(PublicItem | undefined)[]> {
  if (ids.length === 0) return []
  const texts = await options.redis.hmgetBuffer(taggedKeys.full, ...ids)
  const items = texts.map((text) => (text === null ? undefined : unpackFull(text)))
  const missing = sequences.flatMap((sequence, at) => (items[at] ? [] : [{ sequence, at }]))
  for (let from = 0; from < missing.length; from += readLimits.readsAtOnceMax) {
    const some = missing.slice(from, from + readLimits.readsAtOnceMax)
    const read = await Promise.all(some.map(({ sequence }) => readPublic(options, sequence)))
    for (const [index, { at }] of some.entries()) items[at] = read[index]
  }
  return items
}
