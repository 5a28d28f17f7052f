import { startCatcher } from '@newswire/kit'
import { expect, it } from 'vitest'
import { startHouse } from './fixtures/house.js'

it('goes on delivering, gaplessly and over a restart, when the ledger has reached its limit', async () => {
  await using house = await startHouse({ streamLimits: { DELIVERIES: { bytesMax: 30_000 } } })
  await using catcher = await startCatcher()
  const worker = await house.work()
  const body = { url: catcher.url, filter: {}, verify: false }
  expect((await house.api('POST', '', { body })).status).toBe(201)
  const count = 120
  const publish = async (from: number, to: number) => {
    for (let item = from; item <= to; item += 1) await house.publish({ id: `na-${item}` })
    await expect.poll(() => catcher.requests.length, { timeout: 10_000 }).toBe(to)
  }
  await publish(1, count)
  await worker.stop()
  await house.work()
  await publish(count + 1, count + 10)
  const sequences = catcher.requests.map(({ headers }) => Number(headers['newswire-sequence']))
  expect(sequences.sort((a, b) => a - b)).toEqual(sequences.map((_, at) => at + 1))
  const ledger = (await house.bus.streams()).find(({ stream }) => stream === 'DELIVERIES')
  expect(ledger?.firstSequence).toBeGreaterThan(1)
  expect(ledger?.bytes).toBeLessThanOrEqual(30_000)
})
