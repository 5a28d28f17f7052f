import { connectBus, type Register } from '@newswire/bus'
import { quietLog, startNats } from '@newswire/kit'
import { createSecretBox, systemClock } from '@newswire/runtime'
import { expect, it, onTestFinished } from 'vitest'
import { startHouse } from '../fixtures/house.js'
import { webhookLimits } from '../limits.js'
import { leaseRowSchema } from '../shard/lease.js'
import { claimRowSchema } from './idempotency.js'
import { Owned } from './owned.js'
import { Registry } from './registry.js'
import { storeInRoom } from './room.js'
import { type WebhookRow, webhookRowSchema } from './webhook-row.js'

const row = (id: string, owner: string): WebhookRow => ({
  ...{ id, owner, url: 'https://example.org/', filter: {}, events: [], format: 'newswire' },
  ...{ secret: 's', status: 'active', since: 0, seesPrivate: false },
  ...{ createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' },
})

const caller = { keyId: 'one', role: 'subscriber', name: 'one' } as const
const silent: Register<WebhookRow>['watch'] = async ({ onCurrent }) => {
  onCurrent?.()
  return { stop: async () => undefined }
}
const unread = async () => {
  throw new Error('All rows are read.')
}

it('bounds the webhooks of a key; neither a registration nor a list reads all rows', async () => {
  await using house = await startHouse()
  const endpoints = await house.bus.register('endpoints', webhookRowSchema)
  const registry = new Registry({
    bus: house.bus,
    endpoints: { ...endpoints, rows: unread },
    leases: await house.bus.register('leases', leaseRowSchema),
    claims: await house.bus.register('idempotencyKeys', claimRowSchema),
    // Nothing is told yet of what was written: its own counts all the same.
    owned: new Owned({ watch: silent }),
    keyOf: async () => undefined,
    outbound: { refusal: async () => undefined },
    secrets: createSecretBox('a key for the secrets of the tests'),
    ...{ shards: 1, clock: systemClock, limits: { ...webhookLimits, webhooksPerKeyMax: 2 } },
  })
  const create = () => registry.create({ url: 'https://example.org/' }, caller)
  const { row: first } = await create()
  await create()
  await expect(create()).rejects.toMatchObject({ shape: { slug: 'too-many-webhooks' } })
  const listed = async (limit: number) => (await registry.list(caller, { limit })).items
  expect((await listed(9)).map(({ id }) => id)).toContain(first.id)
  expect(await listed(1)).toHaveLength(1)
  await registry.remove(first.id, caller, async () => undefined)
  expect((await listed(9)).map(({ id }) => id)).not.toContain(first.id)
  const both = await Promise.allSettled([create(), create()])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await listed(9)).toHaveLength(2)
})

it('lists and counts what stands although its storing was not answered, and nothing else', async () => {
  await using house = await startHouse()
  const endpoints = await house.bus.register('endpoints', webhookRowSchema)
  const told: string[] = []
  const owned = new Owned({
    watch: (options) =>
      endpoints.watch({
        ...options,
        onChange: (change) => {
          options.onChange(change)
          if (change.kind === 'put') told.push(change.row.key)
        },
      }),
  })
  onTestFinished(() => owned.stop())
  const limits = { webhooksPerKeyMax: 1 }
  const silence = async (): Promise<never> => {
    throw new Error('No answer.')
  }
  const unstored = { owned, limits, endpoints: { create: silence } }
  await expect(storeInRoom(unstored, row('wh_1', 'one'), caller)).rejects.toThrow('No answer.')
  expect(await owned.countOf('one')).toBe(0)
  const create = async (id: string, value: WebhookRow) => {
    await endpoints.create(id, value)
    await expect.poll(() => told).toContain(id)
    return silence()
  }
  const stored = { owned, limits, endpoints: { create } }
  await expect(storeInRoom(stored, row('wh_2', 'one'), caller)).rejects.toThrow('No answer.')
  expect((await owned.list('one')).map(({ id }) => id)).toEqual(['wh_2'])
  await expect(storeInRoom(stored, row('wh_3', 'one'), caller)).rejects.toMatchObject({
    shape: { slug: 'too-many-webhooks' },
  })
})

it('counts each key by itself, without reading all rows, as they come, change hands and go', async () => {
  const nats = await startNats()
  const bus = await connectBus({ url: nats.url, name: 'owned test', log: quietLog().log })
  const endpoints = await bus.register('endpoints', webhookRowSchema)
  await endpoints.put('wh_1', row('wh_1', 'one'))
  await endpoints.put('wh_2', row('wh_2', 'other'))
  const owned = new Owned(endpoints)
  onTestFinished(async () => {
    await owned.stop()
    await bus.close()
    await nats.stop()
  })
  expect([await owned.countOf('one'), await owned.countOf('none')]).toEqual([1, 0])
  // Ours counts at once, and once.
  await endpoints.put('wh_3', row('wh_3', 'one'))
  owned.note(row('wh_3', 'one'))
  expect(await owned.countOf('one')).toBe(2)
  await endpoints.put('wh_1', row('wh_1', 'other'))
  await endpoints.delete('wh_2')
  await endpoints.put('wh_4', row('wh_4', 'last'))
  await expect.poll(() => owned.countOf('last')).toBe(1)
  expect([await owned.countOf('one'), await owned.countOf('other')]).toEqual([1, 1])
})
