import { type Catcher, startCatcher } from '@newswire/kit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { flushRedis, startHouse, type TestHouse } from '../fixtures/house.js'
import { get } from '../fixtures/ledger-room.js'

interface Recall {
  readonly revision: string
  readonly counts: Record<string, number>
  readonly complete: boolean
  readonly completeAfterMs: number | null
  readonly receivers: { endpoint: string; state: string; sent: boolean; since?: string }[]
}

let house: TestHouse
const catchers: Catcher[] = []
const idOf = new Map<Catcher, string>()

beforeAll(async () => {
  house = await startHouse()
  await house.work()
  for (let n = 0; n < 30; n += 1) catchers.push(await startCatcher())
})
afterAll(async () => {
  await Promise.all(catchers.map((catcher) => catcher.stop()))
  await house[Symbol.asyncDispose]()
})

async function recallOf(item: string, query = '', key?: string): Promise<Recall> {
  const { status, body } = await get(house, `/api/v1/items/${item}/recall${query}`, key)
  expect({ status, body }).toMatchObject({ status: 200 })
  return body as unknown as Recall
}

/** Endpoints whose catcher answered 204 to an event of this type. */
const told = (type: string, isUp: (catcher: Catcher) => boolean) =>
  catchers
    .filter((catcher) => isUp(catcher) && catcher.events().some((event) => event.type === type))
    .map((catcher) => idOf.get(catcher))
    .sort()

const inState = ({ receivers }: Recall, state: string) =>
  receivers
    .filter((each) => each.state === state)
    .map(({ endpoint }) => endpoint)
    .sort()

it('equals what the receivers saw, to whom filters that changed and outages mean nothing', async () => {
  const issuer = { name: 'Kill AG' }
  for (const [n, catcher] of catchers.entries()) {
    const key = n === 0 ? house.keys.one : house.keys.admin
    const filter = { issuer: [issuer.name] }
    const body = { url: catcher.url, filter, ...(n === 0 ? {} : { verify: false }) }
    idOf.set(catcher, String((await house.api('POST', '', { key, body })).body['id']))
  }
  const [own = ''] = idOf.values()
  await expect.poll(async () => (await house.api('GET', `/${own}`)).body['status']).toBe('active')
  await house.publish({ id: 'na-1', issuer })
  await expect.poll(() => told('item.published', () => true).length).toBe(30)
  expect((await get(house, '/api/v1/items/na-1/recall')).status).toBe(404)

  const isDown = (catcher: Catcher) => catchers.indexOf(catcher) % 10 === 9
  for (const catcher of catchers.filter(isDown)) catcher.answer(() => ({ status: 503 }))
  for (const catcher of catchers.slice(0, 15)) {
    const body = { filter: { issuer: ['Anders AG'] } }
    await house.api('PATCH', `/${idOf.get(catcher)}`, { body })
  }
  const taken = { version: 2, status: 'canceled', change: 'withdrawal' } as const
  await house.publish({ id: 'na-1', issuer, ...taken })
  await expect
    .poll(async () => (await recallOf('na-1')).counts)
    .toMatchObject({ receivers: 30, sent: 30, acknowledged: 27, pending: 3, failed: 0 })
  const during = await recallOf('na-1')
  expect(during).toMatchObject({ revision: '2.1', complete: false, completeAfterMs: null })
  expect(inState(during, 'acknowledged')).toEqual(told('item.withdrawn', (each) => !isDown(each)))
  expect(inState(during, 'pending')).toEqual(told('item.withdrawn', isDown))

  for (const catcher of catchers.filter(isDown)) catcher.answer(() => undefined)
  await expect.poll(async () => (await recallOf('na-1')).complete, { timeout: 10_000 }).toBe(true)
  const after = await recallOf('na-1')
  expect(inState(after, 'acknowledged')).toEqual(told('item.withdrawn', () => true))
  expect(after.completeAfterMs).toBeGreaterThan(0)

  const mine = await recallOf('na-1', '', house.keys.one)
  expect(mine.receivers).toMatchObject([{ endpoint: own, state: 'acknowledged' }])
  expect((await get(house, '/api/v1/items/na-1/recall', house.keys.other)).status).toBe(404)

  await flushRedis(house.redis)
  await expect
    .poll(() => get(house, '/api/v1/items/na-1/recall'), { timeout: 10_000 })
    .toEqual({ status: 200, body: after })
})

