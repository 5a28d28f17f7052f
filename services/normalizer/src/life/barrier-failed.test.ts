import { connectBus } from '@newswire/bus'
import { quietLog, startNats, startRedis } from '@newswire/kit'
import { createMetrics, systemClock } from '@newswire/runtime'
import { connectStore, createItemsProjector } from '@newswire/store'
import { expect, it, onTestFinished } from 'vitest'
import { correctionOf, entryOf, newNumber, prnId } from '../fixtures/entries.js'
import { createNormalizer } from '../worker.js'
import { barrierLimits } from './barrier.js'

const { log } = quietLog()
const issuer = 'Acme Ferries Inc.'
const title = `${issuer} Opens a Harbour in Lyon With Room for Barges`
const stuckNumber = newNumber()

/** A house of one normalizer, in which one item fails each time. */
async function useHouse() {
  const [nats, redis] = await Promise.all([startNats(), startRedis()])
  onTestFinished(async () => {
    await Promise.all([nats.stop(), redis.stop()])
  })
  const url = redis.url
  const connecting = { url: nats.url, name: 'test', log, redeliveryDelaysMs: [60_000] }
  const bus = await connectBus(connecting)
  onTestFinished(() => bus.close())
  const store = await connectStore({ url, bus, log })
  onTestFinished(() => store.close())
  const failing = {
    ...store,
    itemState: async (id: string) => {
      if (id === `prn-${stuckNumber}`) throw new Error('not yet')
      return await store.itemState(id)
    },
  }
  const parts = { bus, log, clock: systemClock, metrics: createMetrics() }
  const fail = (error: Error) => {
    throw error
  }
  for (const worker of [
    createItemsProjector({ url, bus, log }),
    createNormalizer({ ...parts, store: failing, concurrency: 4 }),
  ]) {
    const running = await worker.start({ fail })
    onTestFinished(() => running.stop())
  }
  return bus
}

it('a notice does not wait for what failed before it', async () => {
  const bus = await useHouse()
  const number = newNumber()
  const send = async (release: Parameters<typeof entryOf>[0]) => {
    const raw = entryOf(release)
    return await bus.publish('item.raw', raw, raw, { id: newNumber() })
  }
  const version = async () => (await bus.latest('item.normalized', prnId(number)))?.value.version
  await send({ number, title, issuer })
  await expect.poll(version).toBe(1)
  await send({ number: stuckNumber, title: 'Another', issuer })
  await expect.poll(async () => (await bus.groups())[0]?.inFlight).toBe(1)
  const startedAt = performance.now()
  await send({
    title: `/C O R R E C T I O N -- ${issuer}/`,
    issuer,
    text: correctionOf(title, issuer),
  })
  await expect.poll(version, { timeout: 8_000 }).toBe(2)
  expect(performance.now() - startedAt).toBeLessThan(barrierLimits.waitMsMax)
}, 30_000)
