import { makeWorld, newSeed, startCatcher, startFakeWire, startNewswire } from '@newswire/kit'
import { expect, test } from 'vitest'
import { Oracle } from './oracle.js'
import {
  addSources,
  checkItems,
  checkLedger,
  playRound,
  register,
  type WorldHouse,
} from './world-house.js'

const rounds = 14

test.each([
  ['of 500 stories', { seed: 20_261_126, stories: 500 }],
  ['of 60 stories from another seed each time', { seed: newSeed(), stories: 60 }],
])(
  'a misbehaving world %s becomes the versions that the oracle says',
  async (_, { seed, stories }) => {
    const world = makeWorld({ seed, stories, rounds, now: new Date() })
    await using newswire = await startNewswire()
    await using wire = await startFakeWire()
    await using catcher = await startCatcher()
    const oracle = new Oracle()
    try {
      const webhook = await register(newswire, catcher.url)
      const sources = await addSources(newswire, wire, world)
      const house: WorldHouse = { newswire, wire, catcher, oracle, webhook, sources }
      for (const steps of world.rounds) await playRound(house, steps)
      await checkItems(house)
      await checkLedger(house)
      const letters = await newswire.api('/api/v1/dead-letters')
      expect(await letters.json()).toMatchObject({ items: [] })
    } catch (error) {
      throw new Error(`Run it again with newSeed(${seed})`, { cause: error })
    }
  },
  240_000,
)
