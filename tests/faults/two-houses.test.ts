import { chanceFrom, newSeed, startCatcher, startNats, startRedis } from '@newswire/kit'
import { expect, test } from 'vitest'
import {
  callsAt,
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

test('a house that sleeps past its leases and wakes up does no harm to the one that took over', async () => {
  const seed = newSeed()
  const chance = chanceFrom(seed)
  const stories = makeStories(chance, 40)
  const arrivals = arrivalsOf(chance, stories)
  await using nats = await startNats()
  await using redis = await startRedis()
  const env = {
    ...{ NATS_URL: nats.url, REDIS_URL: redis.url },
    ...{ ADMIN_KEY: `nw_${'a'.repeat(43)}`, SECRETS_KEY: 'b'.repeat(43) },
  }
  await using sleeper = await startHouse(env)
  await using other = await startHouse(env)
  await using catcher = await startCatcher()
  const webhook = await register(other, catcher.url)
  let count = 0
  const pushing = pushAll(other, arrivals, 6, (taken) => {
    count = taken
  })
  try {
    const moment = Math.floor(arrivals.length / 4) + chance.below(10)
    await expect.poll(() => count, { timeout: 30_000, interval: 1 }).toBeGreaterThan(moment)
    process.kill(sleeper.at.pid, 'SIGSTOP')
    const taken = await pushing
    // What the sleeper had in hand comes to the other after `ack_wait`, its shard with the lease.
    const ids = await checkReceipts(other, taken)
    await checkReached(catcher, stories, ids)
    process.kill(sleeper.at.pid, 'SIGCONT')
    for (const house of [sleeper, other]) await checkItems(house, stories, ids)
    await checkSequences(other, webhook)
    checkOrder(catcher)
    const ends = new Map(callsAt(catcher).map(({ item, version }) => [item, version]))
    expect(ends.size).toBeGreaterThan(0)
  } catch (error) {
    throw new Error(`Run it again with newSeed(${seed})`, { cause: error })
  }
}, 120_000)
