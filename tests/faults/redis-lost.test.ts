import { cpSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import {
  chanceFrom,
  newSeed,
  quietLog,
  startCatcher,
  startNats,
  startRedis,
  type TestServer,
} from '@newswire/kit'
import { resetReadModels } from '@newswire/store'
import { expect, test } from 'vitest'
import {
  checkItems,
  checkOrder,
  checkReached,
  checkReceipts,
  checkSequences,
  feedDigests,
  type House,
  pushAll,
  register,
  startHouse,
} from './house.js'
import { arrivalsOf, makeStories } from './stories.js'

/** FLUSHALL, as an operator does it. */
function flushAll({ port }: TestServer): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('FLUSHALL\r\n'))
    socket.once('data', () => socket.end(resolve))
    socket.once('error', reject)
  })
}

/** Everything that Redis has written, as a backup takes it. */
async function keepCopy(redis: TestServer): Promise<string> {
  const copy = `${redis.folder}-copy`
  await redis.kill()
  cpSync(redis.folder, copy, { recursive: true })
  await redis.restart()
  return copy
}

async function restoreCopy(redis: TestServer, copy: string): Promise<void> {
  await redis.kill()
  for (const name of ['appendonlydir', 'dump.rdb']) {
    rmSync(join(redis.folder, name), { recursive: true, force: true })
  }
  cpSync(copy, redis.folder, { recursive: true })
  rmSync(copy, { recursive: true, force: true })
  await redis.restart()
}

function expectSame(house: House, before: Record<string, string>): Promise<void> {
  return expect.poll(() => feedDigests(house), { timeout: 20_000, interval: 100 }).toEqual(before)
}

test('a Redis that is emptied or falls back is made again, with the same feeds to the byte', async () => {
  const seed = newSeed()
  const chance = chanceFrom(seed)
  const stories = makeStories(chance, 40)
  const arrivals = arrivalsOf(chance, stories)
  await using nats = await startNats()
  await using redis = await startRedis()
  await using house = await startHouse({ NATS_URL: nats.url, REDIS_URL: redis.url })
  await using catcher = await startCatcher()
  const webhook = await register(house, catcher.url)
  let count = 0
  const pushing = pushAll(house, arrivals, 6, (taken) => {
    count = taken
  })
  const taken = (share: number) =>
    expect
      .poll(() => count, { timeout: 30_000, interval: 1 })
      .toBeGreaterThan(arrivals.length * share)
  try {
    await taken(0.2)
    const copy = await keepCopy(redis)
    await taken(0.4)
    await flushAll(redis)
    await taken(0.6)
    await restoreCopy(redis, copy)
    await taken(0.8)
    await flushAll(redis)
    await house.restart()
    const ids = await checkReceipts(house, await pushing)
    await checkItems(house, stories, ids)
    await checkReached(catcher, stories, ids)
    await checkSequences(house, webhook)
    checkOrder(catcher)

    const before = await feedDigests(house)
    await flushAll(redis)
    await checkItems(house, stories, ids)
    await expectSame(house, before)
    await resetReadModels({ url: redis.url, log: quietLog().log })
    // A new process has rendered nothing before.
    await house.restart()
    await checkItems(house, stories, ids)
    await expectSame(house, before)
  } catch (error) {
    throw new Error(`Run it again with newSeed(${seed})`, { cause: error })
  }
}, 120_000)
