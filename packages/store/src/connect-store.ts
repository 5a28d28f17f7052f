import type { Bus } from '@newswire/bus'
import { type Clock, type Log, systemClock, type Worker } from '@newswire/runtime'
import type { Redis } from 'ioredis'
import { archiveBefore, facetValues, readArchive } from './archive.js'
import { openDeliveryLog, resetDeliveries } from './deliveries/index.js'
import { itemsModel, readItemState, readVersionOfRaw, resetItems } from './items-model.js'
import { itemKeys, taggedKeys } from './keys.js'
import { readKin } from './kin.js'
import { storeLimits } from './limits.js'
import type { LocalItems } from './local-items/index.js'
import { readMark } from './mark.js'
import { readOpenMatters } from './open-matters.js'
import { createProjector } from './projector.js'
import { queryItems } from './query.js'
import { readRecalls } from './recalls.js'
import { closeRedis, openRedis } from './redis.js'
import { rewriteLog } from './rewrite-log.js'
import type { OnPublicChange, Store, StoreLimits } from './store.js'
import {
  countPublic,
  readHeadlines,
  readPublicItem,
  readPublicState,
  resetTagged,
  taggedModel,
} from './tagged-model.js'

export interface StoreOptions {
  /** `redis://…` or `rediss://…` */
  readonly url: string
  readonly bus: Bus
  readonly log: Log
  /** Where old items are read from before JetStream is asked. */
  readonly localItems?: Pick<LocalItems, 'read'>
  /** Those not given have their default, `storeLimits`. */
  readonly limits?: Partial<StoreLimits>
  readonly clock?: Clock
}

/** The read models for reading. Projectors keep them; they may run in other processes. */
export async function connectStore(options: StoreOptions): Promise<Store> {
  const { url, bus, log, clock = systemClock } = options
  const limits = { ...storeLimits, ...options.limits }
  const redis = await openRedis({ url, log, name: 'store' })
  const source = { bus, ...(options.localItems ? { localItems: options.localItems } : {}) }
  const close = () => closeRedis(redis)
  return {
    itemState: (id) => readItemState(redis, id),
    kin: (wanted) => readKin(redis, clock, wanted),
    openMatters: ({ limit }) => readOpenMatters(redis, bus, limit),
    recalls: ({ limit }) => readRecalls(redis, (id) => readPublicItem(redis, source, id), limit),
    publicState: (id) => readPublicState(redis, id),
    publicItem: (id) => readPublicItem(redis, source, id),
    headlines: (ids) => readHeadlines(redis, ids),
    query: (query) => queryItems({ ...source, redis, log, limits }, { sees: 'public', ...query }),
    archive: (wanted) => readArchive({ ...source, redis }, wanted),
    archiveBefore: (wanted) => archiveBefore(redis, wanted),
    facetValues: (key) => facetValues(redis, key),
    versionOfRaw: (rawSequence) => readVersionOfRaw(redis, clock, rawSequence),
    count: () => countPublic(redis),
    deliveries: openDeliveryLog(redis),
    positions: () => readPositions(redis),
    ping: () => ping(redis),
    rewriteLog: (places) => rewriteLog(redis, () => readPositions(redis), places),
    memory: () => readMemory(redis),
    close,
    [Symbol.asyncDispose]: close,
  }
}

export type ItemsProjectorOptions = StoreOptions

/** ITEMS → state of every item's newest version inside. */
export function createItemsProjector({ url, bus, log, clock }: ItemsProjectorOptions): Worker {
  return createProjector({
    name: 'items-projector',
    url,
    bus,
    log,
    modelOn: (redis) => itemsModel(redis, clock ?? systemClock),
  })
}

export interface TaggedProjectorOptions extends StoreOptions {
  /** Called after each write, in the stream's order, in every process that runs a projector. */
  readonly onPublicChange?: OnPublicChange
}

/** TAGGED → public state, the newest items whole, and the sets that filters are answered by. */
export function createTaggedProjector(options: TaggedProjectorOptions): Worker {
  const { url, bus, log, onPublicChange, localItems } = options
  const limits = { ...storeLimits, ...options.limits }
  return createProjector({
    name: 'tagged-projector',
    url,
    bus,
    log,
    modelOn: (redis) =>
      taggedModel({
        redis,
        bus,
        limits,
        ...(localItems === undefined ? {} : { localItems }),
        ...(onPublicChange === undefined ? {} : { onPublicChange }),
      }),
  })
}

/**
 * Empties the read models, each in one step, and nothing else in Redis. Projectors that run notice
 * it and make them again; others do so when they start.
 */
export async function resetReadModels({ url, log }: { url: string; log: Log }): Promise<void> {
  const redis = await openRedis({ url, log, name: 'reset' })
  try {
    await resetItems(redis, systemClock)
    await resetTagged(redis)
    await resetDeliveries(redis)
    log.info('read models emptied')
  } finally {
    await closeRedis(redis)
  }
}

async function readPositions(redis: Redis): Promise<{ items: number; tagged: number }> {
  const [items, tagged] = await Promise.all([
    readMark(redis, itemKeys.mark),
    readMark(redis, taggedKeys.mark),
  ])
  return { items: items?.position ?? 0, tagged: tagged?.position ?? 0 }
}

async function ping(redis: Redis): Promise<boolean> {
  // Without this a command would wait for the reconnect, and a health check with it.
  if (redis.status !== 'ready') return false
  return await redis.ping().then(
    () => true,
    () => false,
  )
}

async function readMemory(redis: Redis): Promise<{ usedBytes: number; maxBytes: number }> {
  const info = await redis.info('memory')
  const figure = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0)
  return { usedBytes: figure('used_memory'), maxBytes: figure('maxmemory') }
}
