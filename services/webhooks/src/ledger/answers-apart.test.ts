import { startCatcher } from '@newswire/kit'
import { erasedFlag, type Fact } from '@newswire/model'
import { expect, it } from 'vitest'
import { startHouse, type TestHouse } from '../fixtures/house.js'
import { quickly } from '../fixtures/quickly.js'

async function answersTo({ bus }: TestHouse, item: string): Promise<string[]> {
  const facts: Fact<'answer'>[] = []
  for await (const { value } of bus.history('answer', { item })) facts.push(value)
  return facts.flatMap(({ answers }) => answers.map(({ text }) => text))
}

it('keeps no answer that was on its way to the ledger while the item was erased', async () => {
  await using house = await startHouse()
  await using catcher = await startCatcher()
  await house.work({ limits: { ...quickly.limits, outcomesWaitMs: 1_000 } })
  await house.api('POST', '', { body: { url: catcher.url, verify: false } })
  catcher.answer(({ body }) => ({ status: 200, body }))
  await house.publish({ id: 'na-1', headline: 'Zitronenfalter' })
  await expect.poll(() => catcher.events()).toHaveLength(1)
  const end = { version: 2, status: 'canceled', change: 'withdrawal' } as const
  await house.publish({ id: 'na-1', ...end, headline: '', flags: [erasedFlag] })
  await house.bus.eraseAnswers({ item: 'na-1' })
  await expect.poll(async () => (await house.ledger()).length, { timeout: 10_000 }).toBe(2)
  await expect.poll(() => answersTo(house, 'na-1')).toEqual([])
}, 60_000)

it('keeps answers by item, and none to the tombstone of what was erased', async () => {
  await using house = await startHouse()
  await using catcher = await startCatcher()
  await house.work()
  for (let each = 0; each < 2; each += 1) {
    await house.api('POST', '', { body: { url: catcher.url, verify: false } })
  }
  catcher.answer(({ body }) => ({ status: 200, body: `Got ${body.length} bytes.` }))
  const attempts = async () => (await house.ledger()).length
  await house.publish({ id: 'na-1' })
  await house.publish({ id: 'na-2' })
  await expect.poll(attempts).toBe(4)
  const got = expect.stringMatching(/^Got \d+ bytes\.$/)
  expect(await answersTo(house, 'na-1')).toEqual([got, got])
  const end = { version: 2, status: 'canceled', change: 'withdrawal' } as const
  await house.publish({ id: 'na-1', ...end, flags: [erasedFlag] })
  await house.publish({ id: 'na-2', ...end })
  await expect.poll(attempts).toBe(8)
  await expect.poll(() => answersTo(house, 'na-1')).toEqual([])
  expect(await answersTo(house, 'na-2')).toEqual([got, got, got, got])
  await house.publish({ id: 'na-3' })
  await expect.poll(attempts).toBe(10)
  await house.bus.eraseAnswers({ item: 'na-2' })
  const left = [await answersTo(house, 'na-2'), await answersTo(house, 'na-3')]
  expect(left).toEqual([[], [got, got]])
})
