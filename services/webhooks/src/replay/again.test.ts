import { type Bus, connectBus } from '@newswire/bus'
import { quietLog, startNats, type TestServer } from '@newswire/kit'
import { type DeliveryFact, retrySchedule, revisionOf, type TaggedItem } from '@newswire/model'
import { taggedItem } from '@newswire/model/testing'
import { createSecretBox, systemClock } from '@newswire/runtime'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { Bodies } from '../deliver/bodies.js'
import { Sender } from '../deliver/sender.js'
import { Slots } from '../flow/slots.js'
import { Beat } from '../ledger/beat.js'
import { Ledger } from '../ledger/ledger.js'
import { recover } from '../ledger/recovery.js'
import { webhookLimits } from '../limits.js'
import { Planner } from '../plan/planner.js'
import { Receivers } from '../plan/receivers.js'
import { Directory } from '../registry/directory.js'
import { webhookRowSchema } from '../registry/webhook-row.js'

const { log } = quietLog()
const secrets = createSecretBox('a key for the secrets of the tests')
const endpoint = 'wh_a'
let nats: TestServer
let bus: Bus
let directory: Directory

beforeAll(async () => {
  nats = await startNats()
  bus = await connectBus({ url: nats.url, name: 'test', log })
  const endpoints = await bus.register('endpoints', webhookRowSchema)
  const now = new Date().toISOString()
  await endpoints.put(endpoint, {
    ...{ id: endpoint, owner: 'key', url: 'https://example.org/hook', filter: {} },
    events: ['item.published', 'item.updated', 'item.corrected', 'item.withdrawn'],
    ...{ format: 'newswire', secret: secrets.seal('whsec_', endpoint), status: 'paused' },
    ...{ createdAt: now, updatedAt: now, since: 0, seesPrivate: false },
  })
  directory = new Directory({
    endpoints,
    secrets,
    shards: 1,
    fail: (error) => expect(error).toBe(0),
  })
  await directory.start()
})
afterAll(async () => {
  await directory.stop()
  await bus.close()
  await nats.stop()
})

/** A shard's planner whose lanes end at once, as their webhook takes no calls any more. */
async function started(outcomesWaitMs = webhookLimits.outcomesWaitMs) {
  const recovered = await recover({ bus, shard: 0, checkpoint: undefined })
  const { last, itemSequence, sequences } = recovered
  const limits = webhookLimits
  const common = { bus, shard: 0, clock: systemClock, limits, log }
  const onLost = () => undefined
  const writer = `test-${Math.random()}`
  const ledger = new Ledger({ ...common, last, writer, onLost, beat: new Beat(outcomesWaitMs) })
  // Nothing of it is written while the next test has the chain.
  onTestFinished(() => ledger.flush())
  const sender = new Sender({
    ...common,
    chance: () => 0.5,
    schedule: retrySchedule,
    gateOf: () => 'closed',
    slots: new Slots(webhookLimits),
    rulesOf: () => ({ host: 'https://example.org' }),
    mayStart: () => true,
    attempt: () => Promise.reject(new Error('Nothing is sent here.')),
    record: (attempt) => ledger.record(attempt),
    wake: () => undefined,
    forget: () => undefined,
    disable: () => undefined,
  })
  const planner = new Planner({
    ...{ ...common, directory, ledger, sender, onLost, itemSequence, sequences },
    receivers: new Receivers(bus),
    bodies: new Bodies(bus, { bytesMax: 1_000 }),
    isHeld: () => true,
    onPlanned: () => undefined,
  })
  return { planner, ledger, recovered }
}

async function stored(own: Partial<TaggedItem>) {
  const value = taggedItem(own)
  const options = { id: `${value.id}:${revisionOf(value)}` }
  const { sequence } = await bus.publish('item.tagged', value, value, options)
  return { value, sequence, subject: '', storedAt: new Date(), deliveries: 1 }
}

async function factsOf(item: string): Promise<DeliveryFact[]> {
  const facts: DeliveryFact[] = []
  for await (const { value } of bus.history('delivery', { shard: 0 })) {
    const isOf =
      value.type === 'plan'
        ? value.item.id === item
        : value.attempts.some((attempt) => attempt.item === item)
    if (isOf) facts.push(value)
  }
  return facts
}

const missed = (item: string, sequence: number) => {
  return { endpoint, replay: 'rp_1', missed: { item, wire: 'na', sequence, knew: false } }
}

it('stores the last word of a lane before the plan that opens it anew', async () => {
  const { planner } = await started(60_000)
  await planner.handle(await stored({ id: 'na-1' }))
  expect((await factsOf('na-1')).map(({ type }) => type)).toEqual(['plan'])
  expect(await planner.again(missed('na-1', 1))).toBe('planned')
  expect((await factsOf('na-1')).map(({ type }) => type)).toEqual(['plan', 'outcomes', 'plan'])
  // Whoever takes the shard over now has the lane of the replay to work.
  const { recovered } = await started()
  expect(recovered.lanes).toMatchObject([
    { item: 'na-1', lane: { open: { sequence: 2, attempts: 0 }, received: true, knows: false } },
  ])
})

it('plans the same wish once, however often it is worked', async () => {
  const { planner, ledger } = await started()
  const at = (await started()).recovered.sequences.get(endpoint) ?? 0
  await planner.handle(await stored({ id: 'na-2' }))
  const wish = missed('na-2', at + 1)
  expect(await planner.again(wish)).toBe('planned')
  expect(await planner.again(wish)).toBe('passed')
  await ledger.flush()
  const { planner: next } = await started()
  expect(await next.again(wish)).toBe('passed')
  expect(await next.again(missed('na-2', at + 2))).toBe('planned')
})

it('takes a version before its turn, which is then not planned a second time', async () => {
  const { planner } = await started()
  await planner.handle(await stored({ id: 'na-3' }))
  const second = await stored({ id: 'na-3', version: 2, change: 'correction' })
  expect(await planner.again(missed('na-3', 1_000))).toBe('planned')
  await planner.handle(second)
  const plans = (await factsOf('na-3')).filter((fact) => fact.type === 'plan')
  expect(plans.map(({ item }) => item.revision)).toEqual(['1.1', '2.1'])
})
