import { chanceFrom, newSeed, startCatcher, startNats, startRedis } from '@newswire/kit'
import { expect, test } from 'vitest'
import {
  checkItems,
  checkOrder,
  checkReached,
  checkReceipts,
  checkSequences,
  pushAll,
  register,
  startHouse,
} from './house.js'
import { arrivalsOf, makeStories } from './stories.js'

test('a NATS and a Redis that die and come back lose nothing and turn nothing round', async () => {
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
  try {
    for (const [at, server] of [nats, redis, nats].entries()) {
      const moment = Math.floor((arrivals.length * (at + 1)) / 4) - chance.below(10)
      await expect.poll(() => count, { timeout: 30_000, interval: 1 }).toBeGreaterThan(moment)
      await server.kill()
      await server.restart()
    }
    const ids = await checkReceipts(house, await pushing)
    await checkItems(house, stories, ids)
    await checkReached(catcher, stories, ids)
    await checkSequences(house, webhook)
    checkOrder(catcher)
  } catch (error) {
    throw new Error(`Run it again with newSeed(${seed})`, { cause: error })
  }
}, 120_000)
