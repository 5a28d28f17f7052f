import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { loadavg } from 'node:os'
import { cpuSeconds, type FeedsHouse, startFeedsHouse } from './feeds-house.js'
import { median } from './figures.js'

const path = '/feeds/rss'
const itemCount = 200
const rounds = 9
const connections = 16
/** Requests of one round, of which 304s are several times as quick. */
const kinds = [
  { name: '200 with gzip', isKnown: false, count: 2_000 },
  { name: '304', isKnown: true, count: 4_000 },
] as const

type KindName = (typeof kinds)[number]['name']

/** CPU of the server's process, in microseconds a request. */
interface Round {
  readonly ours: number
  readonly bare: number
}

export interface HotFigures {
  readonly bytes: number
  readonly encoding: string
  readonly rounds: Readonly<Record<KindName, readonly Round[]>>
  readonly load: number
}

interface Answer {
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/**
 * One hot feed against a bare `node:http` server that sends the same bytes and headers. Each server
 * and the readers have a process of their own; rounds of both alternate, and only what the
 * scheduler gave the server's process is counted.
 */
export async function measureHot(): Promise<HotFigures> {
  await using house = await startFeedsHouse()
  await house.fill(0, itemCount)
  const whole = await ask(house, {})
  const known = { 'if-none-match': String(whole.headers.etag) }
  const notModified = await ask(house, known)
  const bare = fork(new URL('./feed-hot-server.ts', import.meta.url))
  bare.send({
    headers: own(whole.headers),
    notModified: own(notModified.headers),
    body: whole.body.toString('base64'),
  })
  const [port] = (await once(bare, 'message')) as [number]
  const client = fork(new URL('./feed-hot-client.ts', import.meta.url))
  const targets = {
    ours: { url: house.url, pid: house.pid },
    bare: { url: `http://127.0.0.1:${port}`, pid: bare.pid ?? 0 },
  }
  const measured: Record<KindName, Round[]> = { '200 with gzip': [], '304': [] }
  // The first round compiles.
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, isKnown, count } of kinds) {
      const order = { count, extra: isKnown ? known : {} }
      const figures = await measureRound(client, targets, order, round % 2 === 0)
      if (round > 0) measured[name].push(figures)
    }
  }
  client.disconnect()
  bare.disconnect()
  return {
    bytes: whole.body.length,
    encoding: whole.headers['content-encoding'] ?? 'none',
    rounds: measured,
    load: loadavg()[0] ?? Number.NaN,
  }
}

interface Target {
  readonly url: string
  readonly pid: number
}

interface Order {
  readonly count: number
  /** Request headers besides those that every reader sends. */
  readonly extra: Readonly<Record<string, string>>
}

/** Who is first meets what the other has left in the caches: hence by turns. */
async function measureRound(
  client: ChildProcess,
  targets: { readonly ours: Target; readonly bare: Target },
  order: Order,
  isOursFirst: boolean,
): Promise<Round> {
  if (isOursFirst) {
    const ours = await spent(client, targets.ours, order)
    return { ours, bare: await spent(client, targets.bare, order) }
  }
  const bare = await spent(client, targets.bare, order)
  return { ours: await spent(client, targets.ours, order), bare }
}

async function spent(
  client: ChildProcess,
  { url, pid }: Target,
  { count, extra }: Order,
): Promise<number> {
  const before = cpuSeconds(pid)
  const headers = { 'accept-encoding': 'gzip', ...extra }
  const status = 'if-none-match' in extra ? 304 : 200
  client.send({ url: `${url}${path}`, headers, status, count, connections })
  const [told] = (await once(client, 'message')) as [string]
  if (told !== 'done') throw new Error(told)
  return ((cpuSeconds(pid) - before) / count) * 1e6
}

async function ask({ url }: FeedsHouse, extra: Readonly<Record<string, string>>): Promise<Answer> {
  const asked = request(`${url}${path}`, { headers: { 'accept-encoding': 'gzip', ...extra } })
  asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  return { headers: answer.headers, body: Buffer.concat(parts) }
}

/** Those that a server of its own would not write by itself. */
function own(headers: IncomingHttpHeaders): Record<string, string> {
  const byItself = new Set(['connection', 'keep-alive', 'date'])
  const kept = Object.entries(headers).filter(([name]) => !byItself.has(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
}

export function reportHot({ bytes, encoding, rounds: measured, load }: HotFigures): string {
  const lines = kinds.map(({ name }) => {
    const of = (value: (round: Round) => number) => median(measured[name].map(value))
    const [ours, bare] = [of((round) => round.ours), of((round) => round.bare)]
    const ratio = of((round) => round.ours / round.bare)
    return `  ${name.padEnd(15)} ours ${ours.toFixed(0)} µs, bare ${bare.toFixed(0)} µs, ratio ${ratio.toFixed(2)} (goal: ≤ 1.25)`
  })
  return [
    `CPU of the server's process for one request of a hot feed of ${bytes} bytes (encoding: ${encoding}), median of ${rounds} rounds, load ${load.toFixed(1)}:`,
    ...lines,
  ].join('\n')
}
