import { chanceFrom, type Newswire, newSeed, startNewswire } from '@newswire/kit'
import { expect, test } from 'vitest'
import { feedItems, push } from '../e2e/feeds-of.js'

const itemCount = 500
const kills = 10

const release = (n: number) =>
  `Meldung Nummer ${n} der Muster AG\n\nBonn (ots) - Die Muster AG meldet zum Fall ${n}: alles läuft.\n\nOriginal-Content von: Muster AG ${n}, übermittelt durch news aktuell\n`

/** Pushes until intake has answered 202, over as many lives as it takes. */
async function pushUntilTaken(wire: { current: Newswire }, n: number): Promise<void> {
  for (;;) {
    const at = wire.current
    const answer = await push(at, release(n)).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.status === 202) return
    // A dead server takes nothing; go on once another one stands in its place.
    await expect.poll(() => wire.current !== at || at === undefined, { timeout: 60_000 }).toBe(true)
  }
}

test('kill -9 at ten moments while 500 items flow loses none and doubles none', async () => {
  const seed = newSeed()
  const chance = chanceFrom(seed)
  const wire = { current: await startNewswire({}) }
  const { dataDir } = wire.current
  let taken = 0
  const pushing = (async () => {
    const lanes = Array.from({ length: 4 }, async (_, lane) => {
      for (let n = lane; n < itemCount; n += 4) {
        await pushUntilTaken(wire, n)
        taken += 1
      }
    })
    await Promise.all(lanes)
  })()
  for (let kill = 1; kill <= kills; kill += 1) {
    const moment = Math.floor((itemCount * kill) / (kills + 1)) + chance.below(20)
    await expect.poll(() => taken, { timeout: 60_000, interval: 1 }).toBeGreaterThanOrEqual(moment)
    await wire.current.kill()
    wire.current = await startNewswire({ dataDir })
  }
  await pushing
  await expect
    .poll(async () => (await feedItems(wire.current, 'limit=500')).length, { timeout: 60_000 })
    .toBe(itemCount)
  const items = await feedItems(wire.current, 'limit=500')
  expect(new Set(items.map(({ id }) => id)).size, `seed ${seed}`).toBe(itemCount)
  expect(new Set(items.map(({ title }) => title)).size).toBe(itemCount)
  expect(items.every((item) => item._newswire.version === 1)).toBe(true)
  await wire.current.stop()
}, 300_000)
