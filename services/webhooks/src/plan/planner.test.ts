import { type Bus, connectBus, type Delivered } from '@newswire/bus'
import { quietLog, startNats, type TestServer } from '@newswire/kit'
import { type Plan, retrySchedule, revisionOf, type Tag, type TaggedItem } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import { createSecretBox, systemClock } from '@newswire/runtime'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { Bodies } from '../deliver/bodies.js'
import { Sender } from '../deliver/sender.js'
import { Slots } from '../flow/slots.js'
import { Beat } from '../ledger/beat.js'
import { Ledger } from '../ledger/ledger.js'
import { recover } from '../ledger/recovery.js'
import { webhookLimits } from '../limits.js'
import { Directory } from '../registry/directory.js'
import { type WebhookRow, webhookRowSchema } from '../registry/webhook-row.js'
import { Planner } from './planner.js'
import { Receivers } from './receivers.js'

const { log } = quietLog()
const secrets = createSecretBox('a key for the secrets of the tests')
let nats: TestServer
let bus: Bus
let directory: Directory
let shard = -1

beforeAll(async () => {
  nats = await startNats()
  bus = await connectBus({ url: nats.url, name: 'test', log })
  const endpoints = await bus.register('endpoints', webhookRowSchema)
  for (const id of ['wh_a', 'wh_b', 'wh_c']) await endpoints.put(id, rowOf(id))
})
afterAll(async () => {
  await bus.close()
  await nats.stop()
})
// Each test has a shard of its own that all endpoints belong to.
beforeEach(async () => {
  shard += 1
  const endpoints = await bus.register('endpoints', webhookRowSchema)
  directory = new Directory({ endpoints, secrets, shards: 1, fail: failTest })
  directory.shardOf = () => shard
  directory.in = (_shard, id) => directory.get(id)
  const matcher = directory.matcher(0)
  directory.matcher = () => matcher
  await directory.start()
  return () => directory.stop()
})

function rowOf(id: string): WebhookRow {
  const now = new Date().toISOString()
  return {
    id,
    owner: 'key',
    url: 'https://example.org/hook',
    filter: {},
    events: ['item.published', 'item.updated', 'item.corrected', 'item.withdrawn'],
    format: 'newswire',
    secret: secrets.seal('whsec_', id),
    status: 'paused',
    createdAt: now,
    updatedAt: now,
    since: 0,
    seesPrivate: false,
  }
}

function failTest(error: Error): never {
  throw error
}

/** A shard's planner, as after a start. Nothing is sent: the webhooks are paused. */
async function started(
  limits: { deliveriesPerPlanMax?: number } = {},
  receivers = new Receivers(bus),
) {
  const lost: Error[] = []
  const onLost = (error: Error) => void lost.push(error)
  const clock = systemClock
  const recovered = await recover({ bus, shard, checkpoint: undefined })
  const { last, itemSequence, sequences } = recovered
  const writer = `test-${Math.random()}`
  const ledger = new Ledger({
    ...{ bus, shard, last, writer, clock, onLost },
    limits: webhookLimits,
    beat: new Beat(webhookLimits.outcomesWaitMs),
  })
  const sender = new Sender({
    clock,
    chance: () => 0.5,
    schedule: retrySchedule,
    limits: webhookLimits,
    slots: new Slots(webhookLimits),
    gateOf: () => 'waits',
    rulesOf: () => ({ host: 'https://example.org' }),
    mayStart: () => true,
    attempt: () => Promise.reject(new Error('Nothing is sent here.')),
    record: (attempt) => ledger.record(attempt),
    wake: () => undefined,
    forget: () => undefined,
    disable: () => undefined,
  })
  const planner = new Planner({
    ...{ bus, shard, directory, ledger, sender, clock, log, onLost, itemSequence, sequences },
    receivers,
    bodies: new Bodies(bus, { bytesMax: 1_000 }),
    limits: { ...webhookLimits, ...limits },
    isHeld: () => true,
    onPlanned: () => undefined,
  })
  return { planner, ledger, sender, recovered, lost }
}

async function stored(own: Partial<TaggedItem>, deliveries = 1): Promise<Delivered<TaggedItem>> {
  const value = taggedItem({ id: `na-${shard}`, ...own })
  const options = { id: `${value.id}:${revisionOf(value)}` }
  const { sequence } = await bus.publish('item.tagged', value, value, options)
  return { value, sequence, subject: '', storedAt: new Date(), deliveries }
}

