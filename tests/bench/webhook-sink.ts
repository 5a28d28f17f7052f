import { createServer } from 'node:http'
import process from 'node:process'

/*
 * The endpoints of the webhook benches, in a process of their own: several origins that answer at
 * once, but for those endpoints that hang. The path names the endpoint.
 */
const origins = 8
const hangMs = 15_000

export interface SinkOrder {
  /** Forgets what came so far. */
  readonly reset?: boolean
  /** Endpoints that answer after 15 s, by number; the others as before. */
  readonly hanging?: readonly number[]
  /** Keep when each call came, of the endpoints that don't hang. */
  readonly times?: boolean
}

export interface SinkReport {
  readonly received: number
  /** What endpoints that hang were sent is not among them. */
  readonly arrivals: readonly Arrival[]
}

/** The item's number, and ms since 1970 with a fraction. */
export type Arrival = readonly [item: number, atMs: number]

let received = 0
let arrivals: Arrival[] = []
let hanging = new Set<number>()
let isTimed = false

function take(endpoint: number, parts: readonly Buffer[]): void {
  received += 1
  if (!isTimed) return
  const at = performance.timeOrigin + performance.now()
  const item = /"urn:newswire:bench-(\d+)"/.exec(Buffer.concat(parts).toString('latin1'))?.[1]
  if (item !== undefined && !hanging.has(endpoint)) arrivals.push([Number(item), at])
}

function listen(): Promise<number> {
  const server = createServer((request, reply) => {
    const parts: Buffer[] = []
    const endpoint = Number((request.url ?? '/').slice(1))
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      take(endpoint, parts)
      const answer = () => reply.writeHead(204).end()
      if (hanging.has(endpoint)) setTimeout(answer, hangMs)
      else answer()
    })
  })
  server.keepAliveTimeout = 60_000
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}

process.on('message', ({ reset, hanging: hang, times }: SinkOrder) => {
  if (reset) [received, arrivals] = [0, []]
  if (hang) hanging = new Set(hang)
  isTimed = times ?? isTimed
  process.send?.({ received, arrivals } satisfies SinkReport)
})
process.once('disconnect', () => process.exit(0))
process.send?.(await Promise.all(Array.from({ length: origins }, listen)))
