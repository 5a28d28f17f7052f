import {
  type Catcher,
  correctionOf,
  disregardOf,
  type Entry,
  entryOf,
  type FakeWire,
  fullTextOf,
  itemIdOf,
  type Language,
  markOf,
  type Newswire,
  noticeEntry,
  noticePush,
  type Push,
  presseportal,
  prnewswire,
  type Release,
  releaseOf,
  startCatcher,
  startFakeWire,
  startNewswire,
  type Wire,
} from '@newswire/kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addSources, register } from '../faults/world-house.js'
import { pushJson } from './feeds-of.js'

const json = { 'content-type': 'application/json' }
const soon = { timeout: 10_000 }
const withdrawnWithinMs = 1_000

let newswire: Newswire
let wire: FakeWire
let catcher: Catcher
let sources: ReadonlyMap<string, string>
beforeAll(async () => {
  newswire = await startNewswire()
  ;[wire, catcher] = await Promise.all([startFakeWire(), startCatcher()])
  await register(newswire, catcher.url)
  const feeds = (['na', 'prn'] as const).map((token) => ({ name: token, wire: token }))
  for (const { wire: token } of feeds) publish(token, [])
  sources = await addSources(newswire, wire, { feeds })
})
afterAll(async () => {
  await newswire.stop()
  await Promise.all([wire.stop(), catcher.stop()])
})

function publish(token: Wire, entries: readonly Entry[]): void {
  const manner = token === 'na' ? presseportal : prnewswire
  wire.serve(`/${token}`, { body: manner(entries, 'UTF-8') })
}

/** The feed shows these entries, and is polled until it has been read. */
async function show(token: Wire, entries: readonly Entry[]): Promise<void> {
  publish(token, entries)
  const path = `/api/v1/sources/${sources.get(token)}/poll`
  const polled = await newswire.api(path, { method: 'POST' })
  expect(await polled.json()).toMatchObject({ result: 'new' })
}

async function send({ contentType, body }: Push): Promise<void> {
  const headers = { 'content-type': contentType }
  const answer = await newswire.api('/api/v1/items', { method: 'POST', headers, body })
  expect(answer.status).toBe(202)
}

let made = 0
/** A release that no other test has, issued an hour ago. */
function release(language: Language): Release {
  made += 1
  const published = new Date(Date.now() - 3_600_000)
  const token = language === 'de' ? 'na' : 'prn'
  return releaseOf({ number: 40 + made, wire: token, language, published })
}

const noticeId = ({ wire: token, number }: Release) =>
  String((token === 'na' ? 5_800_000 : 301_800_000) + number)
const ownIdOf = (of: Release) => `${of.wire}-${noticeId(of)}`

/** Types and versions of what the webhook got of an item, in order. */
const told = (id: string) =>
  catcher
    .events()
    .map(({ type, data }) => ({ type, ...(data['_newswire'] as { id: string; version: number }) }))
    .filter((event) => event.id === id)
    .map(({ type, version }) => `${type} ${version}`)

const statusOf = async (id: string) => (await fetch(`${newswire.url}/api/v1/items/${id}`)).status
const itemText = async (id: string) => (await fetch(`${newswire.url}/api/v1/items/${id}`)).text()

const feedTexts = () =>
  Promise.all(
    ['rss', 'atom', 'json', 'ninjs'].map(async (format) =>
      (await fetch(`${newswire.url}/feeds/${format}?limit=500`)).text(),
    ),
  )
/** How many of the four formats hold the words. */
const shownIn = async (words: string) =>
  (await feedTexts()).filter((text) => text.includes(words)).length

interface Door {
  readonly door: string
  original(of: Release): Promise<void>
  correct(of: Release, form: number): Promise<void>
  takeBack(of: Release): Promise<void>
}

const entryAt = (of: Release, notice: ReturnType<typeof disregardOf>) =>
  noticeEntry(of, notice, { wireId: noticeId(of), published: new Date() })

const doors: readonly Door[] = [
  {
    door: 'an entry of a feed under another number',
    original: (of) => show(of.wire, [entryOf(of, 1)]),
    correct: (of, form) => show(of.wire, [entryAt(of, correctionOf(of, 2, form)), entryOf(of, 1)]),
    takeBack: (of) => show(of.wire, [entryAt(of, disregardOf(of)), entryOf(of, 1)]),
  },
  {
    door: 'a text that is pushed',
    original: (of) => send(fullTextOf(of, 1)),
    correct: (of, form) => send(noticePush(of, correctionOf(of, 2, form))),
    takeBack: (of) => send(noticePush(of, disregardOf(of))),
  },
]

const forms: readonly (readonly [Language, number])[] = [
  ...[0, 1, 2].map((form) => ['de', form] as const),
  ...[0, 1].map((form) => ['en', form] as const),
  ['fr', 0],
]

