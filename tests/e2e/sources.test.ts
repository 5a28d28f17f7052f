import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FakeWire, type Newswire, startFakeWire, startNewswire } from '@newswire/kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { feedItems, feedTitles } from './feeds-of.js'

let newswire: Newswire
let wire: FakeWire
beforeAll(async () => {
  newswire = await startNewswire()
  wire = await startFakeWire()
})
afterAll(async () => {
  await newswire.stop()
  await wire.stop()
})

interface SourceRow {
  readonly id: string
  readonly polls?: {
    readonly polls: number
    readonly emptyPolls: number
    readonly failures: number
    readonly lastError?: string
    readonly lastNote?: string
  }
}

async function addSource(path: string, own: object = {}): Promise<SourceRow> {
  const answer = await newswire.api('/api/v1/sources', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'rss', url: wire.url + path, wire: 'na', ...own }),
  })
  expect(answer.status).toBe(201)
  return (await answer.json()) as SourceRow
}

async function stateOf(id: string) {
  const answer = await newswire.api('/api/v1/sources')
  const { items } = (await answer.json()) as { items: SourceRow[] }
  return items.find((each) => each.id === id)?.polls
}

async function pollAgain(id: string): Promise<void> {
  const before = (await stateOf(id))?.polls ?? 0
  await newswire.api(`/api/v1/sources/${id}/poll`, { method: 'POST' })
  await expect
    .poll(async () => (await stateOf(id))?.polls, { timeout: 5_000 })
    .toBeGreaterThan(before)
}

