import { cpSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Bus, connectBus } from '@newswire/bus'
import { quietLog, rawTexts, startNats, type TestServer, temporaryFolder } from '@newswire/kit'
import { revisionOf, type TaggedItem } from '@newswire/model'
import { taggedItem } from '@newswire/model/testing'
import type { RunningWorker } from '@newswire/runtime'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readPublic } from '../tagged-model.js'
import { type LocalItems, openLocalItems } from './index.js'

const patience = { timeout: 20_000 }
const { log, lines } = quietLog()

const place = temporaryFolder('local')
let made = 0
let nats: TestServer
let bus: Bus
let folder: string
let local: LocalItems
let running: RunningWorker
let failures: Error[]

beforeEach(async () => {
  failures = []
  made += 1
  folder = join(place, `${made}`, 'items')
  nats = await startNats()
  bus = await connectBus({ url: nats.url, name: 'test', log })
  await begin()
})
afterEach(async () => {
  await end()
  await bus.close()
  await nats.stop()
  expect(failures).toEqual([])
})

async function begin(): Promise<void> {
  lines.length = 0
  local = await openLocalItems({ folder, bus, log })
  running = await local.worker.start({ fail: (error) => failures.push(error) })
}

async function end(): Promise<void> {
  await running.stop()
  await local.close()
}

/** Gives where it stands in TAGGED. */
async function publish(own: Partial<TaggedItem>): Promise<number> {
  const item = taggedItem(own)
  const id = `${item.id}:${revisionOf(item)}`
  return (await bus.publish('item.tagged', item, item, { id })).sequence
}

async function publishMany(from: number, count: number): Promise<number> {
  const numbers = Array.from({ length: count }, (_, at) => from + at)
  const places = await Promise.all(numbers.map((n) => publish({ id: `na-${n}`, ...worded(n) })))
  return Math.max(0, ...places)
}

function worded(n: number) {
  const text = `Wort${n} und noch viele andere Wörter, die zu ${n} gehören.`
  return { headline: `Nummer ${n}`, body: { html: `<p>${text}</p>`, text, complete: true } }
}

const caughtUp = (sequence: number) =>
  expect.poll(() => local.position(), patience).toBeGreaterThanOrEqual(sequence)
const isTrusted = () =>
  expect.poll(() => lines.some(({ msg }) => msg === 'local items follow their stream')).toBe(true)
const warnings = () => lines.filter(({ level }) => level === 'warn' || level === 'error')

test('what is read here is what JetStream gives, from anywhere', async () => {
  await caughtUp(await publishMany(0, 400))
  for (let n = 0; n < 400; n += 1) {
    const sequence = ((n * 173) % 400) + 1
    const [here, there] = await Promise.all([local.read(sequence), readPublic({ bus }, sequence)])
    expect(here).toEqual(there)
    expect(here?.sequence).toBe(sequence)
  }
  expect(await local.read(401)).toBeUndefined()
  expect(warnings()).toEqual([])
})

test('readPublic asks here first, and JetStream for what is not here', async () => {
  await caughtUp(await publishMany(0, 3))
  const asked: number[] = []
  const read = (async (_: 'item.tagged', sequence: number) => {
    asked.push(sequence)
    return await bus.read('item.tagged', sequence)
  }) as Bus['read']
  const source = { bus: { read }, localItems: local }
  expect((await readPublic(source, 2))?.sequence).toBe(2)
  expect(asked).toEqual([])
  await end()
  expect((await readPublic(source, 2))?.sequence).toBe(2)
  expect(asked).toEqual([2])
  await begin()
})

test('a restart goes on where it ended', async () => {
  await caughtUp(await publishMany(0, 150))
  await end()
  const sizes = sizesIn(folder)
  const last = await publishMany(150, 10)
  await begin()
  expect(local.position()).toBe(150)
  await caughtUp(last)
  expect((await local.read(1))?.item.id).toBeDefined()
  expect(await local.read(155)).toEqual(await readPublic({ bus }, 155))
  // Made anew it would hold the same; that it went on shows in its first records' place.
  expect(lines.map(({ msg }) => msg)).not.toContain(
    'local items are of another stream and are made anew',
  )
  expect(sizesIn(folder)['0.data']).toBeGreaterThan(sizes['0.data'] ?? 0)
})

function sizesIn(path: string): Record<string, number> {
  return Object.fromEntries(
    readdirSync(path).map((name) => [name, statSync(join(path, name)).size]),
  )
}

test('of what is withdrawn no word of any version stays, others keep theirs', async () => {
  await publish({ id: 'na-1', headline: 'Geheimnis eins', contact: 'Verborgen' })
  await publishMany(2, 120)
  await publish({ id: 'na-1', version: 2, headline: 'Geheimnis zwei' })
  const before = await publish({ id: 'na-1', version: 3, headline: 'Geheimnis drei' })
  await caughtUp(before)
  expect(rawTexts(folder)).toContain('Geheimnis eins')
  expect(rawTexts(folder)).toContain('Geheimnis zwei')
  const canceled = { status: 'canceled', change: 'withdrawal' } as const
  const at = await publish({ id: 'na-1', version: 4, headline: 'Geheimnis drei', ...canceled })
  await caughtUp(at)
  const left = rawTexts(folder)
  expect(left).not.toContain('Geheimnis eins')
  expect(left).not.toContain('Geheimnis zwei')
  expect(left).not.toContain('Verborgen')
  expect(left).toContain('Wort7 und')
  expect(await local.read(1)).toBeUndefined()
  expect(await local.read(before)).toBeUndefined()
  expect((await local.read(at))?.item.body.text).toBe('')
  await end()
  await begin()
  await isTrusted()
  expect(await local.read(before)).toBeUndefined()
  expect((await local.read(2))?.item).toEqual((await readPublic({ bus }, 2))?.item)
  expect(warnings()).toEqual([])
})

