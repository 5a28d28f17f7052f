import type { Bus, Stored } from '@newswire/bus'
import type { TaggedItem } from '@newswire/model'
import type { Redis } from 'ioredis'
import { taggedKeys } from './keys.js'
import { archiveLimits, readLimits } from './limits.js'
import type { LocalItems } from './local-items/index.js'
import { FellBackError, openMark, readMark, type Span } from './mark.js'
import { BrokenModelError, type ReadModel } from './projector.js'
import {
  keptForm,
  publicEntry,
  saidSequence,
  unpackFull,
  unpackPublicState,
} from './public-state.js'
import { noteRecalls } from './recalls.js'
import type { Headline, OnPublicChange, PublicItem, PublicState, StoreLimits } from './store.js'
import { applyTaggedScript, resetTaggedScript } from './tagged-scripts.js'

/** Where items are read from that Redis does not hold whole. */
export interface PublicSource {
  readonly bus: Pick<Bus, 'read'>
  /** Asked first, where there is one. */
  readonly localItems?: Pick<LocalItems, 'read'>
}

export interface TaggedModelOptions extends PublicSource {
  readonly redis: Redis
  readonly limits: StoreLimits
  readonly onPublicChange?: OnPublicChange
}

const keys = [
  taggedKeys.mark,
  taggedKeys.state,
  taggedKeys.full,
  taggedKeys.order,
  taggedKeys.facets,
  taggedKeys.words,
]

/** What the script says of one version. */
interface Written {
  readonly outcome: 'applied' | 'known' | 'stale'
  /** Where the former version stands in TAGGED. */
  readonly former: number | undefined
  /** The former version, where Redis had it whole. */
  readonly formerFull: Buffer | undefined
}

/** One more with each change of what is written: then it is made anew from the stream. */
const taggedShape = 6

/**
 * Public state of every item, the newest items whole, and the sets that filters are answered by.
 */
export function taggedModel(options: TaggedModelOptions): ReadModel<'item.tagged'> {
  const { redis } = options
  return {
    fact: 'item.tagged',
    shape: taggedShape,
    open: () => openMark(redis, taggedKeys.mark, taggedShape),
    mark: () => readMark(redis, taggedKeys.mark),
    async apply(span, batch) {
      await noteRecalls(redis, batch)
      const written = await write(options, span, batch)
      if (options.onPublicChange === undefined) return
      for (const [index, fact] of batch.entries()) {
        const one = written[index]
        if (one !== undefined) await tell(options, options.onPublicChange, fact, one)
      }
    },
    reset: (epoch) => resetTagged(redis, epoch),
  }
}

async function write(
  { redis, limits, onPublicChange }: TaggedModelOptions,
  { epoch, after, upTo }: Span,
  batch: readonly Stored<TaggedItem>[],
): Promise<Written[]> {
  const reply = await applyTaggedScript.runBytes(redis, keys, [
    epoch,
    after,
    upTo,
    taggedKeys.facetPrefix,
    limits.fullItemsMax,
    limits.facetItemsMax,
    readLimits.placesMax,
    onPublicChange === undefined ? 0 : 1,
    batch.length,
    taggedKeys.blockPrefix,
    archiveLimits.blockFacts,
    archiveLimits.rowBlocks,
    ...batch.flatMap(({ value, sequence }) => publicEntry(value, sequence)),
  ])
  const parts = reply as Buffer | Buffer[]
  if (!Array.isArray(parts)) throw new FellBackError('the public items fell back')
  return batch.map((_, index) => {
    const formerFull = parts[index * 3 + 2]
    return {
      outcome: String(parts[index * 3]) as Written['outcome'],
      former: Number(String(parts[index * 3 + 1])) || undefined,
      formerFull: formerFull?.length ? formerFull : undefined,
    }
  })
}

/** Also what another projector wrote first is told: this process has caches of its own. */
async function tell(
  source: TaggedModelOptions,
  onPublicChange: OnPublicChange,
  { value, sequence }: Stored<TaggedItem>,
  { outcome, former, formerFull }: Written,
): Promise<void> {
  if (outcome === 'stale') return
  const before =
    formerFull === undefined
      ? former && (await readPublic(source, former))?.item
      : unpackFull(formerFull).item
  try {
    onPublicChange({ item: keptForm(value), before: before || undefined, sequence })
  } catch (cause) {
    throw new BrokenModelError('a listener to public changes threw', { cause })
  }
}

/** An item from its place in TAGGED: for what Redis does not hold whole. */
export async function readPublic(
  { bus, localItems }: PublicSource,
  sequence: number,
): Promise<PublicItem | undefined> {
  const local = await localItems?.read(sequence)
  if (local !== undefined) return local
  const fact = await bus.read('item.tagged', sequence)
  return fact && { item: keptForm(fact.value), sequence }
}

/** Empties the model in one step; with an epoch only if it is still that life of the model. */
export async function resetTagged(redis: Redis, epoch = ''): Promise<void> {
  await resetTaggedScript.run(
    redis,
    [...keys, taggedKeys.recalls],
    [
      epoch,
      taggedKeys.facetPrefix,
      taggedKeys.blockPrefix,
      archiveLimits.blockFacts * archiveLimits.rowBlocks,
    ],
  )
}

export async function readPublicState(redis: Redis, id: string): Promise<PublicState | undefined> {
  const text = await redis.hget(taggedKeys.state, id)
  return text === null ? undefined : unpackPublicState(id, text)
}

export async function readPublicItem(
  redis: Redis,
  source: PublicSource,
  id: string,
): Promise<PublicItem | undefined> {
  const full = await redis.hgetBuffer(taggedKeys.full, id)
  if (full !== null) return unpackFull(full)
  const state = await readPublicState(redis, id)
  return state && (await readPublic(source, state.sequence))
}

/** What these items are called, of those that Redis holds whole; a few are in memory at a time. */
export async function readHeadlines(redis: Redis, ids: readonly string[]): Promise<Headline[]> {
  const found: Headline[] = []
  for (let from = 0; from < ids.length; from += readLimits.readsAtOnceMax) {
    const some = ids.slice(from, from + readLimits.readsAtOnceMax)
    for (const text of await redis.hmgetBuffer(taggedKeys.full, ...some)) {
      if (text === null) continue
      const { id, headline, rights } = unpackFull(text).item
      found.push({ id, headline, rights })
    }
  }
  return found
}

/** The newest version of the item before its withdrawal; undefined where it is erased. */
export async function readFormer(
  redis: Redis,
  source: PublicSource,
  id: string,
): Promise<PublicItem | undefined> {
  const text = await redis.hget(taggedKeys.state, id)
  const sequence = text === null ? 0 : saidSequence(text)
  const found = sequence === 0 ? undefined : await readPublic(source, sequence)
  return found?.item.id === id && found.item.status === 'usable' ? found : undefined
}

/** Items that are public and not withdrawn. */
export async function countPublic(redis: Redis): Promise<number> {
  const [all, withdrawn] = await Promise.all([
    redis.zcard(taggedKeys.order),
    redis.hget(taggedKeys.mark, 'withdrawn'),
  ])
  return all - Number(withdrawn ?? 0)
}
