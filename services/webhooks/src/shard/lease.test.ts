import { type Bus, connectBus, type Register } from '@newswire/bus'
import { quietLog, startNats, type TestServer } from '@newswire/kit'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { Lease, type LeaseOptions, type LeaseRow, leaseKey, leaseRowSchema } from './lease.js'

const { log } = quietLog()
const limits = { leaseMs: 600, leaseRenewMs: 100, leaseMarginMs: 100, leaseLookMs: 20 }
let nats: TestServer
let bus: Bus
let leases: Register<LeaseRow>
let shard = 0

beforeAll(async () => {
  nats = await startNats()
  bus = await connectBus({ url: nats.url, name: 'test', log })
  leases = await bus.register('leases', leaseRowSchema)
})
afterAll(async () => {
  await bus.close()
  await nats.stop()
})
beforeEach(() => {
  shard += 1
})

function leaseOf(instance: string, more: Partial<LeaseOptions> = {}) {
  const lost: Error[] = []
  const lease = new Lease({
    ...{ leases, shard, instance, limits, log },
    onRenewed: () => undefined,
    onLost: (error) => void lost.push(error),
    ...more,
  })
  const abort = new AbortController()
  onTestFinished(async () => {
    abort.abort()
    await lease.release()
  })
  return { lease, lost, acquire: () => lease.acquire(abort.signal) }
}

it('is held by one at a time, and goes to the next when it is given back', async () => {
  const first = leaseOf('first')
  const second = leaseOf('second')
  expect(await first.acquire()).toBe(true)
  const acquired = second.acquire()
  await expect.poll(() => first.lease.isHeld()).toBe(true)
  expect(second.lease.isHeld()).toBe(false)
  await first.lease.release()
  expect(await acquired).toBe(true)
  expect(first.lease.isHeld()).toBe(false)
  expect(second.lease.isHeld()).toBe(true)
})

it('is taken over at once by the same instance after its crash', async () => {
  const crashed = leaseOf('same', { limits: { ...limits, leaseRenewMs: 60_000 } })
  await crashed.acquire()
  const startedMs = performance.now()
  const next = leaseOf('same')
  expect(await next.acquire()).toBe(true)
  expect(performance.now() - startedMs).toBeLessThan(limits.leaseMs)
})

it('is not surely held any more when it was not renewed in time', async () => {
  const hung = leaseOf('hung', { limits: { ...limits, leaseRenewMs: 60_000 } })
  await hung.acquire()
  expect(hung.lease.isHeld()).toBe(true)
  const next = leaseOf('next')
  const acquired = next.acquire()
  await expect.poll(() => hung.lease.isHeld()).toBe(false)
  // The one before is sure that it has lost it before the next one has it.
  expect(next.lease.isHeld()).toBe(false)
  expect(await acquired).toBe(true)
})

it('tells its owner when another has taken it', async () => {
  const { lease, lost, acquire } = leaseOf('first')
  await acquire()
  await leases.put(leaseKey(shard), { owner: 'other', applied: 0 })
  await expect.poll(() => lost).toHaveLength(1)
  expect(lease.isHeld()).toBe(false)
})

it('is not given back by who has lost it without knowing', async () => {
  const hung = leaseOf('hung', { limits: { ...limits, leaseRenewMs: 60_000 } })
  await hung.acquire()
  const standing = { owner: 'other', applied: 7 }
  await leases.put(leaseKey(shard), standing)
  await hung.lease.release()
  expect((await leases.get(leaseKey(shard)))?.value).toEqual(standing)
})

it('tells registrations what its owner knows', async () => {
  const { lease, acquire } = leaseOf('first')
  await acquire()
  for (const applied of [3, 9, 5]) lease.tell(applied)
  await expect
    .poll(async () => (await leases.get(leaseKey(shard)))?.value)
    .toEqual({ owner: 'first', applied: 9 })
})
