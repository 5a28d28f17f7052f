import { type Bus, connectBus } from '@newswire/bus'
import { quietLog, startNats, type TestServer } from '@newswire/kit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Dispatch } from './dispatch.js'
import { Receivers } from './receivers.js'

const shards = 16
let nats: TestServer
let bus: Bus
let writes = 0

beforeAll(async () => {
  nats = await startNats()
  bus = await connectBus({ url: nats.url, name: 'test', log: quietLog().log })
})
afterAll(async () => {
  await bus.close()
  await nats.stop()
})

function counted(): Receivers {
  writes = 0
  const publish: Bus['publish'] = (...args) => {
    writes += 1
    return bus.publish(...args)
  }
  return new Receivers({ publish, latest: bus.latest })
}

function dispatchTo(endpoint: string, item: string, version = 1): Dispatch {
  return {
    ...{ id: `msg_${endpoint}_${item}_${version}`, endpoint, item, version },
    ...{ revision: `${version}.1`, sequence: version, knows: false, previous: undefined },
    ...{ itemSequence: 1, plan: 1, plannedAt: 0, withdrawal: false },
  }
}

const endpointsOf = async (id: string) =>
  Object.keys((await bus.latest('receiver', { wire: 'na', id }))?.value.endpoints ?? {})

it('notes what all shards tell of an item at once with few writes', async () => {
  const receivers = counted()
  const keys = { wire: 'na', id: 'together' }
  const all = Array.from({ length: shards }, (_, shard) => dispatchTo(`wh_${shard}`, keys.id))
  const standings = await Promise.all(all.map((one) => receivers.add(keys, [one])))
  expect(writes).toBeLessThanOrEqual(2)
  expect(await endpointsOf(keys.id)).toHaveLength(shards)
  for (const [at, { value }] of standings.entries())
    expect(value.endpoints).toHaveProperty(`wh_${at}`)
})

it('needs one write for each shard that comes later', async () => {
  const receivers = counted()
  for (const id of Array.from({ length: 20 }, (_, n) => `later-${n}`)) {
    const keys = { wire: 'na', id }
    for (const name of ['wh_a', 'wh_b', 'wh_c']) await receivers.add(keys, [dispatchTo(name, id)])
    expect(await endpointsOf(id)).toEqual(['wh_a', 'wh_b', 'wh_c'])
  }
  expect(writes).toBe(60)
})

it('notes what comes at any moment while a write ends', async () => {
  const receivers = counted()
  const keys = { wire: 'na', id: 'chained' }
  const told: Promise<unknown>[] = []
  const follow = async (shard: number) => {
    const standing = await receivers.add(keys, [dispatchTo(`wh_${shard}`, keys.id)])
    // So many steps later as there can be between the end of a write and its row being let go.
    for (let steps = 0; steps < shard; steps += 1) await Promise.resolve()
    await receivers.add(keys, [dispatchTo(`wh_${shard}`, keys.id, 2)], standing)
  }
  for (let shard = 0; shard < shards; shard += 1) told.push(follow(shard))
  await Promise.all(told)
  const row = await bus.latest('receiver', keys)
  expect(Object.values(row?.value.endpoints ?? {}).map(({ revision }) => revision)).toEqual(
    Array.from({ length: shards }, () => '2.1'),
  )
})

it('keeps what another process has noted in between', async () => {
  const [ours, theirs] = [counted(), counted()]
  const keys = { wire: 'na', id: 'apart' }
  const add = (receivers: Receivers, name: string) =>
    receivers.add(keys, [dispatchTo(name, keys.id)])
  await Promise.all([
    add(ours, 'wh_a'),
    add(theirs, 'wh_b'),
    add(ours, 'wh_c'),
    add(theirs, 'wh_d'),
  ])
  expect((await endpointsOf(keys.id)).sort()).toEqual(['wh_a', 'wh_b', 'wh_c', 'wh_d'])
})

it('tells each of its own failure, and notes what comes after it', async () => {
  let isDown = true
  const publish: Bus['publish'] = (...args) =>
    isDown ? Promise.reject(new Error('down')) : bus.publish(...args)
  const receivers = new Receivers({ publish, latest: bus.latest })
  const keys = { wire: 'na', id: 'failing' }
  const first = ['wh_a', 'wh_b'].map((name) => receivers.add(keys, [dispatchTo(name, keys.id)]))
  const ends = await Promise.allSettled(first)
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  isDown = false
  await receivers.add(keys, [dispatchTo('wh_c', keys.id)])
  expect(await endpointsOf(keys.id)).toEqual(['wh_c'])
})
