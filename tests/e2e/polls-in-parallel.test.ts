import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import {
  entryOf,
  type FakeWire,
  itemIdOf,
  type Newswire,
  presseportal,
  type Release,
  releaseOf,
  startFakeWire,
  startNewswire,
} from '@newswire/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'

const goodSources = 20
/**
 * From the moment in which a source is added, or asked to be polled, until its item is out. Half of
 * the time after which a source that hangs is given up.
 */
const itemWithinMs = 10_000
const pollWithinMs = 5_000
/** The whole process, at its highest: far below what any of the hostile bodies would take. */
const residentMbMax = 500
const floodEntries = 100_000
const mebibyte = 1_048_576

let newswire: Newswire
/** Each on an address of its own: to one host we are polite, whoever waits behind it. */
let hostile: FakeWire[]
let good: FakeWire[]
beforeAll(async () => {
  newswire = await startNewswire({ env: { OUTBOUND_ALLOW: '127.0.0.0/8' } })
  const wires = (first: number, count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, at) => startFakeWire({ host: `127.0.0.${first + at}` })),
    )
  ;[hostile, good] = await Promise.all([wires(10, 6), wires(30, goodSources)])
})
afterAll(async () => {
  await newswire.stop()
  await Promise.all([...hostile, ...good].map((wire) => wire.stop()))
})

const xml = { 'content-type': 'application/rss+xml' }
const head = '<?xml version="1.0"?><rss version="2.0"><channel><title>Flood</title>'

/** Small enough to be read, with more entries than anyone wants. */
function flood(): string {
  const entries = Array.from({ length: floodEntries }, (_, at) => {
    return `<item><title>Flood ${at}</title><guid>f${at}</guid></item>`
  })
  return `${head}${entries.join('')}</channel></rss>`
}

const zeros = gzipSync(Buffer.alloc(16 * mebibyte, ' '))
const hostilePages = [
  { hang: true },
  { body: `${head}${' '.repeat(5_000)}`, headers: xml, holdAfterBytes: 1_000 },
  { body: flood(), headers: xml },
  // One body says that it is small, one that it is short of what it is, one says nothing.
  {
    body: head,
    headers: { ...xml, 'content-length': String(head.length + 500) },
    holdAfterBytes: 40,
  },
  { body: zeros, endless: zeros, headers: { ...xml, 'content-encoding': 'gzip' } },
  { body: head, endless: Buffer.from('<item><title>x</title></item>'.repeat(500)), headers: xml },
]

async function addSource({ url }: FakeWire, wire: string): Promise<string> {
  const answer = await newswire.api('/api/v1/sources', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'rss', url: `${url}/rss`, wire, intervalSeconds: 60 }),
  })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { id: string }).id
}

const releases = Array.from({ length: 2 * goodSources }, (_, number) =>
  releaseOf({ number, wire: 'na', language: 'de', published: new Date() }),
)

const feedOf = (shown: readonly Release[]) =>
  presseportal(
    shown.map((release) => entryOf(release, 1)),
    'UTF-8',
  )

const isOut = async (release: Release) =>
  (await fetch(`${newswire.url}/api/v1/items/${itemIdOf(release)}`)).status === 200

async function countOut(shown: readonly Release[]): Promise<number> {
  const answers = await Promise.all(shown.map(isOut))
  return answers.filter((answer) => answer).length
}

/** The most memory that the process has ever held, as the kernel counts it. */
function peakResidentMb(): number {
  const status = readFileSync(`/proc/${newswire.pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

test('sources that hang, flood and lie delay no other source and take no memory', async () => {
  for (const [at, wire] of hostile.entries()) {
    wire.serve('/rss', hostilePages[at] ?? { status: 404 })
    await addSource(wire, 'flood')
  }
  const isAsked = () => hostile.every(({ requests }) => requests.length > 0)
  await expect.poll(isAsked, { timeout: 10_000 }).toBe(true)

  const first = releases.slice(0, goodSources)
  for (const [at, wire] of good.entries())
    wire.serve('/rss', { body: feedOf(first.slice(at, at + 1)) })
  const addedAt = Date.now()
  const ids = await Promise.all(good.map((wire) => addSource(wire, 'na')))
  await expect.poll(() => countOut(first), { timeout: itemWithinMs }).toBe(goodSources)
  expect(Date.now() - addedAt).toBeLessThan(itemWithinMs)

  const second = releases.slice(goodSources)
  for (const [at, wire] of good.entries()) {
    wire.serve('/rss', { body: feedOf([releases[at], second[at]].filter((each) => !!each)) })
  }
  const polledAt = Date.now()
  const polls = ids.map(async (id) => {
    const answer = await newswire.api(`/api/v1/sources/${id}/poll`, { method: 'POST' })
    return [answer.status, Date.now() - polledAt] as const
  })
  for (const [status, tookMs] of await Promise.all(polls)) {
    expect(status).toBe(200)
    expect(tookMs).toBeLessThan(pollWithinMs)
  }
  await expect.poll(() => countOut(second), { timeout: itemWithinMs }).toBe(goodSources)
  expect((await fetch(`${newswire.url}/health`)).status).toBe(200)
})

test('each hostile source says what is wrong with it, and the flood is bounded', async () => {
  const read = async () => {
    const { items } = (await (await newswire.api('/api/v1/sources')).json()) as {
      items: { url: string; polls?: { failures?: number; lastError?: string } }[]
    }
    const own = hostile.map(({ url }) => items.find((row) => row.url === `${url}/rss`))
    return own.map((row) => /[a-z].*\.$/i.test(row?.polls?.lastError ?? ''))
  }
  // The flood alone is a feed that can be read.
  const wanted = [true, true, false, true, true, true]
  await expect.poll(read, { timeout: 40_000, interval: 500 }).toEqual(wanted)
  const flooded = async () => {
    const answer = await fetch(`${newswire.url}/api/v1/items?source=flood&limit=100`)
    return ((await answer.json()) as { items: unknown[] }).items.length
  }
  await expect.poll(flooded, { timeout: 10_000 }).toBe(100)
  const status = (await (await newswire.api('/api/v1/status')).json()) as { items: number }
  expect(status.items).toBeLessThan(1_000)
  expect(peakResidentMb()).toBeLessThan(residentMbMax)
})
