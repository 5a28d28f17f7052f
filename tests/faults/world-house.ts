import { type Catcher, type FakeWire, marksIn, type Newswire, type World } from '@newswire/kit'
import { expect, vi } from 'vitest'
import type { Oracle } from './oracle.js'
import { shownVersions } from './oracle.js'

const json = { 'content-type': 'application/json' }
const patience = { timeout: 30_000, interval: 30 }
const pushesAtOnce = 8

/** What tests need of a house, in one process or in many. */
export type Reach = Pick<Newswire, 'url' | 'api'>

/** A house whose sources are the feeds of a world, polled by hand alone. */
export interface WorldHouse {
  readonly newswire: Reach
  readonly wire: FakeWire
  readonly catcher: Catcher
  readonly oracle: Oracle
  readonly webhook: string
  /** Source ids by feed. */
  readonly sources: ReadonlyMap<string, string>
}

export async function register(newswire: Reach, url: string): Promise<string> {
  const body = JSON.stringify({ url, filter: {}, verify: false })
  const answer = await newswire.api('/api/v1/webhooks', { method: 'POST', headers: json, body })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { id: string }).id
}

/** Adds the feeds as sources. Their schedules are switched off: the test alone says when. */
export async function addSources(
  newswire: Reach,
  wire: FakeWire,
  { feeds }: Pick<World, 'feeds'>,
): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>()
  for (const { name, wire: token } of feeds) {
    const url = `${wire.url}/${name}`
    const own = { kind: 'rss', url, wire: token, name, intervalSeconds: 86_400 }
    const added = await send(newswire, 'POST', '/api/v1/sources', own)
    sources.set(name, added['id'] as string)
    // A new source is polled at once; there is nothing to see yet.
    const isPolled = () => expect(wire.requests.map(({ path }) => path)).toContain(`/${name}`)
    await vi.waitFor(isPolled, patience)
    await send(newswire, 'PATCH', `/api/v1/sources/${added['id']}`, { enabled: false })
  }
  return sources
}

async function send(
  newswire: Reach,
  method: string,
  path: string,
  body: object,
): Promise<Record<string, unknown>> {
  const init = { method, headers: json, body: JSON.stringify(body) }
  const answer = await newswire.api(path, init)
  const text = await answer.text()
  expect(answer.ok, `${method} ${path}: ${answer.status} ${text}`).toBe(true)
  return JSON.parse(text) as Record<string, unknown>
}

/** One round: every feed is polled, every push is sent, and all of it has come to its end. */
export async function playRound(house: WorldHouse, steps: World['rounds'][number]): Promise<void> {
  const { newswire, wire, oracle, sources } = house
  for (const step of steps) {
    if (step.kind !== 'poll') continue
    wire.serve(`/${step.feed}`, step.page)
    const path = `/api/v1/sources/${sources.get(step.feed)}/poll`
    const polled = await send(newswire, 'POST', path, {})
    const isFailed = polled['result'] === 'failed'
    const place = `${step.feed}, ${step.weather.kind}: ${JSON.stringify(polled)}`
    if (!step.weather.hides) expect(isFailed, place).toBe(false)
    else expect(polled['result'], place).not.toBe('new')
    oracle.tell(step.shown)
    // Two texts of one item in two feeds: which comes first is for the test to say.
    await untilIdle(newswire)
  }
  const pushes = steps.filter((step) => step.kind === 'push')
  for (let at = 0; at < pushes.length; at += pushesAtOnce) {
    const some = pushes.slice(at, at + pushesAtOnce)
    const answers = some.map(({ push: { contentType, body } }) => {
      const headers = { 'content-type': contentType }
      return newswire.api('/api/v1/items', { method: 'POST', headers, body })
    })
    for (const answer of await Promise.all(answers)) expect(answer.status).toBe(202)
    for (const { shown } of some) oracle.tell(shown)
  }
  await untilIdle(newswire)
  await checkEvents(house)
}

interface Status {
  readonly groups: readonly { readonly pending: number; readonly inFlight: number }[]
  readonly readModelLag: { readonly items: number; readonly tagged: number }
  readonly deadLetters: number
}

/** Every stage has taken in everything that it was given. */
export async function untilIdle(newswire: Reach): Promise<void> {
  const open = async () => {
    const { groups, readModelLag } = (await (await newswire.api('/api/v1/status')).json()) as Status
    const waiting = groups.reduce((sum, { pending, inFlight }) => sum + pending + inFlight, 0)
    return waiting + readModelLag.items + readModelLag.tagged
  }
  await expect.poll(open, patience).toBe(0)
}

