import { endpointSchema, type TaggedItem, toToken } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { adminKey, openWindow, type TestWindow } from '../fixtures/window.js'
import { liveLimits } from './limits.js'

let window: TestWindow
beforeAll(async () => {
  window = await openWindow()
})
afterAll(() => window[Symbol.asyncDispose]())

interface Event {
  readonly name: string
  readonly id: string | undefined
  readonly data: Record<string, unknown>
}

/** What a reader is told, until it hangs up. */
async function read(headers: Record<string, string> = {}, query = '') {
  const hangUp = new AbortController()
  const { signal } = hangUp
  const answer = await fetch(`${window.url}/api/v1/live${query}`, { headers, signal })
  let text = ''
  const reading = (async () => {
    for await (const part of answer.body ?? []) text += Buffer.from(part).toString()
  })().catch(() => undefined)
  const events = () =>
    text
      .split('\n\n')
      .filter((part) => part.includes('data: '))
      .map(eventOf)
  return {
    events,
    status: answer.status,
    items: () => events().filter(({ name }) => name === 'item'),
    async [Symbol.asyncDispose]() {
      hangUp.abort()
      await reading
    },
  }
}

function eventOf(part: string): Event {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1]
  return { name: field('event') ?? '', id: field('id'), data: JSON.parse(field('data') ?? '') }
}

let tellings = 0
function tell(own: Partial<TaggedItem>) {
  const item = taggedItem({ tags: [tagOf('iso3166-1', 'CN')], ...own })
  tellings += 1
  return window.bus.publish('item.tagged', item, item, { id: `${toToken(item.id)}:${tellings}` })
}
const admin = { authorization: `Bearer ${adminKey}` }
const idsOf = (items: Event[]) => items.map(({ data }) => `${data['id']}.${data['version']}`)

it('tells an item within a second, and what came while a reader was away', async () => {
  let last = ''
  {
    await using reader = await read()
    await expect.poll(() => reader.events()[0]?.name).toBe('ready')
    await tell({ id: 'na-1', headline: '<script>alert(1)</script>' })
    await expect.poll(() => reader.items(), { timeout: 1_000 }).toHaveLength(1)
    expect(reader.items()[0]?.data).toMatchObject({
      ...{ id: 'na-1', version: 1, regions: ['CN'], topics: [], status: 'usable' },
      headline: '<script>alert(1)</script>',
    })
    last = reader.items()[0]?.id ?? ''
  }
  await tell({ id: 'na-2' })
  await tell({ id: 'na-3', headline: 'Secret words' })
  await tell({ id: 'na-3', version: 2, status: 'canceled', change: 'withdrawal', headline: 'Gone' })
  await using again = await read({ 'last-event-id': last })
  // Of what was taken back meanwhile only that is told.
  await expect.poll(() => idsOf(again.items())).toEqual(['na-2.1', 'na-3.2'])
  expect(JSON.stringify(again.events())).not.toContain('Secret words')
})

it('private items and figures are for admins alone', async () => {
  await using stranger = await read()
  await using operator = await read(admin)
  await tell({ id: 'na-4', rights: 'private' })
  await tell({ id: 'na-5' })
  await expect.poll(() => idsOf(operator.items())).toEqual(['na-4.1', 'na-5.1'])
  await expect.poll(() => idsOf(stranger.items())).toEqual(['na-5.1'])
  await expect.poll(() => operator.events().some(({ name }) => name === 'overview')).toBe(true)
  const names = new Set(stranger.events().map(({ name }) => name))
  expect(names).toEqual(new Set(['ready', 'item']))
})

/** A subscriber with a webhook of its own beside one of somebody else. */
async function houseOfTwo() {
  const made = await window.json<{ id: string; key: string }>('/api/v1/keys', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'subscriber', name: 'Reader' }),
  })
  const at = new Date().toISOString()
  const endpoints = await window.bus.register('endpoints', endpointSchema)
  for (const [id, owner] of [
    ['wh_own', made.id],
    ['wh_other', 'somebody'],
  ] as const) {
    await endpoints.put(id, {
      ...{ id, owner, url: 'https://example.org', filter: {}, events: [], format: 'newswire' },
      ...{ secret: 'sealed', status: 'active', createdAt: at, updatedAt: at },
    })
  }
  await expect.poll(() => window.watch.endpoints.get('wh_own')?.owner).toBe(made.id)
  return { authorization: `Bearer ${made.key}` }
}

let batches = 0
/** Outcomes of one attempt at each of the two. */
function attempted(own: { attempt: number; result: 'delivered' | 'superseded' }) {
  const at = new Date().toISOString()
  const attempts = ['wh_own', 'wh_other'].map((endpoint) => ({
    ...{ delivery: `msg_${endpoint}`, endpoint, item: 'na-1', revision: '1.1', sequence: 1 },
    ...{ startedAt: at, latencyMs: 12, status: 204, ...own },
  }))
  const fact = { type: 'outcomes', shard: 0, at, attempts } as const
  batches += 1
  return window.bus.publish('delivery', fact, { shard: 0 }, { id: `batch-${batches}` })
}

