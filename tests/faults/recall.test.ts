import { type Bus, connectBus } from '@newswire/bus'
import {
  type Catcher,
  type Newswire,
  quietLog,
  startCatcher,
  startNats,
  startNewswire,
  startRedis,
} from '@newswire/kit'
import type { Attempt, Plan } from '@newswire/model'
import { expect, test } from 'vitest'

const count = 1_000
/** One in ten is down when the item is killed. */
const isDown = (endpoint: number) => endpoint % 10 === 7
/** A third have another filter by then, which takes nothing of it. */
const isEdited = (endpoint: number) => endpoint % 3 === 0
const patience = { timeout: 60_000, interval: 100 }
/** A sanity of magnitude; the promise of two seconds is the bench's to judge. */
const killMsMax = 20_000

const json = { 'content-type': 'application/json' }
const endpoints = Array.from({ length: count }, (_, endpoint) => endpoint)

async function send(house: Newswire, method: string, path: string, body: object) {
  const answer = await house.api(path, { method, headers: json, body: JSON.stringify(body) })
  const told = (await answer.json()) as Record<string, unknown>
  expect(answer.ok, JSON.stringify(told)).toBe(true)
  return told
}

/** So many at a time. */
async function each<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const left = all.values()
  const client = async () => {
    for (const one of left) await act(one)
  }
  await Promise.all(Array.from({ length: 8 }, client))
}

interface Call {
  readonly id: string
  readonly endpoint: number
  readonly type: string
  readonly atMs: number
}

const callsAt = (catchers: readonly Catcher[]): Call[] =>
  catchers.flatMap((catcher) =>
    catcher.events().map(({ type, request: { headers, path, at } }) => ({
      id: String(headers['webhook-id']),
      endpoint: Number(path.slice(1)),
      type,
      atMs: at.getTime(),
    })),
  )

const namesIn = (calls: readonly Call[]) => new Set(calls.map(({ endpoint }) => endpoint))

async function readLedger(bus: Bus): Promise<{ plans: Plan[]; attempts: Attempt[] }> {
  const plans: Plan[] = []
  const attempts: Attempt[] = []
  await new Promise<void>((resolve, reject) => {
    const replay = bus.replay({
      fact: 'delivery',
      after: 0,
      handle: async (facts) => {
        for (const { value } of facts) {
          if (value.type === 'plan') plans.push(value)
          else attempts.push(...value.attempts)
        }
      },
      onCaughtUp: () => replay.then((running) => running.stop()).then(resolve, reject),
      onEnd: reject,
    })
  })
  return { plans, attempts }
}

/** Calls by `webhook-id`, as many as there were. */
function tally(ids: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const id of ids.toSorted()) counts[id] = (counts[id] ?? 0) + 1
  return counts
}

test('a kill reaches all of 1,000 who were sent the item, whatever their filter and their state', async () => {
  await using nats = await startNats()
  await using redis = await startRedis()
  await using house = await startNewswire({ env: { NATS_URL: nats.url, REDIS_URL: redis.url } })
  const catchers = await Promise.all(Array.from({ length: 8 }, () => startCatcher()))
  const ids = new Map<number, string>()
  await each(endpoints, async (endpoint) => {
    const url = `${catchers[endpoint % 8]?.url}/${endpoint}`
    const body = { url, filter: { issuer: ['Acme AG'] }, verify: false }
    ids.set(endpoint, String((await send(house, 'POST', '/api/v1/webhooks', body))['id']))
  })

  const { receipt } = await send(house, 'POST', '/api/v1/items', {
    ...{ uri: 'urn:acme:recall', version: '1', language: 'de' },
    headlines: [{ role: 'main', value: 'Rückruf im Werk' }],
    bodies: [{ role: 'main', contentType: 'text/plain', value: 'Ein Satz steht hier.' }],
    organisations: [{ name: 'Acme AG' }],
  })
  await expect.poll(() => namesIn(callsAt(catchers)).size, patience).toBe(count)
  const known = (await (await house.api(`/api/v1/receipts/${receipt}`)).json()) as { id: string }

  let areUp = false
  for (const catcher of catchers) {
    catcher.answer(({ path }) =>
      !areUp && isDown(Number(path.slice(1))) ? { status: 503 } : undefined,
    )
  }
  await each(endpoints.filter(isEdited), async (endpoint) => {
    const filter = { issuer: ['Andere GmbH'] }
    await send(house, 'PATCH', `/api/v1/webhooks/${ids.get(endpoint)}`, { filter })
  })
  const killedAtMs = Date.now()
  await send(house, 'POST', `/api/v1/items/${known.id}/withdraw`, { reason: 'Ein Irrtum.' })
  const kills = () => callsAt(catchers).filter(({ type }) => type === 'item.withdrawn')
  const well = () => kills().filter(({ endpoint }) => !isDown(endpoint))
  await expect.poll(() => namesIn(well()).size, patience).toBe(count * 0.9)
  const latencies = well().map(({ atMs }) => atMs - killedAtMs)
  const sorted = latencies.toSorted((a, b) => a - b)
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN
  const p50 = sorted[Math.floor(sorted.length / 2)]
  process.stdout.write(`kill at ${sorted.length} healthy: p50 ${p50} ms, p99 ${p99} ms\n`)
  expect(p99).toBeLessThan(killMsMax)
  areUp = true
  await expect.poll(() => namesIn(kills()).size, patience).toBe(count)

  await using bus = await connectBus({ url: nats.url, name: 'oracle', log: quietLog().log })
  const open = async () => {
    const { plans, attempts } = await readLedger(bus)
    const over = new Set(attempts.filter(({ result }) => result !== 'retry').map(deliveryOf))
    return plans.flatMap(({ deliveries }) => deliveries).filter(({ id }) => !over.has(id)).length
  }
  await expect.poll(open, patience).toBe(0)
  const { plans, attempts } = await readLedger(bus)
  // Each call that was caught is in the ledger, each attempt in the ledger was caught.
  const made = attempts.filter(({ startedAt }) => startedAt !== undefined)
  expect(tally(made.map(deliveryOf))).toEqual(tally(callsAt(catchers).map(({ id }) => id)))
  for (const revision of ['1.1', '2.1']) {
    const parts = plans.filter((plan) => plan.item.revision === revision)
    const told = parts.flatMap(({ deliveries }) => deliveries.map(({ endpoint }) => endpoint))
    expect(told.toSorted()).toEqual([...ids.values()].sort())
  }
  await Promise.all(catchers.map((catcher) => catcher.stop()))
}, 240_000)

const deliveryOf = ({ delivery }: Attempt) => delivery
