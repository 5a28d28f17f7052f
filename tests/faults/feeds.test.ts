import { connect, type Socket } from 'node:net'
import { type Bus, connectBus } from '@newswire/bus'
import {
  askRedis,
  quietLog,
  type Role,
  startNats,
  startRedis,
  startRole,
  type TestServer,
} from '@newswire/kit'
import { taggedItem, tagOf } from '@newswire/model/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'

const patience = { timeout: 40_000, interval: 50 }
const itemCount = 300
const slowReaders = 2_000
const paths = ['rss', 'atom', 'json', 'ninjs'].flatMap((format) =>
  ['', '?lang=de', '?region=CN', '?q=satz', '?limit=500'].map(
    (query) => `/feeds/${format}${query}`,
  ),
)

let nats: TestServer
let redis: TestServer
let bus: Bus
let role: Role

beforeEach(async () => {
  ;[nats, redis] = await Promise.all([startNats(), startRedis()])
  bus = await connectBus({ url: nats.url, name: 'test', log: quietLog().log })
  await startFeeds()
})
afterEach(async () => {
  await end()
  await bus.close()
  await Promise.all([nats.stop(), redis.stop()])
})

async function startFeeds(): Promise<void> {
  role = startRole('feeds', {
    ...{ NATS_URL: nats.url, REDIS_URL: redis.url, HOST: '127.0.0.1', PORT: '0' },
    ...{ PUBLIC_URL: 'http://wire.example.org', LOG_LEVEL: 'info' },
    SECRETS_KEY: 'one-key-for-the-feeds-of-the-faults',
  })
  await expect.poll(() => role.url(), patience).toBeDefined()
}

async function end(): Promise<void> {
  role.signal('SIGKILL')
  await role.exited
}

/** A 4 kB release from China or France, in German or English. */
async function publish(n: number): Promise<void> {
  const text = `Satz ${n} steht hier. `.repeat(200)
  const item = taggedItem({
    ...{ id: `na-${n}`, headline: `Meldung ${n}`, language: n % 2 === 0 ? 'de' : 'en' },
    body: { html: `<p>${text}</p>`, text, complete: true },
    tags: [tagOf('iso3166-1', n % 3 === 0 ? 'CN' : 'FR', ['001'])],
  })
  await bus.publish('item.tagged', item, item, { id: `${item.id}:1.1` })
}

async function fill(): Promise<void> {
  for (let n = 0; n < itemCount; n += 1) await publish(n)
  await expect.poll(shownFirst, patience).toBe(`na-${itemCount - 1}`)
}

async function shownFirst(): Promise<string | undefined> {
  const answer = await ask('/feeds/json?limit=1')
  const { items } = (await answer.json()) as { items: { _newswire: { id: string } }[] }
  return items[0]?._newswire.id
}

function ask(path: string): Promise<Response> {
  return fetch(new URL(path, role.url()))
}

async function bodies(): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const path of paths) {
    const answer = await ask(path)
    expect(answer.status, path).toBe(200)
    found[path] = await answer.text()
  }
  return found
}

test('a Redis that is emptied while feeds are read and items come is filled again, to the byte', async () => {
  await fill()
  // What nobody has asked for is told to wait while the read model is made again.
  await bodies()
  let isOver = false
  const statuses = new Set<number>()
  const reading = Array.from({ length: 4 }, async (_, lane) => {
    for (let at = lane; !isOver; at += 1) {
      const answer = await ask(paths[at % paths.length] ?? '')
      await answer.arrayBuffer()
      statuses.add(answer.status)
    }
  })
  const more = itemCount + 60
  for (let n = itemCount; n < more; n += 1) {
    await publish(n)
    if (n === itemCount + 30) expect(await askRedis(redis, 'FLUSHALL')).toBe('OK')
  }
  const position = () => askRedis(redis, 'HGET', 'nw:tagged:mark', 'position')
  await expect.poll(position, patience).toBe(String(more))
  await expect.poll(shownFirst, patience).toBe(`na-${more - 1}`)
  isOver = true
  await Promise.all(reading)
  expect([...statuses]).toEqual([200])

  const before = await bodies()
  await askRedis(redis, 'FLUSHALL')
  await expect.poll(position, patience).toBe(String(more))
  // A new process has rendered nothing before: these bytes come from the new read model.
  await end()
  await startFeeds()
  await expect.poll(bodies, patience).toEqual(before)
})

test('feeds are served while NATS is down, also those that nobody asked for before', async () => {
  await fill()
  const before = await bodies()
  await nats.kill()
  expect(await bodies()).toEqual(before)
  for (const path of ['/feeds/json?lang=en', '/feeds/atom?q=meldung&region=FR']) {
    const answer = await ask(path)
    expect(answer.status).toBe(200)
    expect((await answer.text()).length).toBeGreaterThan(10_000)
  }
  await nats.restart()
  await expect.poll(() => publish(itemCount).then(shownFirst), patience).toBe(`na-${itemCount}`)
})

test('readers that take nothing, or a byte now and then, do not stop one that reads', async () => {
  await fill()
  const quick = async () => {
    const startedAt = performance.now()
    const answer = await ask('/feeds/rss?limit=500')
    expect(answer.status).toBe(200)
    const { byteLength } = await answer.arrayBuffer()
    return { byteLength, ms: performance.now() - startedAt }
  }
  const alone = await quick()
  const sockets: Socket[] = []
  let begun = 0
  try {
    for (let n = 0; n < slowReaders; n += 1) {
      const socket = connect(Number(new URL(role.url() ?? '').port), '127.0.0.1')
      sockets.push(socket)
      // Paused from the start: the kernel's window fills, and the server's answer stands still.
      socket.pause()
      socket.on('error', () => undefined)
      // One in ten reads one byte of its answer, which is enough to see that it began.
      if (n % 10 === 0) {
        socket.on('readable', () => {
          if (socket.read(1) !== null) begun += 1
          socket.removeAllListeners('readable')
        })
      }
      socket.write('GET /feeds/rss?limit=500 HTTP/1.1\r\nhost: wire.example.org\r\n\r\n')
    }
    await expect.poll(() => begun, patience).toBe(slowReaders / 10)
    const beside = [await quick(), await quick(), await quick()]
    expect(beside.map(({ byteLength }) => byteLength)).toEqual(Array(3).fill(alone.byteLength))
    // What stops for slow readers stops for as long as they like: a minute is no measure of speed.
    expect(Math.max(...beside.map(({ ms }) => ms))).toBeLessThan(10_000)
    const health = await ask('/health')
    expect(health.status).toBe(200)
  } finally {
    for (const socket of sockets) socket.destroy()
  }
})