function planned() {
  const at = new Date().toISOString()
  const deliveries = ['wh_own', 'wh_other'].map((endpoint) => {
    return { id: `msg_${endpoint}`, endpoint, sequence: 1 }
  })
  const item = { id: 'na-1', wire: 'na', version: 1, revision: '1.1', status: 'usable' } as const
  const fact = { type: 'plan', shard: 0, at, item: { ...item, sequence: 1 }, deliveries } as const
  batches += 1
  return window.bus.publish('delivery', fact, { shard: 0 }, { id: `batch-${batches}` })
}

const told = (events: Event[]) =>
  events.filter(({ name }) => name === 'delivery').map(({ data }) => data['endpoint'])
const results = (events: Event[]) =>
  events.filter(({ name }) => name === 'delivery').map(({ data }) => data['result'])

it('a subscriber is told of its own deliveries, an admin of all', async () => {
  await using subscriber = await read(await houseOfTwo())
  await using operator = await read(admin)
  await planned()
  await attempted({ attempt: 0, result: 'superseded' })
  await attempted({ attempt: 1, result: 'delivered' })
  await expect.poll(() => told(operator.events())).toEqual(['wh_own', 'wh_other'])
  await expect.poll(() => told(subscriber.events())).toEqual(['wh_own'])
  expect(subscriber.events().some(({ name }) => name === 'overview')).toBe(false)
})

it('who reads one webhook is told its plans and outcomes, and nothing else', async () => {
  const subscriber = await houseOfTwo()
  await using own = await read(subscriber, '?webhook=wh_own')
  await using byAdmin = await read(admin, '?webhook=wh_own')
  await using other = await read(subscriber, '?webhook=wh_other')
  await using stranger = await read({}, '?webhook=wh_own')
  await using house = await read(admin)
  await planned()
  await attempted({ attempt: 0, result: 'superseded' })
  await tell({ id: 'na-6' })
  await attempted({ attempt: 1, result: 'delivered' })
  await expect.poll(() => results(house.events())).toEqual(['delivered', 'delivered'])
  await expect.poll(() => house.events().some(({ name }) => name === 'overview')).toBe(true)
  for (const reader of [own, byAdmin]) {
    await expect
      .poll(() => results(reader.events()))
      .toEqual(['planned', 'superseded', 'delivered'])
    expect(new Set(told(reader.events()))).toEqual(new Set(['wh_own']))
    expect(new Set(reader.events().map(({ name }) => name))).toEqual(new Set(['ready', 'delivery']))
  }
  for (const reader of [other, stranger]) {
    expect(reader.events().map(({ name }) => name)).toEqual(['ready'])
  }
})

it('who comes back to a webhook is told that it is read again, to ask what it missed', async () => {
  const headers = { ...(await houseOfTwo()), 'last-event-id': '1' }
  await using again = await read(headers, '?webhook=wh_own')
  await expect.poll(() => again.events().map(({ name }) => name)).toEqual(['ready'])
})

it('a headline as long as a text is told by its beginning', async () => {
  await using reader = await read()
  await tell({
    id: 'na-7',
    headline: `${'x'.repeat(liveLimits.headlineCharsMax - 1)}👩${'y'.repeat(9_000)}`,
  })
  await expect.poll(() => idsOf(reader.items())).toEqual(['na-7.1'])
  const headline = String(reader.items()[0]?.data['headline'])
  expect(headline).toBe(`${'x'.repeat(liveLimits.headlineCharsMax - 1)} …`)
})

it('who missed more than is kept, or names no place of ours, begins anew', async () => {
  for (const place of ['999999', 'x', '-1']) {
    await using reader = await read({ 'last-event-id': place })
    await expect.poll(() => reader.events()[0]?.name).toBe('reset')
  }
})

it.each([
  ['an address', () => ({})],
  ['a /64 of IPv6', (at: number) => ({ 'x-forwarded-for': `2001:db8::${at.toString(16)}:1` })],
])('%s may read along so often and not more', async (_, from) => {
  const { readersPerAddressMax: max } = liveLimits
  const readers = await Promise.all(Array.from({ length: max }, (_none, at) => read(from(at))))
  const refused = await read(from(max))
  expect(refused.status).toBe(429)
  for (const reader of [...readers, refused]) await reader[Symbol.asyncDispose]()
  await expect
    .poll(async () => {
      await using reader = await read()
      return reader.status
    })
    .toBe(200)
})

it('the head of a stream, which would take a place and never end, is not given', async () => {
  const signal = AbortSignal.timeout(5_000)
  const answer = await fetch(`${window.url}/api/v1/live`, { method: 'HEAD', signal })
  expect(answer.status).toBe(404)
})
