import { fork } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { startNats, startRedis, type TestServer } from '@newswire/kit'
import { cpuSeconds, redisBytes } from './feeds-house.js'
import { forEachOf, pause, percentile } from './figures.js'
import type { Amounts } from './million-facts.js'
import { type Filled, fillMillion, millionSecretsKey } from './million-fill.js'
import type { HouseOrder } from './million-house.js'
import { type Ask, type View, viewsOf } from './million-views.js'
import { stopChild } from './webhook-house.js'

const atOnce = 4
const goalMs = 300
const adminKey = `nw_${'a'.repeat(43)}`
const readyMsMax = 60_000
const lookMs = 1_500
/** Overviews in a row that say the same of deliveries. */
const quietLooks = 3

interface Looked {
  readonly name: string
  readonly alone: readonly number[]
  readonly together: readonly number[]
  /** CPU of a look alone, in ms: of the house, NATS and Redis together. */
  readonly cpu: readonly number[]
  readonly load: number
}

export interface MillionFigures {
  readonly amounts: Amounts
  readonly looks: number
  readonly filled: Filled
  readonly redisBytes: number
  readonly views: readonly Looked[]
}

/** Fills a house and looks at every view of its window, one look at a time and some at once. */
export async function measureMillion(
  { deliveries, looks }: { readonly deliveries: number; readonly looks: number },
  onView: (line: string) => void,
): Promise<MillionFigures> {
  const amounts = { deliveries, webhooks: 2_000, perItem: 20, deadLetters: 10_000, audits: 2_000 }
  await using nats = await startNats()
  await using redis = await startRedis()
  const filled = await fillMillion({ nats, redis, amounts })
  onView(`filled: ${JSON.stringify(filled)}`)
  const views = await lookAtViews({ nats, redis }, { amounts, looks, onView })
  return { amounts, looks, filled, redisBytes: await redisBytes(redis), views }
}

type Servers = Readonly<Record<'nats' | 'redis', Pick<TestServer, 'url' | 'pid'>>>

interface LookOptions {
  readonly amounts: Amounts
  /** At each view, alone and again at once. */
  readonly looks: number
  readonly onView: (line: string) => void
}

async function lookAtViews(
  { nats, redis }: Servers,
  { amounts, looks, onView }: LookOptions,
): Promise<Looked[]> {
  const child = fork(new URL('./million-house.ts', import.meta.url))
  try {
    const [natsUrl, redisUrl] = [nats.url, redis.url]
    child.send({ natsUrl, redisUrl, secretsKey: millionSecretsKey, adminKey } satisfies HouseOrder)
    const ended = once(child, 'exit').then(() => {
      throw new Error('The house ended before it listened.')
    })
    const [url] = (await Promise.race([once(child, 'message'), ended])) as [string]
    const ask: Ask = (path) => askHouse(url + path)
    await untilRead(ask)
    const pids = [child.pid ?? 0, nats.pid, redis.pid]
    const cpuMs = () => pids.reduce((sum, pid) => sum + cpuSeconds(pid) * 1_000, 0)
    const views: Looked[] = []
    for (const view of viewsOf(amounts, Date.now())) {
      const looked = await lookAt(view, { ask, looks, cpuMs })
      views.push(looked)
      onView(lineOf(looked))
    }
    return views
  } finally {
    stopChild(child)
  }
}

/** A window reads the ledger's last minutes when it starts: what is measured is one at rest. */
async function untilRead(ask: Ask): Promise<void> {
  let [last, same] = ['', 0]
  for (let waitedMs = 0; same < quietLooks && waitedMs < readyMsMax; waitedMs += lookMs) {
    await pause(lookMs)
    const { deliveries } = (await ask('/api/v1/overview')) as { readonly deliveries: object }
    const now = JSON.stringify(deliveries)
    same = now === last ? same + 1 : 0
    last = now
  }
}

async function askHouse(address: string): Promise<unknown> {
  const answer = await fetch(address, { headers: { authorization: `Bearer ${adminKey}` } })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${address} is answered ${answer.status}: ${text}`)
  return JSON.parse(text)
}

async function lookAt(
  view: View,
  { ask, looks, cpuMs }: { ask: Ask; looks: number; cpuMs: () => number },
): Promise<Looked> {
  const paths = await view.paths(ask, looks)
  const turns = Array.from({ length: looks }, (_, n) => paths[n % paths.length] ?? '')
  const look = async (path: string) => {
    const startedAt = performance.now()
    await ask(path)
    return performance.now() - startedAt
  }
  const [alone, together, cpu]: [number[], number[], number[]] = [[], [], []]
  for (const path of turns) {
    const before = cpuMs()
    alone.push(await look(path))
    cpu.push(cpuMs() - before)
  }
  await forEachOf(turns, atOnce, async (path) => void together.push(await look(path)))
  return { name: view.name, alone, together, cpu, load: loadavg()[0] ?? Number.NaN }
}

function lineOf({ name, alone, together, cpu, load }: Looked): string {
  const at = (values: readonly number[], share: number) =>
    percentile(values, share).toFixed(0).padStart(5)
  const of = (values: readonly number[]) =>
    `${at(values, 0.5)} ${at(values, 0.95)} ${at(values, 0.99)}`
  const isOver = Math.max(percentile(alone, 0.95), percentile(together, 0.95)) >= goalMs
  return `  ${name.padEnd(32)} ${of(alone)}   ${of(together)}   ${at(cpu, 0.5)} ${at(cpu, 0.95)}   ${load.toFixed(1).padStart(5)}${isOver ? '  OVER' : ''}`
}

export function reportMillion(figures: MillionFigures): string {
  const { amounts, looks, filled, redisBytes, views } = figures
  const { deliveries, webhooks, deadLetters } = amounts
  const seconds = Object.entries(filled).map(([part, took]) => `${part} ${took.toFixed(0)} s`)
  const worst = (of: 'alone' | 'together') =>
    views.reduce((a, b) => (percentile(a[of], 0.95) >= percentile(b[of], 0.95) ? a : b))
  const said = (of: 'alone' | 'together') =>
    `${worst(of).name} ${percentile(worst(of)[of], 0.95).toFixed(0)} ms`
  return [
    `${deliveries.toLocaleString('en')} deliveries at ${webhooks} webhooks, ${deadLetters} dead letters; ${looks} looks at each view, alone and ${atOnce} at once:`,
    `  filled in ${seconds.join(', ')}; Redis holds ${Math.round(redisBytes / 1_024 ** 2)} MB`,
    `  ${'ms'.padEnd(32)}   p50   p95   p99 alone, at once, CPU p50 p95; load`,
    ...views.map(lineOf),
    `  worst p95: alone ${said('alone')}, at once ${said('together')} (goal: < ${goalMs} ms)`,
  ].join('\n')
}