test('versions of before a restart and in one batch with the withdrawal go too', async () => {
  await caughtUp(await publish({ id: 'na-1', headline: 'Geheimnis eins' }))
  await end()
  expect(rawTexts(folder)).toContain('Geheimnis eins')
  await publish({ id: 'na-1', version: 2, headline: 'Geheimnis zwei' })
  const at = await publish({
    ...{ id: 'na-1', version: 3, headline: 'Notiz', status: 'canceled', change: 'withdrawal' },
  })
  await publish({ id: 'na-1', version: 4, headline: 'Wieder da' })
  await bus.eraseOlder('item.tagged', { id: 'na-1', wire: 'na' })
  await begin()
  await caughtUp(at + 1)
  expect(rawTexts(folder)).not.toContain('Geheimnis')
  expect((await local.read(at + 1))?.item.headline).toBe('Wieder da')
})

test('another stream of the same length is told apart, and all is made anew', async () => {
  await publish({ id: 'na-secret', headline: 'Geheimnis' })
  await caughtUp(await publishMany(0, 30))
  await otherStream()
  await publishMany(100, 60)
  await begin()
  await expect.poll(() => local.position(), patience).toBe(60)
  await expect.poll(async () => (await local.read(1))?.item.id, patience).toMatch(/^na-1\d\d$/)
  expect(await local.read(25)).toEqual(await readPublic({ bus }, 25))
  expect(rawTexts(folder)).not.toContain('Geheimnis')
})

test('a stream that ends before our position is another one', async () => {
  await caughtUp(await publishMany(0, 30))
  await otherStream()
  await publish({ id: 'na-new' })
  await begin()
  await expect.poll(async () => (await local.read(1))?.item.id, patience).toBe('na-new')
  expect(local.position()).toBe(1)
})

test('a stream that lost its end is followed from its beginning', async () => {
  await caughtUp(await publishMany(0, 30))
  await nats.kill()
  const early = `${folder}-of-nats`
  cpSync(nats.folder, early, { recursive: true })
  await nats.restart()
  await expect.poll(() => publishMany(30, 5).catch(() => 0), patience).toBe(35)
  await caughtUp(35)
  await end()
  await nats.kill()
  rmSync(nats.folder, { recursive: true })
  cpSync(early, nats.folder, { recursive: true })
  await nats.restart()
  await expect.poll(() => bus.ping(), patience).toBe(true)
  await begin()
  await expect.poll(() => local.position(), patience).toBe(30)
  await expect.poll(async () => (await local.read(30))?.sequence, patience).toBe(30)
  expect(await local.read(33)).toBeUndefined()
}, 40_000)

async function otherStream(): Promise<void> {
  await end()
  await bus.close()
  await nats.stop()
  nats = await startNats()
  bus = await connectBus({ url: nats.url, name: 'test', log })
}

test('reads go on beside appends and a withdrawal, and give the item or nothing', async () => {
  await caughtUp(await publishMany(0, 50))
  const last = 650
  const publishing = publishMany(50, last - 50)
  let reads = 0
  while (local.position() < last) {
    const sequence = 1 + ((reads * 37) % local.position())
    const found = await local.read(sequence)
    expect(found?.sequence).toBe(sequence)
    reads += 1
  }
  await publishing
  expect(reads).toBeGreaterThan(0)
  const erasing = publish({ id: 'na-3', version: 2, status: 'canceled', change: 'withdrawal' })
  const place = await placeOf('na-3')
  await expect.poll(async () => await local.read(place), patience).toBeUndefined()
  await erasing
  expect(warnings()).toEqual([])
})

async function placeOf(id: string): Promise<number> {
  for (let at = 1; at <= local.position(); at += 1) {
    const found = await bus.read('item.tagged', at)
    if (found?.value.id === id) return at
  }
  throw new Error(`${id} is not in the stream`)
}

test('it is read while NATS is down, and followed again after that', async () => {
  await caughtUp(await publishMany(0, 20))
  await nats.kill()
  expect((await local.read(7))?.sequence).toBe(7)
  await nats.restart()
  await expect.poll(() => publishMany(20, 5).catch(() => 0), patience).toBe(25)
  await caughtUp(25)
  await expect.poll(async () => (await local.read(25))?.sequence, patience).toBe(25)
}, 40_000)

test('who opens the folder takes it over, and the one before it reads from JetStream', async () => {
  await caughtUp(await publishMany(0, 5))
  const former = { local, running }
  await begin()
  await caughtUp(5)
  const last = await publishMany(5, 5)
  await caughtUp(last)
  const given = () => lines.filter(({ msg }) => msg === 'local items are given up').length
  await expect.poll(given, patience).toBe(1)
  expect(await former.local.read(2)).toBeUndefined()
  await expect.poll(async () => (await local.read(last))?.sequence, patience).toBe(last)
  await former.running.stop()
  await former.local.close()
})
