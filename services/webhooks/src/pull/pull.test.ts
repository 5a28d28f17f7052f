import { type Catcher, startCatcher } from '@newswire/kit'
import type { TaggedItem } from '@newswire/model'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startHouse, type TestHouse } from '../fixtures/house.js'
import { get, PlanWriter } from '../fixtures/ledger-room.js'

interface Pulled {
  readonly items: {
    id: string
    sequence: number
    previous: number | null
    revision: string
    superseded: boolean
    event: { type: string; data: Record<string, unknown> } | null
  }[]
  readonly after: number
}

let house: TestHouse
let catcher: Catcher

beforeAll(async () => {
  house = await startHouse()
  catcher = await startCatcher()
  await house.work()
})
afterAll(async () => {
  await catcher.stop()
  await house[Symbol.asyncDispose]()
})

async function register(issuer: string, own: object = {}): Promise<string> {
  const filter = { issuer: [issuer] }
  const body = { url: catcher.url, filter, verify: false, ...own }
  return String((await house.api('POST', '', { body })).body['id'])
}

async function pull(id: string, query = ''): Promise<Pulled> {
  const { status, body } = await get(house, `/api/v1/webhooks/${id}/events${query}`)
  expect({ status, body }).toMatchObject({ status: 200 })
  return body as unknown as Pulled
}

const textOf = (own: Partial<TaggedItem>) => ({
  body: { html: '<p>Geheimnis</p>', text: 'Geheimnis', complete: true },
  ...own,
})

it('gives a paused webhook everything in order, as a call would bring it', async () => {
  const name = 'Pause AG'
  const id = await register(name)
  const sent = await register(name)
  await house.api('PATCH', `/${id}`, { body: { status: 'paused' } })
  for (let n = 1; n <= 3; n += 1) await house.publish({ id: `na-1${n}`, issuer: { name } })
  await expect.poll(() => catcher.events().length).toBe(3)
  await expect.poll(async () => (await pull(id)).items.length).toBe(3)
  const { items, after } = await pull(id)
  expect(items.map(({ sequence }) => sequence)).toEqual([1, 2, 3])
  const called = catcher.events().map(({ request }) => JSON.parse(request.body))
  for (const { event } of items) expect(called).toContainEqual(event)
  expect((await pull(sent)).items.map(({ event }) => event)).toEqual(
    items.map(({ event }) => event),
  )
  expect(await pull(id, '?after=1&limit=1')).toMatchObject({ items: [{ sequence: 2 }], after: 2 })
  expect(await pull(id, `?after=${after}`)).toEqual({ items: [], next: null, after })
  const rest = await get(house, `/api/v1/webhooks/${id}/deliveries`)
  expect(rest.body['items']).toMatchObject(Array(3).fill({ state: 'waiting', attempts: [] }))
})

it('ends a page where its bodies have enough letters, and goes on behind it', async () => {
  await using own = await startHouse({ limits: { eventsCharsMax: 5_000 } })
  await own.work()
  const filter = { issuer: ['Wort AG'] }
  const { body } = await own.api('POST', '', { body: { url: catcher.url, filter, verify: false } })
  const path = `/api/v1/webhooks/${String(body['id'])}/events`
  const text = 'x'.repeat(3_000)
  for (let n = 1; n <= 5; n += 1) {
    const whole = { html: `<p>${text}</p>`, text, complete: true }
    await own.publish({ id: `na-9${n}`, issuer: { name: 'Wort AG' }, body: whole })
  }
  const from = async (after: number) => {
    const { items } = (await get(own, `${path}?after=${after}`)).body as unknown as Pulled
    return items.map(({ sequence }) => sequence)
  }
  await expect.poll(() => from(4)).toEqual([5])
  for (let after = 0; after < 5; after += 1) expect(await from(after)).toEqual([after + 1])
})

it('tells a version that a later sequence takes the place of without its body', async () => {
  const issuer = { name: 'Neuer AG' }
  const id = await register(issuer.name)
  await house.publish({ id: 'na-20', issuer })
  await house.publish({ id: 'na-20', issuer, version: 2, change: 'correction' })
  await expect.poll(async () => (await pull(id)).items.length).toBe(2)
  await expect
    .poll(async () => (await pull(id)).items)
    .toMatchObject([
      { sequence: 1, previous: null, revision: '1.1', superseded: true, event: null },
      { sequence: 2, previous: 1, superseded: false, event: { data: { version: '2' } } },
    ])
})

