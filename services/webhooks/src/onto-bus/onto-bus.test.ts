import { execFileSync } from 'node:child_process'
import { type Catcher, startCatcher } from '@newswire/kit'
import type { RunningWorker } from '@newswire/runtime'
import { AckPolicy, connect, type JetStreamManager, type JsMsg, type NatsConnection } from 'nats'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startHouse, type TestHouse } from '../fixtures/house.js'
import { webhookRowSchema } from '../registry/webhook-row.js'
import { createOut, type OutMessage } from './out.js'

let house: TestHouse
let worker: RunningWorker
let catcher: Catcher
let reader: NatsConnection
let operator: JetStreamManager

beforeAll(async () => {
  ;[house, catcher] = await Promise.all([startHouse(), startCatcher()])
  worker = await house.work()
  reader = await connect({ servers: house.nats.url })
  operator = await reader.jetstreamManager()
})
afterAll(async () => {
  await reader.close()
  await house[Symbol.asyncDispose]()
  await catcher.stop()
})

async function subscribe(own: object = {}): Promise<string> {
  const body = { target: 'bus', ...own }
  const answer = await house.api('POST', '', { body })
  expect(answer.status).toBe(201)
  return String(answer.body['id'])
}

/** What stands for a subscription, in the order of the stream. */
async function standing(id: string): Promise<JsMsg[]> {
  const subject = `out.${id}.*`
  const { state } = await operator.streams.info('OUT', { subjects_filter: subject })
  const count = Object.values(state.subjects ?? {}).reduce((sum, each) => sum + each, 0)
  const config = { filter_subject: subject, ack_policy: AckPolicy.None }
  const { name } = await operator.consumers.add('OUT', config)
  const consumer = await reader.jetstream().consumers.get('OUT', name)
  const found: JsMsg[] = []
  for (let n = 0; n < count; n += 1) {
    const message = await consumer.next({ expires: 1_000 })
    if (message) found.push(message)
  }
  return found
}
const typesOf = async (id: string) => (await standing(id)).map((each) => each.json<Event>().type)
interface Event {
  readonly type: string
  readonly data: { readonly version: string; readonly uri: string }
}

const filesWith = (word: string) =>
  execFileSync('sh', ['-c', `grep -rla ${word} ${house.nats.folder} || true`])
    .toString()
    .split('\n')
    .filter((path) => path.includes('/OUT/'))

const bodyOf = (text: string) => ({ html: `<p>${text}</p>`, text, complete: true })

it('stores what matches as a webhook would be sent it, with the same ledger', async () => {
  const issuer = { name: 'Bus AG' }
  const id = await subscribe({ filter: { issuer: [issuer.name] }, events: ['item.published'] })
  await house.publish({ id: 'na-bus', issuer })
  await expect.poll(() => typesOf(id)).toEqual(['item.published'])
  const [message] = await standing(id)
  expect(message?.subject).toBe(`out.${id}.na-bus`)
  expect(message?.json<Event>().data).toMatchObject({ uri: 'urn:newswire:na-bus', version: '1' })
  const header = (name: string) => message?.headers?.get(name)
  expect(header('webhook-id')).toMatch(/^msg_/)
  expect(header('Nats-Msg-Id')).toBe(header('webhook-id'))
  expect(Number(header('webhook-timestamp'))).toBeGreaterThan(1_700_000_000)
  expect(header('newswire-version')).toBe('1')
  expect(header('newswire-sequence')).toBe('1')
  expect(header('newswire-previous')).toBe('')
  expect(header('content-type')).toBe('application/json')
  const own = async () => (await house.api('GET', `/${id}/deliveries`)).body['items']
  await expect
    .poll(own)
    .toMatchObject([
      { id: header('webhook-id'), state: 'delivered', sequence: 1, attempts: [{ attempt: 1 }] },
    ])
})

it('keeps the newest version of an item only, also on the disk', async () => {
  const issuer = { name: 'Neu AG' }
  const id = await subscribe({ filter: { issuer: [issuer.name] } })
  await house.publish({ id: 'na-neu', issuer, body: bodyOf('Zitronenfalter') })
  await expect.poll(() => typesOf(id)).toEqual(['item.published'])
  expect(filesWith('Zitronenfalter')).not.toEqual([])
  await house.publish({ id: 'na-neu', issuer, version: 2, body: bodyOf('Admiral') })
  await expect.poll(() => typesOf(id)).toEqual(['item.updated'])
  await expect.poll(() => filesWith('Zitronenfalter')).toEqual([])
  const [message] = await standing(id)
  expect(message?.headers?.get('newswire-sequence')).toBe('2')
  expect(message?.headers?.get('newswire-previous')).toBe('1')
  const end = { change: 'withdrawal', status: 'canceled', body: bodyOf('') } as const
  await house.publish({ id: 'na-neu', issuer, version: 3, ...end })
  await expect.poll(() => typesOf(id)).toEqual(['item.withdrawn'])
  await expect.poll(() => filesWith('Admiral')).toEqual([])
})

it('takes an item back also where the filter and the events leave that out', async () => {
  const issuer = { name: 'Fort AG' }
  const id = await subscribe({ filter: { issuer: [issuer.name] }, events: ['item.published'] })
  await house.publish({ id: 'na-fort', issuer, body: bodyOf('Kaisermantel') })
  await expect.poll(() => typesOf(id)).toEqual(['item.published'])
  const body = { filter: { issuer: ['Andere AG'] } }
  expect((await house.api('PATCH', `/${id}`, { body })).status).toBe(200)
  await house.publish({ id: 'na-fort', issuer, version: 2, status: 'canceled' })
  await expect.poll(() => typesOf(id)).toEqual(['item.withdrawn'])
  await expect.poll(() => filesWith('Kaisermantel')).toEqual([])
})

