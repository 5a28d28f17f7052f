import { connectBus, PermanentError } from '@newswire/bus'
import { quietLog, startNats, startRedis } from '@newswire/kit'
import { createMetrics, systemClock } from '@newswire/runtime'
import { connectStore, createItemsProjector } from '@newswire/store'
import { expect, it } from 'vitest'
import { keysOf, news, rawOf } from './fixtures/room.js'
import { createNormalizer } from './worker.js'

const { log } = quietLog()
const life = {
  fail: (error: Error) => {
    throw error
  },
}

it('a raw item that a fault in the code refused becomes its item by a replay after the repair', async () => {
  await using nats = await startNats()
  await using redis = await startRedis()
  await using bus = await connectBus({ url: nats.url, name: 'test', log })
  await using store = await connectStore({ url: redis.url, bus, log })
  const projector = await createItemsProjector({ url: redis.url, bus, log }).start(life)
  const faulty = await bus.subscribe({
    fact: 'item.raw',
    group: 'normalizer',
    concurrency: 2,
    handle: () => Promise.reject(new PermanentError('The dateline cannot be read.')),
  })
  const [item, spoiled] = [news(), news()]
  for (const each of [item, spoiled]) {
    const raw = rawOf(each)
    await bus.publish('item.raw', raw, raw, { id: String(each['uri']) })
  }
  await expect.poll(() => bus.deadLetters.count()).toBe(2)
  const [last, first] = await bus.deadLetters.list({ limit: 9, stage: 'normalizer' })
  expect(first?.value).toMatchObject({
    ...{ stage: 'normalizer', fact: 'item.raw', stream: 'RAW', sequence: 1, deliveries: 1 },
    error: { name: 'PermanentError', message: 'The dateline cannot be read.' },
    input: rawOf(item),
  })
  await faulty.stop()

  const metrics = createMetrics()
  const options = { bus, store, log, clock: systemClock, metrics, concurrency: 4 }
  const repaired = await createNormalizer(options).start(life)
  await bus.deadLetters.replay(first?.sequence ?? 0)
  await expect
    .poll(async () => (await bus.latest('item.normalized', keysOf(item)))?.value)
    .toMatchObject({ version: 1, headline: 'Acme opens a factory', precedence: { rawSequence: 1 } })
  expect(await bus.deadLetters.discard(last?.sequence ?? 0)).toBe(true)
  expect(await bus.deadLetters.count()).toBe(0)
  expect(await bus.latest('item.normalized', keysOf(spoiled))).toBeUndefined()
  await repaired.stop()
  await projector.stop()
})