const feed = (items: string) => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Presseportal.de - Muster AG</title>
<link>https://www.presseportal.de/nr/1</link><description>x</description><language>de-de</language>
${items}</channel></rss>`
const entry = (id: number, title: string) => `<item><title>${title}</title>
<link>https://www.presseportal.de/pm/1/${5_000_000 + id}</link>
<guid>https://www.presseportal.de/pm/1/${5_000_000 + id}</guid>
<pubDate>Tue, 10 Mar 2026 10:00:00 +0100</pubDate>
<description>Bonn (ots) - Die Muster AG meldet Neues aus ihrem Werk ${id} ...</description></item>`

test('every entry becomes one item, a second poll makes none, and a 304 is an empty poll', async () => {
  wire.serve('/house.rss', {
    etag: true,
    body: feed(entry(1, 'Erste Meldung') + entry(2, 'Zweite Meldung')),
  })
  const { id } = await addSource('/house.rss')
  await expect
    .poll(() => feedItems(newswire, 'issuer=muster-ag'), { timeout: 5_000 })
    .toHaveLength(2)
  await pollAgain(id)
  expect(await feedItems(newswire, 'issuer=muster-ag')).toHaveLength(2)
  const state = await stateOf(id)
  expect(state).toMatchObject({ failures: 0 })
  expect(state?.emptyPolls).toBe((state?.polls ?? 0) - 1)
  expect(wire.requests.at(-1)?.headers['if-none-match']).toMatch(/^"/)
})

test('a changed entry is a new version of the same item', async () => {
  wire.serve('/changing.rss', { body: feed(entry(7, 'Meldung mit Fehlr')) })
  const { id } = await addSource('/changing.rss')
  await expect.poll(() => feedTitles(newswire, 'q=fehlr'), { timeout: 5_000 }).toHaveLength(1)
  wire.serve('/changing.rss', { body: feed(entry(7, 'Meldung ohne Fehler')) })
  await pollAgain(id)
  await expect
    .poll(async () => (await feedItems(newswire, 'q=fehler'))[0]?._newswire, { timeout: 3_000 })
    .toMatchObject({ id: 'na-5000007', version: 2 })
  expect(await feedTitles(newswire, 'q=fehlr')).toEqual([])
})

test.each([
  ['/page.rss', { body: '<!doctype html><html><body>Not found</body></html>' }],
  ['/large.rss', { body: `${feed('')}${' '.repeat(10_000_000)}` }],
  ['/missing.rss', { status: 404, body: 'no' }],
])('%s is a failed poll with its reason, and stops nothing', async (path, page) => {
  wire.serve(path, page)
  const { id } = await addSource(path)
  await expect.poll(async () => (await stateOf(id))?.failures, { timeout: 5_000 }).toBe(1)
  expect((await stateOf(id))?.lastError).toMatch(/[a-z].*\.$/i)
  expect((await fetch(`${newswire.url}/health`)).status).toBe(200)
})

test('a feed that breaks off gives what is whole, says so, and is no failure', async () => {
  const whole = feed(entry(10, 'Ganze Meldung') + entry(11, 'Halbe Meldung'))
  wire.serve('/broken.rss', { body: whole.slice(0, whole.indexOf('Werk 11')), etag: true })
  const { id } = await addSource('/broken.rss')
  await expect.poll(() => feedTitles(newswire, 'q=ganze'), { timeout: 5_000 }).toHaveLength(1)
  expect(await feedTitles(newswire, 'q=halbe')).toEqual([])
  await expect.poll(async () => (await stateOf(id))?.lastNote).toMatch(/breaks off/)
  expect(await stateOf(id)).toMatchObject({ failures: 0 })
  // Without its validators, or a server that says "not modified" would keep the rest for itself.
  wire.serve('/broken.rss', { body: whole, etag: true })
  await pollAgain(id)
  expect(wire.requests.at(-1)?.headers['if-none-match']).toBeUndefined()
  await expect.poll(() => feedTitles(newswire, 'q=halbe'), { timeout: 5_000 }).toHaveLength(1)
})

/** The two quotes lie where Latin-1 has control characters; the rest is alike. */
const windows1252 = (text: string) =>
  Buffer.from([...text].map((sign) => ({ '„': 0x84, '“': 0x93 })[sign] ?? sign.codePointAt(0) ?? 0))

test('a feed in windows-1252 without a label reads right', async () => {
  const body = feed(entry(9, 'Köln grüßt „Straße“')).replace(' encoding="UTF-8"', '')
  const headers = { 'content-type': 'text/xml' }
  wire.serve('/umlaut.rss', { body: windows1252(body), headers })
  await addSource('/umlaut.rss')
  await expect
    .poll(() => feedTitles(newswire, 'q=koln'), { timeout: 5_000 })
    .toEqual(['Köln grüßt „Straße“'])
})

const samples = join(import.meta.dirname, '../../../shared/samples/rss')
describe.skipIf(!existsSync(samples))('real feeds, where they are at hand', () => {
  test('every entry becomes one item, and polling twice makes no second one', async () => {
    await using own = await startNewswire()
    const files = readdirSync(samples).filter((name) => name.endsWith('.xml'))
    const entries = files.flatMap((name) => {
      const body = readFileSync(join(samples, name), 'utf8')
      wire.serve(`/${name}`, { body, etag: true })
      return [...body.matchAll(/<item>/g)]
    })
    const ids: string[] = []
    for (const name of files) {
      const answer = await own.api('/api/v1/sources', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          kind: 'rss',
          url: `${wire.url}/${name}`,
          wire: name.startsWith('prn') ? 'prn' : 'na',
        }),
      })
      ids.push(((await answer.json()) as { id: string }).id)
    }
    await expect
      .poll(async () => (await feedItems(own, 'limit=500')).length, { timeout: 10_000 })
      .toBe(entries.length)
    for (const id of ids) await own.api(`/api/v1/sources/${id}/poll`, { method: 'POST' })
    await expect
      .poll(
        async () => {
          const { items } = (await (await own.api('/api/v1/sources')).json()) as {
            items: SourceRow[]
          }
          return items.every(({ polls }) => (polls?.emptyPolls ?? 0) >= 1)
        },
        { timeout: 10_000 },
      )
      .toBe(true)
    expect(await feedItems(own, 'limit=500')).toHaveLength(entries.length)
  })
})
