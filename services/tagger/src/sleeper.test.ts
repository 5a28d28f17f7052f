import { connectBus } from '@newswire/bus'
import { connectJobs } from '@newswire/jobs'
import { quietLog, startNats, startRedis } from '@newswire/kit'
import { holdSchema, type NormalizedItem } from '@newswire/model'
import { normalizedItem } from '@newswire/model/testing'
import { createMetrics, systemClock } from '@newswire/runtime'
import { connectStore, createItemsProjector, createTaggedProjector } from '@newswire/store'
import { expect, test } from 'vitest'
import { createTagger } from './tagger.js'
import { loadVocabulary } from './vocabulary.js'

const patience = { timeout: 8_000, interval: 10 }
const keys = { wire: 'na', id: 'na-4711' }

test('a version whose process slept on an old answer does not stay public behind its withdrawal', async () => {
  await using nats = await startNats()
  await using redis = await startRedis()
  const { log } = quietLog()
  const { url } = redis
  await using bus = await connectBus({ url: nats.url, name: 'test', log })
  await using store = await connectStore({ url, bus, log })
  const jobs = await connectJobs({ url, log })
  const holds = await bus.register('holds', holdSchema)
  let wakeUp: () => void = () => undefined
  const woken = new Promise<void>((resolve) => {
    wakeUp = resolve
  })
  let asleep = 0
  const itemState = async (id: string) => {
    const isSleeper = id === keys.id && asleep === 0
    if (isSleeper) asleep += 1
    const state = await store.itemState(id)
    if (isSleeper) await woken
    return state
  }
  const common = { bus, jobs, holds, log, clock: systemClock, metrics: createMetrics() }
  const reading = { ...store, itemState }
  const vocabulary = loadVocabulary()
  const workers = [
    createItemsProjector({ url, bus, log }),
    createTaggedProjector({ url, bus, log }),
    createTagger({ ...common, store: reading, vocabulary, concurrency: 8 }),
  ]
  const fail = (error: Error) => {
    throw error
  }
  const running = await Promise.all(workers.map((worker) => worker.start({ fail })))
  const normalized = async (own: Partial<NormalizedItem>) => {
    const version = own.version ?? 1
    const precedence = { rawSequence: version, contentHash: `hash-${version}` }
    const item = normalizedItem({ version, precedence, ...own })
    const id = `${item.id}:${version}`
    const { sequence } = await bus.publish('item.normalized', item, item, { id })
    await expect.poll(async () => (await store.positions()).items, patience).toBe(sequence)
  }
  const inHand = async () => {
    const group = (await bus.groups()).find((each) => each.group === 'tagger')
    return group && group.pending + group.inFlight
  }

  // A group takes several at a time only once some have gone well.
  for (const id of ['na-1', 'na-2', 'na-3']) await normalized({ id })
  await expect.poll(inHand, patience).toBe(0)
  await normalized({})
  await expect.poll(() => asleep, patience).toBe(1)
  await normalized({ version: 2, status: 'canceled', change: 'withdrawal' })
  // The withdrawal finds nothing public, looks once more, and is done with.
  await expect.poll(async () => (await holds.rows()).length, patience).toBe(1)
  await expect.poll(async () => (await holds.rows()).length, patience).toBe(0)
  wakeUp()
  await expect.poll(inHand, patience).toBe(0)
  const newest = await bus.latest('item.tagged', keys)
  expect(newest?.value).toMatchObject({ status: 'canceled', version: 2 })
  for (const worker of running.reverse()) await worker.stop()
  await jobs.close()
}, 20_000)
