import { createHash } from 'node:crypto'
import { type Catcher, type Newswire, startNewswire } from '@newswire/kit'
import { expect } from 'vitest'
import { type Arrival, ninjsOf, type Story, textOf } from './stories.js'

const patience = { timeout: 40_000, interval: 50 }
const json = { 'content-type': 'application/json' }

/** A house that may be killed and started again while clients push into it. */
export interface House extends AsyncDisposable {
  readonly at: Newswire
  /** kill -9, and a new start on the same data. */
  restart(): Promise<void>
}

export async function startHouse(env: Readonly<Record<string, string>> = {}): Promise<House> {
  let at = await startNewswire({ env })
  const { dataDir } = at
  return {
    get at() {
      return at
    },
    async restart() {
      // The same port: the feeds name it.
      const { port } = new URL(at.url)
      await at.kill()
      at = await startNewswire({ env: { ...env, PORT: port }, dataDir })
    },
    async [Symbol.asyncDispose]() {
      await at.stop()
    },
  }
}

export interface Taken {
  readonly arrival: Arrival
  readonly receipt: string
}

/**
 * Several clients push until each arrival has its 202, over as many lives as it takes. A push
 * without an answer may have been taken: it is sent again, which must do no harm.
 */
export async function pushAll(
  house: House,
  arrivals: readonly Arrival[],
  clients: number,
  onTaken: (count: number) => void = () => undefined,
): Promise<Taken[]> {
  const taken: Taken[] = []
  const push = async (arrival: Arrival) => {
    const body = ninjsOf(arrival)
    const request = { method: 'POST', headers: json, body }
    const answer = await house.at.api('/api/v1/items', request).catch(() => undefined)
    const told = await answer?.text().catch(() => '')
    if (answer?.status !== 202 || !told) return false
    taken.push({ arrival, receipt: (JSON.parse(told) as { receipt: string }).receipt })
    onTaken(taken.length)
    return true
  }
  const client = async (_: unknown, lane: number) => {
    for (const arrival of arrivals.filter((__, at) => at % clients === lane)) {
      await expect.poll(() => push(arrival), patience).toBe(true)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return taken
}

export async function register(house: House, url: string): Promise<string> {
  const body = JSON.stringify({ url, filter: {}, verify: false })
  const answer = await house.at.api('/api/v1/webhooks', { method: 'POST', headers: json, body })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { id: string }).id
}

const finals = new Set(['normalized', 'unchanged', 'superseded'])

/** Every acknowledged push has come to its end, and it is not a dead letter. Gives ids by story. */
export async function checkReceipts(
  house: House,
  taken: readonly Taken[],
): Promise<Map<number, string>> {
  const ids = new Map<number, string>()
  for (const { arrival, receipt } of taken) {
    const read = async () => {
      const answer = await house.at.api(`/api/v1/receipts/${receipt}`)
      const { state, id } = (await answer.json()) as { state: string; id?: string }
      if (id !== undefined) ids.set(arrival.story, id)
      return finals.has(state) ? 'final' : state
    }
    await expect.poll(read, patience).toBe('final')
  }
  return ids
}

interface Listed {
  readonly id?: string
  readonly _newswire: { readonly id: string; readonly status: string }
}

/** The newest version of each story is what the oracle says, in the list and in all feeds. */
export async function checkItems(
  house: House,
  stories: readonly Story[],
  ids: ReadonlyMap<number, string>,
): Promise<void> {
  const open = stories.filter(({ end }) => !end.isWithdrawal)
  const wanted = open.map(({ story, end }) => `${ids.get(story)} ${textOf(end)}`).sort()
  const pathOf = (format: string) => `/feeds/${format}?limit=500`
  const shown = async () => {
    const feed = await (await house.at.api(pathOf('json'))).json()
    const { items } = feed as { items: (Listed & { content_html: string })[] }
    const usable = items.filter(({ _newswire: { status } }) => status === 'usable')
    return usable.map((item) => `${item._newswire.id} ${wordsOf(item.content_html)}`).sort()
  }
  await expect.poll(shown, patience).toEqual(wanted)
  const allowed = new Set(open.map(({ end }) => textOf(end)))
  for (const format of ['rss', 'atom', 'json', 'ninjs']) {
    const text = async () => wordsIn(await (await house.at.api(pathOf(format))).text())
    await expect.poll(text, patience).toEqual(allowed)
  }
  // Behind a Redis that was emptied the feeds may still come from their cache, the list never.
  const listedWords = async () => wordsIn(JSON.stringify(await list(house)))
  await expect.poll(listedWords, patience).toEqual(allowed)
  const listed = await list(house)
  expect(new Set(listed.map(({ _newswire: { id } }) => id)).size).toBe(listed.length)
}

async function list(house: House): Promise<Listed[]> {
  const found: Listed[] = []
  let cursor: string | null = null
  do {
    const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page = await house.at.api(`/api/v1/items?limit=100${more}`)
    const { items, next } = (await page.json()) as { items: Listed[]; next: string | null }
    found.push(...items)
    cursor = next
  } while (cursor !== null)
  return found
}

const words = /Satz\d+x\d+y steht hier\./g
const wordsIn = (text: string) => new Set(text.match(words) ?? [])
const wordsOf = (html: string) => html.match(words)?.[0] ?? ''

/** Of all feeds, for "the same bytes as before". */
export async function feedDigests(house: House): Promise<Record<string, string>> {
  const queries = ['', '?lang=de', '?limit=500', '?q=Geschichte']
  const paths = ['rss', 'atom', 'json', 'ninjs'].flatMap((format) =>
    queries.map((query) => `/feeds/${format}${query}`),
  )
  const digests = paths.map(async (path) => {
    const answer = await house.at.api(path)
    expect(answer.status, path).toBe(200)
    const bytes = Buffer.from(await answer.arrayBuffer())
    return [path, createHash('sha256').update(bytes).digest('hex')] as const
  })
  return Object.fromEntries(await Promise.all(digests))
}

interface Call {
  readonly id: string
  readonly item: string
  readonly version: number
  readonly sequence: number
  readonly body: string
}

export function callsAt(catcher: Catcher): Call[] {
  return catcher.events().map(({ data, request: { headers, body } }) => ({
    id: String(headers['webhook-id']),
    item: (data['_newswire'] as { id: string }).id,
    version: Number(headers['newswire-version']),
    sequence: Number(headers['newswire-sequence']),
    body,
  }))
}

/** No attempt of an older version starts after one of a newer version of the same item. */
export function checkOrder(catcher: Catcher): void {
  const newest = new Map<string, number>()
  for (const { item, version } of callsAt(catcher)) {
    expect(version).toBeGreaterThanOrEqual(newest.get(item) ?? 0)
    newest.set(item, version)
  }
}

/** What a healthy endpoint holds in the end is what the oracle says. */
export async function checkReached(
  catcher: Catcher,
  stories: readonly Story[],
  ids: ReadonlyMap<number, string>,
): Promise<void> {
  const held = () => {
    const last = new Map(callsAt(catcher).map((call) => [call.item, wordsOf(call.body)]))
    return stories.map(({ story }) => last.get(ids.get(story) ?? '') ?? '')
  }
  const wanted = stories.map(({ end }) => (end.isWithdrawal ? '' : textOf(end)))
  await expect.poll(held, patience).toEqual(wanted)
}

/** Every sequence from 1 on has one delivery in the ledger, and each of them has its last word. */
export async function checkSequences(house: House, webhook: string): Promise<void> {
  const read = async () => {
    const states = new Map<number, string>()
    let before: string | null = ''
    do {
      const more: string = before ? `&cursor=${encodeURIComponent(before)}` : ''
      const answer = await house.at.api(`/api/v1/webhooks/${webhook}/deliveries?limit=200${more}`)
      const page = (await answer.json()) as Page
      for (const { sequence, state } of page.items) {
        expect(states.has(sequence)).toBe(false)
        states.set(sequence, state)
      }
      before = page.next
    } while (before)
    const isGapless = [...states.keys()].sort((a, b) => a - b).every((n, at) => n === at + 1)
    const isOver = [...states.values()].every((state) =>
      ['delivered', 'superseded'].includes(state),
    )
    return { isGapless, isOver, isAny: states.size > 0 }
  }
  await expect.poll(read, patience).toEqual({ isGapless: true, isOver: true, isAny: true })
}

interface Page {
  readonly items: readonly { sequence: number; state: string }[]
  readonly next: string | null
}