it('tells of a correction, and spares who does not ask for such', async () => {
  const issuer = { name: 'Fehler AG' }
  const [first, second] = catchers
  const body = { url: first?.url, filter: { issuer: [issuer.name] }, verify: false }
  const asks = (await house.api('POST', '', { body })).body['id']
  const events = ['item.published']
  const deaf = { ...body, url: second?.url, events }
  const asksNot = (await house.api('POST', '', { body: deaf })).body['id']
  await house.publish({ id: 'na-2', issuer })
  await expect.poll(async () => (await recallOf('na-2', '?revision=1')).complete).toBe(true)
  await expect
    .poll(async () => (await recallOf('na-2', '?revision=1')).counts)
    .toMatchObject({ receivers: 2, acknowledged: 2 })
  await house.publish({ id: 'na-2', issuer, version: 2, change: 'correction' })
  await expect
    .poll(async () => (await recallOf('na-2')).counts)
    .toMatchObject({ receivers: 2, acknowledged: 1, spared: 1, pending: 0 })
  const recall = await recallOf('na-2')
  expect(inState(recall, 'acknowledged')).toEqual([asks])
  expect(inState(recall, 'spared')).toEqual([asksNot])
  expect(await recallOf('na-2', '?revision=1.1')).toMatchObject({ counts: { acknowledged: 2 } })
  expect((await get(house, '/api/v1/items/na-2/recall?revision=7')).status).toBe(404)
  expect((await get(house, '/api/v1/items/na-3/recall')).status).toBe(404)
})

it('waits for nobody whose webhook was deleted, before it was planned for or while it was tried', async () => {
  const issuer = { name: 'Weg AG' }
  const [kept, early, late, told] = catchers.slice(2, 6)
  const ids = new Map<Catcher | undefined, string>()
  for (const catcher of [kept, early, late, told]) {
    const body = { url: catcher?.url, filter: { issuer: [issuer.name] }, verify: false }
    ids.set(catcher, String((await house.api('POST', '', { body })).body['id']))
  }
  await house.publish({ id: 'na-gone', issuer })
  await expect
    .poll(async () => (await recallOf('na-gone', '?revision=1')).counts)
    .toMatchObject({ acknowledged: 4 })
  const began = Date.now()
  await house.api('DELETE', `/${ids.get(early)}`)
  for (const catcher of [kept, late]) catcher?.answer(() => ({ status: 503 }))
  await house.publish({
    ...{ id: 'na-gone', issuer, version: 2, status: 'canceled', change: 'withdrawal' },
  })
  await expect
    .poll(async () => (await recallOf('na-gone')).counts)
    .toMatchObject({ receivers: 4, acknowledged: 1, pending: 2, gone: 1 })
  await house.api('DELETE', `/${ids.get(late)}`)
  await house.api('DELETE', `/${ids.get(told)}`)
  kept?.answer(() => undefined)
  await expect
    .poll(() => recallOf('na-gone'), { timeout: 10_000 })
    .toMatchObject({
      complete: true,
      completeAfterMs: expect.any(Number),
      counts: { receivers: 4, acknowledged: 2, gone: 2, pending: 0, failed: 0 },
    })
  const recall = await recallOf('na-gone')
  expect(inState(recall, 'gone')).toEqual([ids.get(early), ids.get(late)].sort())
  const gone = recall.receivers.filter(({ state }) => state === 'gone')
  for (const { since = '' } of gone) {
    expect(Date.parse(since)).toBeGreaterThanOrEqual(began - 1_000)
    expect(Date.parse(since)).toBeLessThanOrEqual(Date.now())
  }
  expect(gone.find(({ endpoint }) => endpoint === ids.get(late))?.sent).toBe(true)
})

it('tells a subscriber of a private item what it tells of one that is not there', async () => {
  await house.publish({ id: 'na-private', rights: 'private' })
  await house.publish({ id: 'na-private', rights: 'private', version: 2, change: 'correction' })
  const asked = async (item: string, query = '') => {
    const { status, body } = await get(
      house,
      `/api/v1/items/${item}/recall${query}`,
      house.keys.one,
    )
    return { status, detail: body['detail'] }
  }
  const none = await asked('na-none')
  expect(none.status).toBe(404)
  await expect
    .poll(async () => (await get(house, '/api/v1/items/na-private/recall')).status)
    .toBe(200)
  for (const query of ['', '?revision=1', '?revision=9']) {
    expect(await asked('na-private', query)).toEqual(none)
  }
})
