import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { toNinjs } from '@newswire/model'
import { cpuSeconds } from './feeds-house.js'
import { bar, median } from './figures.js'
import {
  itemFor,
  secretBytes,
  startWebhookHouse,
  stopChild,
  type WebhookHouse,
} from './webhook-house.js'
import type { LoopOrder } from './webhook-loop.js'
import { bytesOf, fillBodies, flatness, type Held, heldBy } from './webhook-memory.js'

const endpoints = 1_000
const rounds = 5
/** Of ours alone, behind the others. */
const memoryRounds = 10
const deliveriesPerRound = 20_000
const itemsPerRound = deliveriesPerRound / endpoints

const designs = ['bare', 'obvious', 'ours'] as const
type Design = (typeof designs)[number]

interface Run {
  readonly perSecond: number
  /** Of the process that delivers, and of NATS and Redis together, in µs a delivery. */
  readonly workerUs: number
  readonly serversUs: number
}

export interface DeliveriesFigures {
  readonly shards: number
  readonly eventBytes: number
  readonly rounds: readonly Readonly<Record<Design, Run>>[]
  /** Of the role after each round of ours. */
  readonly held: readonly Held[]
  readonly load: number
}

/** Deliveries per second of three designs to the same sink, round by round. */
export async function measureDeliveries(shards: number): Promise<DeliveriesFigures> {
  await using house = await startWebhookHouse({ endpoints, fanOut: endpoints, shards })
  const body = eventBody()
  const loop = fork(new URL('./webhook-loop.ts', import.meta.url))
  const measured: Record<Design, Run>[] = []
  const held: Held[] = []
  await fillBodies(house)
  // The first round compiles.
  for (let round = 0; round <= rounds; round += 1) {
    const bare = await runLoop(house, loop, 'bare', body)
    const obvious = await runLoop(house, loop, 'obvious', body)
    const ours = await runOurs(house, round)
    if (round === 0) continue
    measured.push({ bare, obvious, ours })
    held.push(await heldBy(house.role))
  }
  stopChild(loop)
  for (let round = rounds + 1; round <= rounds + memoryRounds; round += 1) {
    await runOurs(house, round)
    held.push(await heldBy(house.role))
  }
  return {
    shards,
    eventBytes: Buffer.byteLength(body),
    rounds: measured,
    held,
    load: loadavg()[0] ?? Number.NaN,
  }
}

function eventBody(): string {
  const data = toNinjs(itemFor(0, 0))
  return JSON.stringify({ type: 'item.published', timestamp: new Date().toISOString(), data })
}

async function runLoop(
  house: WebhookHouse,
  loop: ChildProcess,
  kind: 'bare' | 'obvious',
  body: string,
): Promise<Run> {
  const order: LoopOrder = {
    ...{ kind, endpoints, count: deliveriesPerRound, body },
    ...{ urls: house.sink.urls, key: secretBytes.toString('base64'), redisUrl: house.redis.url },
  }
  return measureRun(house, loop.pid ?? 0, async () => {
    loop.send(order)
    await once(loop, 'message')
  })
}

function runOurs(house: WebhookHouse, round: number): Promise<Run> {
  return measureRun(house, house.role.pid, async () => {
    const first = round * itemsPerRound
    for (let n = 0; n < itemsPerRound; n += 1) await house.publish(first + n)
    await house.sink.received(deliveriesPerRound)
  })
}

async function measureRun(house: WebhookHouse, pid: number, act: () => Promise<void>) {
  const { nats, redis, sink } = house
  await sink.order({ reset: true })
  const spent = () => [cpuSeconds(pid), cpuSeconds(nats.pid) + cpuSeconds(redis.pid)] as const
  const before = spent()
  const startedAt = performance.now()
  await act()
  const seconds = (performance.now() - startedAt) / 1_000
  const after = spent()
  const us = (of: 0 | 1) => ((after[of] - before[of]) / deliveriesPerRound) * 1e6
  return { perSecond: deliveriesPerRound / seconds, workerUs: us(0), serversUs: us(1) }
}

export function reportDeliveries(figures: DeliveriesFigures): string {
  const { shards, eventBytes, rounds: all, held, load } = figures
  const of = (design: Design, what: keyof Run) => median(all.map((round) => round[design][what]))
  const largest = Math.max(...designs.map((design) => of(design, 'perSecond')))
  const ratio = (to: Design, what: keyof Run) =>
    median(all.map(({ ours, ...others }) => ours[what] / { ours, ...others }[to][what])).toFixed(2)
  const megabytes = (of: (held: Held) => number) =>
    held.map((each) => Math.round(of(each) / 1_024 ** 2)).join(' ')
  return [
    `Deliveries of ${eventBytes} bytes to ${endpoints} endpoints, ${shards} shards, median of ${rounds} interleaved rounds of ${deliveriesPerRound} (load ${load.toFixed(1)}):`,
    ...designs.map((design) => {
      const rate = of(design, 'perSecond')
      const cpu = `${of(design, 'workerUs').toFixed(0)} µs CPU, servers ${of(design, 'serversUs').toFixed(0)} µs`
      return `  ${design.padEnd(8)} ${Math.round(rate).toLocaleString('en').padStart(7)}/s, ${cpu}  ${bar(rate, largest)}`
    }),
    `  ours ÷ bare ${ratio('bare', 'perSecond')} (goal: ≥ 0.70), ours ÷ obvious ${ratio('obvious', 'perSecond')} (goal: ≥ 4)`,
    `  held after each of ${held.length} rounds, without garbage: ${megabytes(bytesOf)} MB`,
    `  resident: ${megabytes(({ resident }) => resident)} MB`,
    `  held in the last third ÷ the third before ${flatness(held).toFixed(3)} (goal: 1, flat)`,
  ].join('\n')
}