/** The webhook got each version of each item once, in order, and nothing else. */
export async function checkEvents({
  catcher,
  oracle,
}: Pick<WorldHouse, 'catcher' | 'oracle'>): Promise<void> {
  const wanted = oracle.events()
  const difference = () => {
    const got = caught(catcher)
    return { missing: without(wanted, got), extra: without(got, wanted) }
  }
  await expect.poll(difference, patience).toEqual({ missing: [], extra: [] })
  const versions = new Map<string, number>()
  for (const event of caught(catcher)) {
    const [id = '', version = ''] = event.split(' ')
    expect(Number(version.slice(1)), event).toBeGreaterThan(versions.get(id) ?? 0)
    versions.set(id, Number(version.slice(1)))
  }
}

function caught(catcher: Catcher): string[] {
  return catcher.events().map(({ type, data, request }) => {
    const { id, version } = data['_newswire'] as { id: string; version: number }
    return `${id} v${version} ${type} ${[...new Set(marksIn(request.body))].join('+')}`
  })
}

/** As multisets: what is there once too often counts. */
function without(all: readonly string[], taken: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const one of taken) left.set(one, (left.get(one) ?? 0) + 1)
  return all.filter((one) => {
    const count = left.get(one) ?? 0
    left.set(one, count - 1)
    return count < 1
  })
}

interface Shown {
  readonly _newswire: { readonly id: string; readonly version: number; readonly change: string }
}

/** Each item alone and all of them in the list are what the oracle says. */
export async function checkItems({
  newswire,
  oracle,
}: Pick<WorldHouse, 'newswire' | 'oracle'>): Promise<void> {
  const wanted = oracle.items().map(({ id, versions }) => {
    const shown = shownVersions(versions).at(-1)
    if (!shown) return `${id} 404`
    const { version, change, mark } = shown
    return `${id} ${change === 'withdrawal' ? 410 : 200} v${version} ${change} ${mark}`
  })
  const got: string[] = []
  for (const { id } of oracle.items()) got.push(await itemLine(newswire, id))
  expect(got).toEqual(wanted)
  const listed = await listedIds(newswire)
  const isOut = wanted.filter((line) => !line.endsWith(' 404'))
  expect(listed.toSorted()).toEqual(isOut.map((line) => line.split(' ')[0]).toSorted())
}

async function itemLine({ url }: Reach, id: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/items/${id}`)
  const text = await answer.text()
  if (answer.status === 404) return `${id} 404`
  const body = JSON.parse(text) as Shown & { item?: Shown }
  const { version, change } = (body.item ?? body)._newswire
  const marks = [...new Set(marksIn(text))].join('+')
  return `${id} ${answer.status} v${version} ${change} ${marks}`
}

async function listedIds({ url }: Reach): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = ''
  do {
    const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const answer = await fetch(`${url}/api/v1/items?limit=100${more}`)
    const page = (await answer.json()) as { items: Shown[]; next: string | null }
    ids.push(...page.items.map(({ _newswire: { id } }) => id))
    cursor = page.next
  } while (cursor !== null)
  return ids
}

interface Page {
  readonly items: readonly { readonly sequence: number; readonly state: string }[]
  readonly next: string | null
}

/** The ledger has one delivered entry per event, under sequences without a gap. */
export async function checkLedger({ newswire, oracle, webhook }: WorldHouse): Promise<void> {
  const count = oracle.events().length
  const read = async () => {
    const states = new Map<number, string>()
    let cursor: string | null = ''
    do {
      const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const path = `/api/v1/webhooks/${webhook}/deliveries?limit=200${more}`
      const page = (await (await newswire.api(path)).json()) as Page
      for (const { sequence, state } of page.items) {
        // A page tells what its part of the ledger knows: the newer page has the last word.
        if (!states.has(sequence)) states.set(sequence, state)
      }
      cursor = page.next
    } while (cursor)
    return [...states].map(([sequence, state]) => `${sequence} ${state}`).toSorted()
  }
  const wanted = Array.from({ length: count }, (_, at) => `${at + 1} delivered`).toSorted()
  await expect.poll(read, patience).toEqual(wanted)
}