const [china, bavaria] = [tagOf('iso3166-1', 'CN'), tagOf('iso3166-2', 'DE-BY')]
const seenAs = (...tags: Tag[]) => ({ language: 'de', tags })
const none = seenAs()

async function plans(): Promise<Plan[]> {
  const found: Plan[] = []
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const replay = await bus.replay({
    fact: 'delivery',
    after: 0,
    handle: async (facts) => {
      for (const { value } of facts) if (value.type === 'plan') found.push(value)
    },
    onCaughtUp: () => end(),
    onEnd: failTest,
  })
  await ended
  await replay.stop()
  return found.filter((plan) => plan.shard === shard)
}

/** The revisions that are planned, and for whom. */
async function named() {
  return (await plans()).map(({ item, deliveries }) => [
    item.revision,
    deliveries.map(({ endpoint }) => endpoint).sort(),
  ])
}

it('plans an item once, however often it is given, also after a restart', async () => {
  const first = await started()
  const fact = await stored({})
  await first.planner.handle(fact)
  await first.planner.handle({ ...fact, deliveries: 2 })
  const second = await started()
  await second.planner.handle({ ...fact, deliveries: 3 })
  await second.planner.handle(fact)
  expect(await plans()).toHaveLength(1)
})

it('gives gapless sequences and tells the one before, also after a restart', async () => {
  const first = await started()
  await first.planner.handle(await stored({}))
  const second = await started()
  await second.planner.handle(await stored({ version: 2, change: 'correction' }))
  const deliveries = (await plans()).map((plan) =>
    plan.deliveries.map(({ sequence, previous }) => ({ sequence, previous })),
  )
  expect(deliveries).toEqual([
    Array(3).fill({ sequence: 1, previous: undefined }),
    Array(3).fill({ sequence: 2, previous: 1 }),
  ])
})

it('does not plan a version that comes again after a newer one', async () => {
  const { planner } = await started()
  const old = await stored({})
  await planner.handle(await stored({ version: 2, change: 'withdrawal', status: 'canceled' }))
  await planner.handle({ ...old, deliveries: 2 })
  expect(await plans()).toEqual([])
})

it('takes no withdrawal after a plan whose receivers could not be noted', async () => {
  const unwritable = { publish: () => Promise.reject(new Error('down')), latest: bus.latest }
  const { planner, lost } = await started({}, new Receivers(unwritable))
  await expect(planner.handle(await stored({}))).rejects.toThrow('down')
  expect(lost).toHaveLength(1)
  const end = await stored({ version: 2, change: 'withdrawal', status: 'canceled' })
  await expect(planner.handle(end)).rejects.toThrow('taken anew')
})

it('does not send what was there before the webhook', async () => {
  const endpoints = await bus.register('endpoints', webhookRowSchema)
  const fact = await stored({})
  await endpoints.put('wh_late', { ...rowOf('wh_late'), since: fact.sequence })
  await directory.catchUp()
  const { planner } = await started()
  await planner.handle(fact)
  expect((await plans())[0]?.deliveries.map(({ endpoint }) => endpoint)).not.toContain('wh_late')
  await endpoints.delete('wh_late')
})

it('tells nobody again of a version that only has other tags, and those who never had it once', async () => {
  const { planner } = await started()
  const endpoints = await bus.register('endpoints', webhookRowSchema)
  await endpoints.put('wh_tags', { ...rowOf('wh_tags'), filter: { region: ['CN'] } })
  await directory.catchUp()
  await planner.handle(await stored({}))
  const tags = [tagOf('iso3166-1', 'CN')]
  await planner.handle(await stored({ tagging: 2, tags }))
  await planner.handle(await stored({ tagging: 3, tags }))
  await endpoints.delete('wh_tags')
  expect(await named()).toEqual([
    ['1.1', ['wh_a', 'wh_b', 'wh_c']],
    ['1.2', ['wh_tags']],
  ])
})

