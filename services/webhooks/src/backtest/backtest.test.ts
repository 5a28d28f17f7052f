import type { Stored } from '@newswire/bus'
import { type Catcher, startCatcher } from '@newswire/kit'
import { isErased, parseFilter, type TaggedItem } from '@newswire/model'
import { tagOf } from '@newswire/model/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startHouse, type TestHouse } from '../fixtures/house.js'
import { backtest } from './backtest.js'
import { Hindsight } from './hindsight.js'
import { backtestLimits } from './limits.js'
import { readWindow } from './window.js'

const allTags = [
  tagOf('iso3166-1', 'CN', ['142', '001']),
  tagOf('iso3166-2', 'DE-BY', ['DE', '150', '001']),
  tagOf('medtop', 'medtop:04000000'),
]
const texts = ['Ein Werk in China.', 'Ein Fest in Bayern.', 'Nichts Neues.']
const filters = [
  {},
  { region: ['CN'] },
  { region: ['142', 'DE'], not: { topic: ['medtop:04000000'] } },
  { topic: ['medtop:04000000'] },
  { q: ['werk', '"fest in bayern"'] },
  { q: ['neues'], region: ['CN'] },
]

const tagsOf = (bits: number) => allTags.filter((_, at) => bits & (1 << at))
const bits = fc.nat(7)
const step = fc.record({
  item: fc.nat(4),
  kind: fc.constantFrom('version', 'version', 'retag', 'retag', 'withdrawal', 'erasure'),
  tags: bits,
  text: fc.nat(2),
  isPrivate: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
  announce: fc.constantFrom(undefined, undefined, 'nobody' as const, 'everyone' as const),
  toldAs: fc.option(bits, { nil: undefined }),
  toldBefore: fc.option(bits, { nil: undefined }),
})
type Step = (typeof step extends fc.Arbitrary<infer T> ? T : never) & { readonly source: string }

let house: TestHouse
let catcher: Catcher
let runs = 0

beforeAll(async () => {
  ;[house, catcher] = await Promise.all([startHouse(), startCatcher()])
  await house.work()
})
afterAll(async () => {
  await house[Symbol.asyncDispose]()
  await catcher.stop()
})

const lastSequence = async () =>
  (await house.bus.streams()).find(({ stream }) => stream === 'TAGGED')?.lastSequence ?? 0

/** As `house.publish` stores it, with its place in the stream. */
async function publish(item: Partial<TaggedItem>): Promise<Stored<TaggedItem>> {
  const value = await house.publish(item)
  const stored = await house.bus.latest('item.tagged', value)
  if (!stored) throw new Error('What was published does not stand.')
  return stored
}

const seenAs = (seen: number | undefined) =>
  seen === undefined ? undefined : { language: 'de', tags: tagsOf(seen) }

/** The next fact of an item, as random as a tagger's can be. */
function nextOf(before: Stored<TaggedItem> | undefined, wish: Step): Partial<TaggedItem> {
  const { source, item, kind, tags, text, isPrivate, announce, toldAs, toldBefore } = wish
  const isRetag = kind === 'retag' && before?.value.status === 'usable'
  const isEnd = before !== undefined && (kind === 'withdrawal' || kind === 'erasure')
  const shown = texts[text] ?? ''
  const common: Partial<TaggedItem> = {
    id: `${source}-${item}`,
    wire: source,
    rights: isPrivate ? 'private' : 'full',
    tags: tagsOf(tags),
    body: { html: `<p>${shown}</p>`, text: shown, complete: true },
  }
  if (isRetag) {
    const { version, tagging, firstSequence = before.sequence, body, rights, change } = before.value
    const told = { toldAs: seenAs(toldAs), toldBefore: seenAs(toldBefore) ?? seenAs(0), announce }
    const given = Object.entries(told).filter(([, value]) => value !== undefined)
    const place = { version, tagging: tagging + 1, firstSequence, body, rights, change }
    return { ...common, ...place, ...Object.fromEntries(given) }
  }
  const version = (before?.value.version ?? 0) + 1
  if (!isEnd) return { ...common, version }
  const empty = { html: '', text: '', complete: true }
  const flags = kind === 'erasure' ? ['erased'] : []
  return { ...common, version, change: 'withdrawal', status: 'canceled', body: empty, flags }
}

async function register(source: string): Promise<{ id: string; filter: object }[]> {
  return Promise.all(
    filters.map(async (own) => {
      const filter = { ...own, source: [source] }
      const body = { url: catcher.url, filter, verify: false }
      const answer = await house.api('POST', '', { body })
      expect(answer.status).toBe(201)
      return { id: String(answer.body['id']), filter }
    }),
  )
}

async function play(source: string, steps: readonly Omit<Step, 'source'>[]) {
  const newest = new Map<number, Stored<TaggedItem>>()
  return async (from: number, to: number) => {
    for (const wish of steps.slice(from, to)) {
      const next = nextOf(newest.get(wish.item), { ...wish, source })
      newest.set(wish.item, await publish(next))
    }
    return [...newest.values()].map(({ value }) => value)
  }
}

async function hindsight(filter: object, since: number): Promise<string[]> {
  const seen = new Hindsight({ filter: parseFilter(filter), since, seesPrivate: true })
  const window = { after: since, upTo: await lastSequence() }
  const { signal } = new AbortController()
  await readWindow(house.bus, window, { batchMax: 7, signal, take: (fact) => seen.take(fact) })
  return seen
    .items()
    .map(({ id }) => id)
    .sort()
}

