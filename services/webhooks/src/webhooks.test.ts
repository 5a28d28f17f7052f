import { type Catcher, startCatcher } from '@newswire/kit'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startHouse, type TestHouse } from './fixtures/house.js'

let house: TestHouse
let catcher: Catcher
let items = 0

beforeAll(async () => {
  house = await startHouse()
  await house.work()
})
afterAll(() => house[Symbol.asyncDispose]())

beforeEach(async () => {
  items += 1
  catcher = await startCatcher()
  return () => catcher.stop()
})

const newId = () => `na-${items}`
const versions = () => catcher.events().map(({ data }) => data['version'])
const types = () => catcher.events().map(({ type }) => type)

async function register(options: object = {}): Promise<{ id: string; secret: string }> {
  const body = { url: catcher.url, filter: { source: ['na'] }, verify: false, ...options }
  const answer = await house.api('POST', '', { body })
  expect(answer.status).toBe(201)
  // The next test's items must not reach this catcher, which is gone by then.
  return answer.body as { id: string; secret: string }
}

it('delivers a matching item once, and the standardwebhooks library verifies it', async () => {
  const { id, secret } = await register({ filter: { region: ['142'], issuer: ['Einmal AG'] } })
  await house.publish({ id: newId(), issuer: { name: 'Einmal AG' } })
  await expect.poll(types).toEqual(['item.published'])
  const [event] = catcher.events()
  const { headers, body } = event?.request ?? { headers: {}, body: '' }
  expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
    type: 'item.published',
    data: { uri: `urn:newswire:${newId()}`, _newswire: { revision: '1.1' } },
  })
  expect(headers).toMatchObject({
    'newswire-version': '1',
    'newswire-sequence': '1',
    'content-type': 'application/json',
    'user-agent': expect.stringContaining('Newswire'),
  })
  expect(headers).not.toHaveProperty('newswire-previous')
  await expect
    .poll(async () => (await house.ledger()).filter(({ endpoint }) => endpoint === id))
    .toMatchObject([{ result: 'delivered', attempt: 1, status: 204, sequence: 1 }])
})

it('matches every item that comes after the 201', async () => {
  for (let round = 1; round <= 20; round += 1) {
    const name = `Sofort ${items} ${round}`
    await register({ filter: { issuer: [name] } })
    await house.publish({ id: `${newId()}-${round}`, issuer: { name } })
    await expect.poll(types).toHaveLength(round)
  }
})

it('never lets an original land after its correction, which waits out an outage', async () => {
  const issuer = { name: 'Ausfall AG' }
  await register({ filter: { issuer: [issuer.name] } })
  catcher.answer(() => ({ status: 503 }))
  await house.publish({ id: newId(), issuer })
  await expect.poll(() => catcher.requests.length).toBe(2)
  await house.publish({ id: newId(), issuer, version: 2, change: 'correction' })
  await expect.poll(() => versions().includes('2')).toBe(true)
  catcher.answer(() => undefined)
  const seen = catcher.requests.length
  await expect.poll(() => catcher.requests.length).toBeGreaterThan(seen)
  const order = versions().map(Number)
  expect(order).toEqual([...order].sort())
  // The endpoint has acknowledged nothing before: to it the correction is the publication.
  expect(types().at(-1)).toBe('item.published')
  const { headers } = catcher.events().at(-1)?.request ?? { headers: {} }
  expect(headers).toMatchObject({ 'newswire-sequence': '2', 'newswire-previous': '1' })
})

it('tells updates, corrections and withdrawals by what the endpoint knows', async () => {
  const issuer = { name: 'Leben AG' }
  const item = { id: newId(), issuer }
  await register({ filter: { issuer: [issuer.name] } })
  for (const [version, change, status] of [
    [1, 'new', 'usable'],
    [2, 'update', 'usable'],
    [3, 'correction', 'usable'],
    [4, 'withdrawal', 'canceled'],
  ] as const) {
    await house.publish({ ...item, version, change, status })
    await expect.poll(versions).toHaveLength(version)
  }
  expect(types()).toEqual(['item.published', 'item.updated', 'item.corrected', 'item.withdrawn'])
  expect(JSON.stringify(catcher.events().at(-1)?.data)).not.toContain('Werk eröffnet')
})

it('takes an item back from those whose filter does not take it any more', async () => {
  const issuer = { name: 'Rückruf AG' }
  const { id } = await register({ filter: { issuer: [issuer.name] } })
  await house.publish({ id: newId(), issuer })
  await expect.poll(versions).toEqual(['1'])
  const body = { filter: { issuer: ['Andere GmbH'] }, events: ['item.published'] }
  expect((await house.api('PATCH', `/${id}`, { body })).status).toBe(200)
  await house.publish({ id: newId(), issuer, version: 2, change: 'withdrawal', status: 'canceled' })
  await expect.poll(types).toEqual(['item.published', 'item.withdrawn'])
})

it('does not tell the withdrawal of what was never sent', async () => {
  const issuer = { name: 'Still AG' }
  await register({ filter: { issuer: [issuer.name] } })
  await house.publish({ id: newId(), issuer, change: 'withdrawal', status: 'canceled' })
  await house.publish({ id: `${newId()}-b`, issuer })
  await expect.poll(types).toEqual(['item.published'])
})

it('sends only the kinds of events that a webhook asks for', async () => {
  const issuer = { name: 'Nur Neues AG' }
  await register({ filter: { issuer: [issuer.name] }, events: ['item.published'] })
  await house.publish({ id: newId(), issuer })
  await expect.poll(versions).toEqual(['1'])
  await house.publish({ id: newId(), issuer, version: 2 })
  await house.publish({ id: `${newId()}-b`, issuer })
  await expect.poll(types).toEqual(['item.published', 'item.published'])
})

it('asks a new webhook for its challenge, and then sends what waited', async () => {
  const issuer = { name: 'Prüfung AG' }
  catcher.answer(() => ({ status: 500 }))
  const { id } = await register({ filter: { issuer: [issuer.name] }, verify: true })
  await house.publish({ id: newId(), issuer })
  await expect.poll(() => catcher.requests.length).toBeGreaterThan(1)
  expect((await house.api('GET', `/${id}`)).body).toMatchObject({ status: 'pending' })
  expect(catcher.events()).toEqual([])
  catcher.answer(() => undefined)
  await expect.poll(types).toEqual(['item.published'])
  expect((await house.api('GET', `/${id}`)).body).toMatchObject({ status: 'active' })
})

it('disables a webhook that answers 410', async () => {
  const issuer = { name: 'Weg AG' }
  const { id } = await register({ filter: { issuer: [issuer.name] } })
  catcher.answer(() => ({ status: 410 }))
  await house.publish({ id: newId(), issuer })
  await expect
    .poll(async () => (await house.api('GET', `/${id}`)).body)
    .toMatchObject({ status: 'disabled', reason: expect.stringContaining('410') })
})