it('takes back what is withheld from publication as what is withdrawn', async () => {
  const issuer = { name: 'Halt AG' }
  const id = await subscribe({ filter: { issuer: [issuer.name] }, events: ['item.published'] })
  await house.publish({ id: 'na-halt', issuer, body: bodyOf('Schillerfalter') })
  await expect.poll(() => typesOf(id)).toEqual(['item.published'])
  await house.publish({ id: 'na-halt', issuer, version: 2, status: 'withheld' })
  await expect.poll(() => typesOf(id)).toEqual(['item.withdrawn'])
  await expect.poll(() => filesWith('Schillerfalter')).toEqual([])
})

it('takes all that it was given away when the subscription is deleted', async () => {
  const issuer = { name: 'Ende AG' }
  const id = await subscribe({ filter: { issuer: [issuer.name] } })
  const other = await subscribe({ filter: { issuer: [issuer.name] } })
  for (const n of [1, 2]) {
    await house.publish({ id: `na-ende-${n}`, issuer, body: bodyOf('Trauermantel') })
  }
  await expect.poll(() => typesOf(id)).toHaveLength(2)
  await expect.poll(() => typesOf(other)).toHaveLength(2)
  expect((await house.api('DELETE', `/${id}`)).status).toBe(204)
  expect((await house.api('GET', `/${id}`)).status).toBe(404)
  const listed = (await house.api('GET', '')).body['items'] as { id: string }[]
  expect(listed.map((each) => each.id)).not.toContain(id)
  await expect.poll(() => standing(id)).toEqual([])
  expect(await standing(other)).toHaveLength(2)
  await house.publish({ id: 'na-ende-3', issuer })
  await expect.poll(() => typesOf(other)).toHaveLength(3)
  expect(await standing(id)).toEqual([])
})

it('is deleted by the next worker where none runs', async () => {
  const issuer = { name: 'Spät AG' }
  const id = await subscribe({ filter: { issuer: [issuer.name] } })
  await house.publish({ id: 'na-spaet', issuer })
  await expect.poll(() => typesOf(id)).toHaveLength(1)
  await worker.stop()
  expect((await house.api('DELETE', `/${id}`)).status).toBe(204)
  expect((await house.api('GET', `/${id}`)).status).toBe(404)
  expect(await standing(id)).toHaveLength(1)
  worker = await house.work()
  await expect.poll(() => standing(id)).toEqual([])
  const endpoints = await house.bus.register('endpoints', webhookRowSchema)
  await expect.poll(() => endpoints.get(id)).toBeUndefined()
})

it('is for admins, has no address, secret or status, and says so', async () => {
  const bus = { target: 'bus' }
  expect((await house.api('POST', '', { body: bus, key: house.keys.one })).status).toBe(403)
  expect((await house.api('POST', '', { body: { ...bus, url: catcher.url } })).status).toBe(422)
  expect((await house.api('POST', '', { body: {} })).body).toMatchObject({ status: 422 })
  const answer = await house.api('POST', '', { body: bus })
  const id = String(answer.body['id'])
  expect(id).toMatch(/^bus_/)
  expect(answer.body).toMatchObject({ target: 'bus', stream: 'OUT', subject: `out.${id}.*` })
  expect(answer.body).not.toHaveProperty('url')
  expect(answer.body).not.toHaveProperty('secret')
  const refused = [
    await house.api('PATCH', `/${id}`, { body: { status: 'paused' } }),
    await house.api('PATCH', `/${id}`, { body: { paused: true } }),
    await house.api('POST', '', { body: { ...bus, paused: true } }),
    await house.api('PATCH', `/${id}`, { body: { url: catcher.url } }),
    await house.api('POST', `/${id}/rotate-secret`, { body: {} }),
  ]
  expect(refused.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422])
  const tested = await house.api('POST', `/${id}/test`, { body: {} })
  expect(tested.body).toMatchObject({ delivered: true })
  expect((await standing(id)).map(({ subject }) => subject)).toEqual([`out.${id}.test`])
  expect((await house.api('DELETE', `/${id}`)).status).toBe(204)
})

it('stores nothing behind a newer message, and what stands already only once', async () => {
  let isDeleted = false
  const clock = { now: () => new Date() }
  const out = createOut({ bus: house.bus, clock, isStanding: () => !isDeleted })
  const message = (sequence: number, own: Partial<OutMessage> = {}): OutMessage => ({
    ...{ subscription: 'bus_hand', item: 'na-1', id: `msg_${sequence}`, sequence },
    isNext: false,
    body: JSON.stringify({ type: 'item.published', sequence }),
    headers: { 'newswire-sequence': String(sequence) },
    ...own,
  })
  const sequences = async () =>
    (await standing('bus_hand')).map((each) => each.json<{ sequence: number }>().sequence)
  const stored = { answer: { kind: 'answered', status: 200 } }
  // The second one was planned by an owner that did not know of the first.
  for (const n of [1, 2, 2]) expect(await out(message(n))).toMatchObject(stored)
  expect(await sequences()).toEqual([2])
  const late = await out(message(1, { isNext: true, id: 'msg_late' }))
  expect(late).toMatchObject({ answer: { kind: 'dropped' } })
  // The same version again, by a replay.
  expect(await out(message(3, { isNext: true, id: 'msg_2' }))).toMatchObject(stored)
  expect(await sequences()).toEqual([3])
  isDeleted = true
  expect(await out(message(4, { isNext: true }))).toMatchObject(stored)
  expect(await sequences()).toEqual([])
})