it('counts what the planner chose, over random lives of items and from any moment on', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      runs += 1
      const source = `r${runs}`
      const middle = Math.floor(steps.length / 2)
      const go = await play(source, steps)
      const [early, from] = [await register(source), await lastSequence()]
      await go(0, middle)
      const [late, between] = [await register(source), await lastSequence()]
      const items = await go(middle, steps.length)
      const last = await lastSequence()
      const acknowledged = async () => {
        const groups = await house.bus.groups()
        return Math.min(...groups.map((group) => group.acknowledged))
      }
      await expect.poll(acknowledged).toBe(last)
      const rows = await Promise.all(items.map((item) => house.bus.latest('receiver', item)))
      const erased = new Set(items.filter(isErased).map(({ id }) => id))
      const had = (endpoint: string) =>
        rows
          .flatMap((row) => (row?.value.endpoints[endpoint] ? [row.value.id] : []))
          .filter((id) => !erased.has(id))
          .sort()
      for (const { id, filter } of early) expect(await hindsight(filter, from)).toEqual(had(id))
      for (const { id, filter } of late) expect(await hindsight(filter, between)).toEqual(had(id))
    }),
    { numRuns: 12, endOnFailure: true },
  )
}, 60_000)

async function ask(body: object, headers: Record<string, string> = {}) {
  const url = '/api/v1/filters/backtest'
  const answer = await house.server.inject({ method: 'POST', url, headers, payload: body })
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() as Answer }
}
interface Answer {
  readonly items: number
  readonly newest: { id: string; status: string; headline: string }[]
  readonly [key: string]: unknown
}

it('tells everybody how many items there were, by day, and the newest of them', async () => {
  const source = 'offen'
  for (const n of [1, 2, 3])
    await publish({ id: `offen-${n}`, wire: source, headline: `Titel ${n}` })
  await publish({ id: 'offen-2', wire: source, version: 2, headline: 'Titel 2b' })
  await publish({
    id: 'offen-3',
    wire: source,
    version: 2,
    change: 'withdrawal',
    status: 'canceled',
  })
  await publish({ id: 'offen-4', wire: source, rights: 'private' })
  const { status, body } = await ask({ filter: { source: [source] }, days: 3 })
  expect(status).toBe(200)
  const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString()
  expect(body).toMatchObject({
    filter: 'source=offen',
    items: 3,
    complete: true,
    perDay: [2, 1, 0].map((ago) => ({ date: day(ago).slice(0, 10), items: ago === 0 ? 3 : 0 })),
  })
  expect(body.newest.map(({ id, status: state }) => [id, state])).toEqual([
    ['offen-3', 'canceled'],
    ['offen-2', 'usable'],
    ['offen-1', 'usable'],
  ])
  expect(body.newest[1]).toMatchObject({ headline: 'Titel 2b', version: 2 })
  expect(JSON.stringify(body)).not.toContain('Werk eröffnet.')
  const authorization = `Bearer ${house.keys.admin}`
  const admin = await ask({ filter: { source: [source] }, days: 1 }, { authorization })
  expect(admin.body.items).toBe(4)
})

it('says nothing of what has become private or was erased by law', async () => {
  const item = { id: 'zu-1', wire: 'zu' }
  await publish(item)
  await publish({ ...item, version: 2, rights: 'private' })
  await publish({ id: 'zu-2', wire: 'zu' })
  await publish({ id: 'zu-2', wire: 'zu', version: 2, status: 'canceled', flags: ['erased'] })
  const { body } = await ask({ filter: { source: ['zu'] }, days: 1 })
  expect(body).toMatchObject({ items: 0, newest: [] })
})

it('begins at the beginning of a day, and says where it begins if there is too much', async () => {
  const limits = { ...backtestLimits, factsMax: 2 }
  const source = 'viel'
  for (const n of [1, 2, 3]) await publish({ id: `viel-${n}`, wire: source })
  const question = { filter: parseFilter({ source: [source] }), days: 1, seesPrivate: false }
  const found = await backtest(house.bus, limits, { ...question, now: new Date() })
  expect(found).toMatchObject({ items: 2, looked: 2, complete: false })
  const whole = await backtest(house.bus, backtestLimits, { ...question, now: new Date() })
  expect(whole).toMatchObject({ items: 3, complete: true })
  expect(whole.from).toMatch(/T00:00:00.000Z$/)
  const tomorrow = new Date(Date.now() + 86_400_000)
  const later = await backtest(house.bus, backtestLimits, { ...question, now: tomorrow })
  expect(later).toMatchObject({ items: 0, looked: 0, complete: true, newest: [] })
})

it('answers with what it has when its time is over', async () => {
  const limits = { ...backtestLimits, timeMsMax: 0 }
  const question = { filter: {}, days: 1, seesPrivate: false, now: new Date() }
  expect(await backtest(house.bus, limits, question)).toMatchObject({ complete: false })
})

it('runs one at a time for a caller, and refuses what it cannot read', async () => {
  const [one, two] = await Promise.all([ask({ filter: {}, days: 1 }), ask({ filter: {}, days: 1 })])
  expect([one.status, two.status].sort()).toEqual([200, 429])
  const refused = one.status === 429 ? one : two
  expect(refused.headers['retry-after']).toBe('5')
  expect((await ask({ filter: {}, days: 1 })).status).toBe(200)
  expect((await ask({ filter: {}, days: 31 })).status).toBeGreaterThanOrEqual(400)
  expect((await ask({ filter: { region: ['x'] }, days: 1 })).status).toBe(422)
})