describe.each(doors)('by $door', ({ original, correct, takeBack }) => {
  test.each(forms)('a correction (%s, form %d) is the next version', async (language, form) => {
    const of = release(language)
    const id = itemIdOf(of)
    await original(of)
    await expect.poll(() => told(id), soon).toEqual(['item.published 1'])
    await correct(of, form)
    await expect.poll(() => told(id), soon).toEqual(['item.published 1', 'item.corrected 2'])
    await expect.poll(() => shownIn(markOf(of, 2)), soon).toBe(4)
    expect(await shownIn(markOf(of, 1))).toBe(0)
    expect(JSON.parse(await itemText(id))).toMatchObject({
      _newswire: { id, version: 2, change: 'correction', status: 'usable' },
    })
    expect(await statusOf(ownIdOf(of))).toBe(404)
    const marked = catcher.events().filter(({ request }) => request.body.includes(markOf(of, 2)))
    expect(marked).toHaveLength(1)
  })

  test.each(['de', 'en'] as const)('a notice (%s) takes a release back', async (language) => {
    const of = release(language)
    const id = itemIdOf(of)
    await original(of)
    await expect.poll(() => told(id), soon).toEqual(['item.published 1'])
    await takeBack(of)
    const takenAt = Date.now()
    await expect.poll(() => statusOf(id), { timeout: withdrawnWithinMs, interval: 10 }).toBe(410)
    await expect.poll(() => shownIn(markOf(of, 1)), { timeout: withdrawnWithinMs }).toBe(0)
    expect(Date.now() - takenAt).toBeLessThan(withdrawnWithinMs)
    const [, atom = ''] = await feedTexts()
    expect(atom).toContain(`<at:deleted-entry ref="urn:newswire:${id}"`)
    await expect.poll(() => told(id), soon).toEqual(['item.published 1', 'item.withdrawn 2'])
    expect(await statusOf(ownIdOf(of))).toBe(404)
  })
})

test('a correction never loses to its original, and its full text follows it', async () => {
  const of = release('en')
  const id = itemIdOf(of)
  const [feed] = doors
  await feed?.original(of)
  await feed?.correct(of, 1)
  await expect.poll(() => told(id), soon).toEqual(['item.published 1', 'item.corrected 2'])
  const notice = correctionOf(of, 2, 1)
  // The page of the original says something else again, in words that are no notice.
  await show(of.wire, [entryAt(of, notice), entryOf(of, 3)])
  const page = entryAt(of, notice).page
  const full = noticePush(of, notice)
  await send({ ...full, body: `${full.body}\r\nView original content: ${page}\r\n` })
  await expect.poll(async () => (await itemText(id)).includes('"complete":true'), soon).toBe(true)
  expect(await itemText(id)).toContain(markOf(of, 2))
  expect(await shownIn(markOf(of, 3))).toBe(0)
  expect(await statusOf(ownIdOf(of))).toBe(404)
})

test('words of correction in an ordinary headline belong to nobody else', async () => {
  const of = release('de')
  await send(fullTextOf(of, 1))
  const other = { ...of, wireId: noticeId(of), title: `Kurskorrektur erwartet: ${of.title}` }
  await send(fullTextOf(other, 2))
  await expect.poll(() => told(ownIdOf(of)), soon).toEqual(['item.published 1'])
  expect(told(itemIdOf(of))).toEqual(['item.published 1'])
})

interface Matter {
  readonly id: string
  readonly flags: readonly string[]
}

async function matters(): Promise<readonly string[]> {
  const answer = await newswire.api('/api/v1/matters')
  const { items } = (await answer.json()) as { items: Matter[] }
  return items.map(({ id, flags }) => `${id} ${flags.join(' ')}`)
}

test('a correction without its release is an item of its own until a person links it', async () => {
  const of = release('en')
  const [id, notice] = [itemIdOf(of), ownIdOf(of)]
  await pushJson(newswire, {
    ...{ uri: entryOf(of, 1).page, language: 'en', headline: 'Quarterly figures are delayed' },
    body_text: `The report has file number ${markOf(of, 1)}.`,
    organisations: [{ name: 'Some Other Issuer Inc.', rel: 'issuer' }],
  })
  await show(of.wire, [entryAt(of, correctionOf(of, 2, 1))])
  await expect.poll(() => told(notice), soon).toEqual(['item.published 1'])
  await expect.poll(matters, soon).toContain(`${notice} correction-unlinked`)
  const body = JSON.stringify({ corrects: id })
  const path = `/api/v1/items/${notice}/link`
  const linked = await newswire.api(path, { method: 'POST', headers: json, body })
  expect(linked.ok, await linked.text()).toBe(true)
  await expect.poll(() => told(id), soon).toEqual(['item.published 1', 'item.corrected 2'])
  await expect.poll(() => told(notice), soon).toEqual(['item.published 1', 'item.withdrawn 2'])
  expect(await itemText(id)).toContain(markOf(of, 2))
  expect(await statusOf(notice)).toBe(410)
  await expect.poll(matters, soon).not.toContain(`${notice} correction-unlinked`)
})
