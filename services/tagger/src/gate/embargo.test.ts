import { connectBus } from '@newswire/bus'
import { untilReleased } from '@newswire/model'
import { expect, test } from 'vitest'
import { inMs, patience, useRoom } from '../fixtures/room.js'

const {
  room,
  startTagger,
  normalized,
  newest,
  newestStored,
  taggedCount,
  holdRows,
  handled,
  flushAll,
} = useRoom()

/** The promise: out so long after the instant, by the clock of this machine, and never before. */
const lateMsMax = 500

async function isOutInTime(id: string, instant: number): Promise<void> {
  await expect.poll(() => newest(id), patience).toBeDefined()
  const storedAt = (await newestStored(id))?.storedAt.getTime() ?? 0
  expect(storedAt).toBeGreaterThanOrEqual(instant)
  expect(storedAt).toBeLessThan(instant + lateMsMax)
}

test('items whose instants lie some hundred ms apart come out each at its own', async () => {
  await startTagger()
  const first = Date.now() + 1_000
  const instants = [0, 150, 300, 600, 600, 600].map((ms) => first + ms)
  for (const [at, instant] of instants.entries()) {
    await normalized({ id: `na-${at}`, embargoUntil: new Date(instant).toISOString() })
  }
  expect(await taggedCount()).toBe(0)
  for (const [at, instant] of instants.entries()) await isOutInTime(`na-${at}`, instant)
}, 30_000)

test('Redis emptied in the last second before the instant costs no time', async () => {
  await startTagger()
  const instant = Date.now() + 1_500
  const { id } = await normalized({ embargoUntil: new Date(instant).toISOString() })
  await expect.poll(holdRows, patience).toHaveLength(1)
  await handled()
  await expect.poll(() => Date.now() > instant - 700, patience).toBe(true)
  flushAll()
  expect(await newest()).toBeUndefined()
  await isOutInTime(id, instant)
  await expect.poll(holdRows, patience).toHaveLength(0)
}, 30_000)

test('a tagger that dies before the instant is replaced by another in time, Redis emptied or not', async () => {
  const { nats, log } = room()
  const bus = await connectBus({ url: nats.url, name: 'dying', log })
  const dying = await startTagger(30_000, bus)
  const instant = Date.now() + 2_500
  const { id } = await normalized({ embargoUntil: new Date(instant).toISOString() })
  await expect.poll(holdRows, patience).toHaveLength(1)
  await handled()
  await dying.stop()
  room().running.pop()
  await bus.close()
  flushAll()
  await startTagger()
  expect(await newest()).toBeUndefined()
  await isOutInTime(id, instant)
}, 30_000)

test('an embargo that nobody can read is held without a job, until a newer version has none', async () => {
  await startTagger(50)
  await normalized({ embargoUntil: untilReleased, flags: ['embargo-unreadable'] })
  await expect.poll(holdRows, patience).toHaveLength(1)
  await handled()
  const [row] = await holdRows()
  expect(row?.value.until).toBe(untilReleased)
  expect(
    await room()
      .jobs.queue('releases')
      .has([row?.value.id ?? '']),
  ).toEqual(new Set())
  expect(await newest()).toBeUndefined()
  await normalized({ version: 2, change: 'update' })
  await expect.poll(async () => (await newest())?.version, patience).toBe(2)
  await expect.poll(holdRows, patience).toHaveLength(0)
}, 30_000)

test('a hold that is moved away is not looked at when its first instant comes', async () => {
  await startTagger()
  const first = Date.now() + 700
  await normalized({ embargoUntil: new Date(first).toISOString() })
  await normalized({ version: 2, change: 'update', embargoUntil: inMs(60_000) })
  await expect.poll(() => Date.now() > first + lateMsMax, patience).toBe(true)
  expect(await taggedCount()).toBe(0)
}, 30_000)
