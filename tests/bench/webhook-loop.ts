import { createHmac } from 'node:crypto'
import process from 'node:process'
import { Queue, Worker } from 'bullmq'
import { Pool } from 'undici'
import { forEachOf } from './figures.js'

/*
 * What webhooks are measured against, in a process of its own. `bare`: signs and posts, and keeps
 * nothing. `obvious`: one BullMQ job per delivery, its worker signs and calls global fetch.
 */
export interface LoopOrder {
  readonly kind: 'bare' | 'obvious'
  readonly urls: readonly string[]
  readonly endpoints: number
  readonly count: number
  readonly body: string
  /** Base64. */
  readonly key: string
  readonly redisUrl: string
}

const bareInFlight = 128
const bareConnections = 64
const obviousConcurrency = 64
const jobsPerBulk = 1_000
const pools = new Map<string, Pool>()

function signed(n: number, { body, key }: LoopOrder): Record<string, string> {
  const id = `msg_${n}`
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const mac = createHmac('sha256', Buffer.from(key, 'base64')).update(`${id}.${timestamp}.${body}`)
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac.digest('base64')}`,
    'content-type': 'application/json',
  }
}

function targetOf(n: number, { urls, endpoints }: LoopOrder): { origin: string; path: string } {
  const endpoint = n % endpoints
  return { origin: urls[endpoint % urls.length] ?? '', path: `/${endpoint}` }
}

async function runBare(order: LoopOrder): Promise<void> {
  const numbers = Array.from({ length: order.count }, (_, n) => n)
  await forEachOf(numbers, bareInFlight, async (n) => {
    const { origin, path } = targetOf(n, order)
    const pool = pools.get(origin) ?? new Pool(origin, { connections: bareConnections })
    pools.set(origin, pool)
    const headers = signed(n, order)
    const answer = await pool.request({ path, method: 'POST', headers, body: order.body })
    await answer.body.dump()
  })
}

async function runObvious(order: LoopOrder): Promise<void> {
  const { hostname: host, port } = new URL(order.redisUrl)
  const connection = { host, port: Number(port) }
  const queue = new Queue('obvious', { connection })
  let done = 0
  let finish: () => void = () => undefined
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  async function deliver(n: number): Promise<void> {
    const { origin, path } = targetOf(n, order)
    const options = { method: 'POST', headers: signed(n, order), body: order.body }
    const answer = await fetch(`${origin}${path}`, options)
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
  }
  const worker = new Worker('obvious', ({ data }) => deliver(data.n), {
    ...{ connection, concurrency: obviousConcurrency },
    ...{ removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } },
  })
  worker.on('completed', () => {
    done += 1
    if (done === order.count) finish()
  })
  for (let first = 0; first < order.count; first += jobsPerBulk) {
    const count = Math.min(jobsPerBulk, order.count - first)
    const jobs = Array.from({ length: count }, (_, at) => ({ name: 'd', data: { n: first + at } }))
    await queue.addBulk(jobs)
  }
  await finished
  await worker.close()
  await queue.close()
}

process.on('message', (order: LoopOrder) => {
  const run = order.kind === 'bare' ? runBare(order) : runObvious(order)
  run.then(
    () => process.send?.('done'),
    (error: unknown) => {
      throw error
    },
  )
})
process.once('disconnect', () => process.exit(0))
