import { type Catcher, chanceFrom, newSeed, startCatcher } from '@newswire/kit'
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

const storyCount = 50
const clients = 6

/** Fails every third call, and hangs on every eleventh until the caller gives up. */
function makeUnruly(catcher: Catcher): void {
  let calls = 0
  catcher.answer(() => {
    calls += 1
    if (calls % 11 === 0) return new Promise(() => undefined)
    return calls % 3 === 0 ? { status: 503 } : undefined
  })
}

test('stories end as the oracle says, wherever the house is killed or stopped meanwhile', async () => {
  const seed = newSeed()
  const chance = chanceFrom(seed)
  const stories = makeStories(chance, storyCount)
  const arrivals = arrivalsOf(chance, stories)
  await using house = await startHouse()
  await using healthy = await startCatcher()
  await using unruly = await startCatcher()
  makeUnruly(unruly)
  const webhook = await register(house, healthy.url)
  await register(house, unruly.url)
  let count = 0
  const pushing = pushAll(house, arrivals, clients, (taken) => {
    count = taken
  })
  try {
    for (const share of [0.25, 0.5, 0.75]) {
      const moment = Math.floor(arrivals.length * share) + chance.below(10)
      await expect.poll(() => count, { timeout: 30_000, interval: 1 }).toBeGreaterThan(moment)
      await house.restart()
    }
    const taken = await pushing
    const ids = await checkReceipts(house, taken)
    await checkItems(house, stories, ids)
    await checkReached(healthy, stories, ids)
    await checkSequences(house, webhook)
    for (const catcher of [healthy, unruly]) checkOrder(catcher)
    const calls = callsAt(healthy)
    const byId = new Map(calls.map(({ id, item, version }) => [id, `${item} ${version}`]))
    expect(calls.every(({ id, item, version }) => byId.get(id) === `${item} ${version}`)).toBe(true)
    const versions = new Set(calls.map(({ item, version }) => `${item} ${version}`))
    expect(byId.size).toBe(versions.size)
  } catch (error) {
    throw new Error(`Run it again with newSeed(${seed})`, { cause: error })
  }
}, 120_000)