it('tells nobody of a silent tagging, and everyone of what he would have got without it', async () => {
  const { planner } = await started()
  const endpoints = await bus.register('endpoints', webhookRowSchema)
  await endpoints.put('wh_tags', { ...rowOf('wh_tags'), filter: { region: ['CN'] } })
  await directory.catchUp()
  const first = await stored({})
  const tags = [tagOf('iso3166-1', 'CN')]
  await planner.handle(await stored({ tagging: 2, tags, announce: 'nobody', toldAs: none }))
  expect(await plans()).toEqual([])
  await planner.handle({ ...first, deliveries: 2 })
  await endpoints.delete('wh_tags')
  expect(await named()).toEqual([['1.2', ['wh_a', 'wh_b', 'wh_c']]])
})

it('tells a webhook nothing that a silent tagging brought, also not by the next one', async () => {
  const { planner } = await started()
  const endpoints = await bus.register('endpoints', webhookRowSchema)
  await endpoints.put('wh_cn', { ...rowOf('wh_cn'), filter: { region: ['CN'] } })
  await endpoints.put('wh_by', { ...rowOf('wh_by'), filter: { region: ['DE-BY'] } })
  await directory.catchUp()
  const first = await stored({})
  await planner.handle(first)
  const silent = { announce: 'nobody', toldAs: none } as const
  await planner.handle(await stored({ tagging: 2, tags: [china], ...silent }))
  const byHand = { tags: [china, bavaria], toldAs: seenAs(bavaria), toldBefore: none }
  await planner.handle(await stored({ tagging: 3, ...byHand, firstSequence: first.sequence }))
  await Promise.all([endpoints.delete('wh_cn'), endpoints.delete('wh_by')])
  expect(await named()).toEqual([
    ['1.1', ['wh_a', 'wh_b', 'wh_c']],
    ['1.3', ['wh_by']],
  ])
})

it('plans a tagging that comes again after the next, as it stands, for those who have neither', async () => {
  const { planner } = await started()
  const endpoints = await bus.register('endpoints', webhookRowSchema)
  await endpoints.put('wh_cn', { ...rowOf('wh_cn'), filter: { region: ['CN'] } })
  await directory.catchUp()
  const first = await stored({ tags: [china] })
  const silent = { announce: 'nobody', toldAs: seenAs(china) } as const
  await planner.handle(await stored({ tagging: 2, ...silent }))
  const next = { tags: [bavaria], toldAs: seenAs(china, bavaria), toldBefore: seenAs(china) }
  await planner.handle(await stored({ tagging: 3, ...next }))
  expect(await plans()).toEqual([])
  await planner.handle({ ...first, deliveries: 2 })
  await endpoints.delete('wh_cn')
  expect(await named()).toEqual([['1.3', ['wh_a', 'wh_b', 'wh_c', 'wh_cn']]])
})

it('brings nobody what a person took from him before it came', async () => {
  const { planner } = await started()
  const endpoints = await bus.register('endpoints', webhookRowSchema)
  await endpoints.put('wh_cn', { ...rowOf('wh_cn'), filter: { region: ['CN'] } })
  await directory.catchUp()
  const first = await stored({ tags: [china] })
  await planner.handle(await stored({ tagging: 2, toldBefore: seenAs(china) }))
  await planner.handle({ ...first, deliveries: 2 })
  await endpoints.delete('wh_cn')
  expect(await named()).toEqual([['1.2', ['wh_a', 'wh_b', 'wh_c']]])
})

it('announces a tagging that comes again after the next to those who have an older one', async () => {
  const { planner } = await started()
  await planner.handle(await stored({}))
  const announced = await stored({ tagging: 2, announce: 'everyone' })
  await planner.handle(await stored({ tagging: 3, toldBefore: none }))
  await planner.handle({ ...announced, deliveries: 2 })
  await planner.handle({ ...announced, deliveries: 3 })
  expect(await named()).toEqual([
    ['1.1', ['wh_a', 'wh_b', 'wh_c']],
    ['1.3', ['wh_a', 'wh_b', 'wh_c']],
  ])
})

it('brings nobody an item by a tag that has nothing to do with his filter', async () => {
  const { planner } = await started()
  await planner.handle(await stored({ tags: [china] }))
  const endpoints = await bus.register('endpoints', webhookRowSchema)
  // As if it had had another filter when the item came.
  await endpoints.put('wh_cn', { ...rowOf('wh_cn'), filter: { region: ['CN'] } })
  await directory.catchUp()
  const next = { tags: [china, bavaria], toldBefore: seenAs(china) }
  await planner.handle(await stored({ tagging: 2, ...next }))
  await endpoints.delete('wh_cn')
  expect(await named()).toEqual([['1.1', ['wh_a', 'wh_b', 'wh_c']]])
})

