import { cpuSeconds } from './feeds-house.js'
import { pause, percentile } from './figures.js'
import type { WebhookHouse } from './webhook-house.js'

export const fanOut = 20
export const itemsPerSecond = 50
const waitMsMax = 60_000

export interface Drive {
  readonly first: number
  readonly count: number
  /** Calls that endpoints which answer get of each item. */
  readonly perItem: number
}

export interface Driven {
  /** Milliseconds from the append to TAGGED to each call's last byte. */
  readonly p50: number
  readonly p99: number
  /** Of the role, in microseconds a delivery. */
  readonly cpuUs: number
}

/** Stores items at a steady rate, and times each call that they cause. */
export async function drive(
  house: WebhookHouse,
  { first, count, perItem }: Drive,
): Promise<Driven> {
  const { sink, role } = house
  await sink.order({ reset: true, times: true })
  const cpuBefore = cpuSeconds(role.pid)
  const sentAt = new Map<number, number>()
  const startedAt = performance.now()
  const appends: Promise<void>[] = []
  for (let n = 0; n < count; n += 1) {
    await pause(Math.max(0, startedAt + (n * 1_000) / itemsPerSecond - performance.now()))
    sentAt.set(first + n, performance.timeOrigin + performance.now())
    appends.push(house.publish(first + n))
  }
  await Promise.all(appends)
  const latencies = await arrivalsOf(house, count * perItem, sentAt)
  return {
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    cpuUs: ((cpuSeconds(role.pid) - cpuBefore) / latencies.length) * 1e6,
  }
}

async function arrivalsOf(
  { sink }: WebhookHouse,
  count: number,
  sentAt: ReadonlyMap<number, number>,
): Promise<number[]> {
  for (let waitedMs = 0; waitedMs < waitMsMax; waitedMs += 100) {
    const { arrivals } = await sink.order({})
    const timed = arrivals.flatMap(([item, at]) => {
      const sent = sentAt.get(item)
      return sent === undefined ? [] : [at - sent]
    })
    if (timed.length >= count) return timed
    await pause(100)
  }
  throw new Error(`Fewer than ${count} calls came within ${waitMsMax} ms.`)
}