it('tells a withdrawn item as the tombstone, and its text nowhere', async () => {
  const issuer = { name: 'Rückruf AG' }
  const id = await register(issuer.name, { url: 'http://127.0.0.1:9/' })
  await house.api('PATCH', `/${id}`, { body: { status: 'paused' } })
  await house.publish(textOf({ id: 'na-30', issuer }))
  await expect.poll(async () => JSON.stringify(await pull(id))).toContain('Geheimnis')
  const body = { html: '', text: '', complete: true }
  const taken = { version: 2, status: 'canceled', change: 'withdrawal' } as const
  await house.publish({ id: 'na-30', issuer, headline: '', body, ...taken })
  await expect.poll(async () => (await pull(id)).items.length).toBe(2)
  await house.api('PATCH', `/${id}`, { body: { status: 'active' } })
  // A withdrawal of what no call brought is dropped; who pulled the text is told all the same.
  await expect
    .poll(async () => (await get(house, `/api/v1/webhooks/${id}/deliveries`)).body['items'])
    .toMatchObject([{ state: 'superseded' }, { state: 'superseded' }])
  const { items } = await pull(id)
  expect(items).toMatchObject([
    { sequence: 1, event: { type: 'item.withdrawn' } },
    { sequence: 2, event: { type: 'item.withdrawn' } },
  ])
  expect(JSON.stringify(items)).not.toContain('Geheimnis')
  for (const path of [`/api/v1/webhooks/${id}/deliveries`, '/api/v1/items/na-30/recall']) {
    expect(JSON.stringify(await get(house, path))).not.toContain('Geheimnis')
  }
})

it('waits for the next event, and is woken by its plan', async () => {
  const name = 'Warte AG'
  const id = await register(name)
  const waiting = pull(id, '?wait=30')
  const other = pull(await register('Anders AG'), '?wait=1')
  expect((await other).items).toEqual([])
  await house.publish({ id: 'na-40', issuer: { name } })
  expect((await waiting).items).toMatchObject([{ sequence: 1, event: { type: 'item.published' } }])
})

it('lets nobody wait for longer than the server runs', async () => {
  await using quiet = await startHouse()
  const { body } = await quiet.api('POST', '', { body: { url: catcher.url, verify: false } })
  const path = `/api/v1/webhooks/${body['id']}/events?wait=30`
  let answered: unknown
  const waiting = get(quiet, path).then((answer) => {
    answered = answer.status
  })
  await expect.poll(async () => (await get(quiet, path.replace('30', '0'))).status).toBe(200)
  expect(answered).toBeUndefined()
  await quiet.server.close()
  await waiting
  expect(answered).toBe(200)
})

it('shows no private item to a webhook that may not see such ones', async () => {
  const issuer = { name: 'Privat AG' }
  const common = { key: house.keys.one }
  const body = { url: catcher.url, filter: { issuer: [issuer.name] } }
  const id = String((await house.api('POST', '', { ...common, body })).body['id'])
  await house.publish(textOf({ id: 'na-50', issuer }))
  await expect.poll(async () => JSON.stringify(await pull(id))).toContain('Geheimnis')
  await house.publish(textOf({ id: 'na-50', issuer, version: 2, rights: 'private' }))
  await expect
    .poll(async () => (await pull(id)).items)
    .toMatchObject([{ sequence: 1, superseded: true, event: null }])
})

it('stops at a gap, and goes on once it is closed', async () => {
  await using quiet = await startHouse()
  const answer = await quiet.api('POST', '', { body: { url: catcher.url, verify: false } })
  const id = String(answer.body['id'])
  await quiet.publish({ id: 'na-1' })
  const ledger = new PlanWriter(quiet)
  const planOf = (sequence: number) => ({
    deliveries: [{ id: `msg_${sequence}`, endpoint: id, sequence }],
  })
  await ledger.plan('na-1', [], planOf(1))
  await ledger.plan('na-1', [], planOf(3))
  const sequences = async (query = '') => {
    const { body } = await get(quiet, `/api/v1/webhooks/${id}/events${query}`)
    return (body as unknown as Pulled).items.map(({ sequence }) => sequence)
  }
  expect(await sequences()).toEqual([1])
  expect(await sequences('?after=1')).toEqual([])
  await ledger.plan('na-1', [], planOf(2))
  expect(await sequences()).toEqual([1, 2, 3])
})
