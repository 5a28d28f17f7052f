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

interface Bounds {
  readonly lookMax: number
  readonly keepMax: number
}

/** Items that pass the terms, newest first. */
interface Chunk {
  readonly items: readonly PublicItem[]
  readonly looked: number
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
  let cursor = query.before
  let lookLeft = options.limits.scanItemsMax
  // Most filters are answered by their sets: a long look is only for those that are not.
  let lookMax = wanted * 2
  while (lookLeft > 0) {
    // What must not be said is known of whole items only.
    const keepMax = filter.not?.q ? readLimits.keepItemsMax : wanted - found.length
    const { items, looked, next } = await chunkOf(options, terms, cursor, {
      lookMax: Math.min(lookMax, lookLeft, readLimits.lookItemsMax),
      keepMax: Math.min(keepMax, readLimits.keepItemsMax),
    })
    found.push(...(await wantedOf(options, filter, items)))
    const last = found[limit - 1]
    if (found.length >= wanted && last) {
      return { items: found.slice(0, limit), next: placeOf(last.item, last.sequence) }
    }
    if (next === undefined) return { items: found }
    cursor = next
    lookLeft -= looked
    lookMax *= 2
  }
  return cursor === undefined ? { items: found } : { items: found, next: cursor }
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

/**
 * The next candidates, whole. Where one got a new version between the two reads, its place is
 * another now: then both are done again, so that what is returned stood like this at one moment.
 */
async function chunkOf(
  options: QueryOptions,
  terms: Terms,
  before: number | undefined,
  bounds: Bounds,
): Promise<Chunk> {
  for (let turn = 1; ; turn += 1) {
    const candidates = await candidatesOf(options, terms, before, bounds)
    const items = await wholeItems(options, candidates)
    const standing = items.filter((item, at) => item?.sequence === candidates.sequences[at])
    const { looked, next } = candidates
    if (standing.length < items.length && turn < readLimits.turnsMax) continue
    const gone = items.filter((item) => item === undefined).length
    if (gone > 0) options.log.warn({ gone }, 'items of the read model are missing in their stream')
    return { items: standing.filter((item) => item !== undefined), looked, next }
  }
}

async function candidatesOf(
  { redis }: QueryOptions,
  terms: Terms,
  before: number | undefined,
  bounds: Bounds,
): Promise<Candidates> {
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
