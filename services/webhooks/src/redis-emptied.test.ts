import { startCatcher } from '@newswire/kit'
import type { DeliveryFact } from '@newswire/model'
import { expect, it } from 'vitest'
import { flushRedis, readFacts, startHouse } from './fixtures/house.js'
import { quickly } from './fixtures/quickly.js'

const endpoints = 50
const items = 200
const all = endpoints * items

const deliveriesIn = (facts: readonly DeliveryFact[]) =>
  facts.flatMap((fact) => (fact.type === 'plan' ? fact.deliveries : []))
const deliveredIn = (facts: readonly DeliveryFact[]) =>
  facts
    .flatMap((fact) => (fact.type === 'outcomes' ? fact.attempts : []))
    .filter(({ result }) => result === 'delivered')
    .map(({ delivery }) => delivery)

it('delivers ten thousand that wait at failing endpoints when Redis is emptied', async () => {
  await using house = await startHouse()
  await using catcher = await startCatcher()
  catcher.answer(() => ({ status: 503 }))
  const schedule = { ...quickly.schedule, stepsMs: [10_000], thenEveryMs: 10_000 }
  await house.work({ schedule })
  for (let endpoint = 1; endpoint <= endpoints; endpoint += 1) {
    const body = { url: `${catcher.url}/${endpoint}`, filter: {}, verify: false }
    expect((await house.api('POST', '', { body })).status).toBe(201)
  }
  for (let item = 1; item <= items; item += 1) await house.publish({ id: `na-${item}` })
  const planned = async () => deliveriesIn(await readFacts(house.bus)).length
  await expect.poll(planned, { timeout: 60_000, interval: 1_000 }).toBe(all)
  expect(deliveredIn(await readFacts(house.bus))).toEqual([])

  await flushRedis(house.redis)
  catcher.answer(() => undefined)
  const delivered = async () => deliveredIn(await readFacts(house.bus)).length
  await expect.poll(delivered, { timeout: 60_000, interval: 1_000 }).toBe(all)
  expect(new Set(deliveredIn(await readFacts(house.bus))).size).toBe(all)
}, 180_000)
