import { newSeed } from '@newswire/kit'
import { expect, it } from 'vitest'
import { play } from './fixtures/simulation/play.js'

/** `npm run simulate` plays a hundred thousand. */
const schedules = 1_000

it('keeps every promise over random lives of items, endpoints, processes and servers', async () => {
  const first = newSeed()
  const broken: Record<string, readonly string[]> = {}
  const sums = { versions: 0, attempts: 0, kills: 0, disturbances: 0 }
  for (let seed = first; seed < first + schedules; seed += 1) {
    const { faults, ...played } = await play(seed)
    if (faults.length > 0) broken[`npm run simulate -- 1 ${seed}`] = faults
    sums.versions += played.versions
    sums.attempts += played.attempts
    sums.kills += played.kills
    sums.disturbances += played.disturbances
  }
  expect(broken).toEqual({})
  // A set of schedules in which nothing went wrong would prove nothing.
  expect(sums.attempts).toBeGreaterThan(2 * sums.versions)
  expect(sums.kills).toBeGreaterThan(schedules / 2)
  expect(sums.disturbances).toBeGreaterThan(schedules)
}, 240_000)

it('plays the same schedule again from the same seed', async () => {
  const seed = newSeed()
  expect(await play(seed)).toEqual(await play(seed))
})