it('has a text that became private take the place of one that waits, and takes it back', async () => {
  const { planner } = await started()
  await planner.handle(await stored({}))
  await planner.handle(await stored({ version: 2, change: 'correction', rights: 'private' }))
  const end = { version: 3, change: 'withdrawal', status: 'canceled', rights: 'private' } as const
  await planner.handle(await stored(end))
  // The lanes are still open here: version 2 cancels what waits in them, and is dropped unsent.
  expect((await named()).map(([revision]) => revision)).toEqual(['1.1', '2.1', '3.1'])
})

it('brings a webhook no older item because that is tagged again', async () => {
  const endpoints = await bus.register('endpoints', webhookRowSchema)
  const { sequence } = await stored({})
  await endpoints.put('wh_late', { ...rowOf('wh_late'), since: sequence })
  await directory.catchUp()
  const { planner } = await started()
  await planner.handle(await stored({ tagging: 2, announce: 'everyone', firstSequence: sequence }))
  await planner.handle(await stored({ version: 2, change: 'update' }))
  await endpoints.delete('wh_late')
  expect(await named()).toEqual([
    ['1.2', ['wh_a', 'wh_b', 'wh_c']],
    ['2.1', ['wh_a', 'wh_b', 'wh_c', 'wh_late']],
  ])
})

it('tells everyone again of a tagging that is to be announced, and only once', async () => {
  const { planner } = await started()
  await planner.handle(await stored({}))
  const announced = await stored({ tagging: 2, announce: 'everyone' })
  await planner.handle(announced)
  await planner.handle({ ...announced, deliveries: 2 })
  expect(await named()).toEqual([
    ['1.1', ['wh_a', 'wh_b', 'wh_c']],
    ['1.2', ['wh_a', 'wh_b', 'wh_c']],
  ])
})

it('keeps items of private sources from the webhooks of subscribers', async () => {
  const { planner } = await started()
  await planner.handle(await stored({ rights: 'private' }))
  expect(await plans()).toEqual([])
})

it('parts a large plan, and goes on where a crash has cut it', async () => {
  const first = await started({ deliveriesPerPlanMax: 2 })
  const fact = await stored({})
  await first.planner.handle(fact)
  const parts = await plans()
  expect(parts.map(({ deliveries }) => deliveries.length)).toEqual([2, 1])
  expect(new Set(parts.flatMap(({ deliveries }) => deliveries.map(({ id }) => id))).size).toBe(3)
})

it('gives the shard up when another has written to its ledger, and plans nothing', async () => {
  const old = await started()
  const other = await started()
  await other.ledger.fence()
  await expect(old.planner.handle(await stored({}))).rejects.toThrow('could not be written')
  expect(old.lost).toHaveLength(1)
  expect(await plans()).toEqual([])
})

it('finds after a crash the plans whose receivers may not be noted, and all open lanes', async () => {
  const { planner } = await started()
  await planner.handle(await stored({}))
  const { recovered } = await started()
  expect(recovered.unnoted).toMatchObject([{ item: { id: `na-${shard}` } }])
  expect(recovered.lanes.map(({ endpoint }) => endpoint).sort()).toEqual(['wh_a', 'wh_b', 'wh_c'])
})

it('reads from its checkpoint no more than it must', async () => {
  const { planner, ledger } = await started()
  await planner.handle(await stored({}))
  const [plan] = await plans()
  const checkpoint = {
    streamSequence: ledger.last(),
    itemSequence: planner.itemSequence,
    sequences: { wh_a: 7, wh_b: 7, wh_c: 7 },
  }
  const closed = await recover({ bus, shard, checkpoint })
  expect(closed.lanes).toEqual([])
  expect(closed.sequences.get('wh_a')).toBe(7)
  const open = await recover({
    bus,
    shard,
    checkpoint: { ...checkpoint, replayFrom: ledger.last() },
  })
  expect(open.lanes).toHaveLength(plan?.deliveries.length ?? 0)
  expect(open.unnoted).toEqual([])
})
