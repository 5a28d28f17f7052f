import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  askRedis,
  type Catcher,
  type FakeWire,
  type Newswire,
  startCatcher,
  startFakeWire,
  startNewswire,
  startRedis,
  type TestServer,
} from '@newswire/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { push, pushJson, receiptOf } from './feeds-of.js'
import { listAddresses, lookAt, type Outside, placesWith } from './outside.js'

const json = { 'content-type': 'application/json' }
/** An instant and what of it may pass before everyone has the item. */
const lateMsMax = 500
/** A look takes its time: the last one is over before the instant comes. */
const lastLookBeforeMs = 1_500
const soon = { timeout: 10_000, interval: 20 }

let redis: TestServer
let newswire: Newswire
let catcher: Catcher
let wire: FakeWire
let outside: Outside
beforeAll(async () => {
  redis = await startRedis()
  newswire = await startNewswire({ env: { REDIS_URL: redis.url } })
  ;[catcher, wire] = await Promise.all([startCatcher(), startFakeWire()])
  outside = { newswire, catcher, redis }
  const body = JSON.stringify({ url: catcher.url, filter: {}, verify: false })
  const made = await newswire.api('/api/v1/webhooks', { method: 'POST', headers: json, body })
  expect(made.status).toBe(201)
})
afterAll(async () => {
  await newswire.stop()
  await Promise.all([catcher.stop(), wire.stop(), redis.stop()])
})

const pageOf = (id: number) => `https://www.presseportal.de/pm/7/${5_700_000 + id}`
const idOf = (id: number) => `na-${5_700_000 + id}`

function ninjs(id: number, marker: string, own: object = {}) {
  return {
    ...{ uri: pageOf(id), language: 'de', headline: `${marker} kommt nach Bonn` },
    body_text: `Bonn (ots) - Der ${marker} kommt nach Bonn, sagt die Garten AG.`,
    organisations: [{ name: 'Garten AG' }],
    ...own,
  }
}

/** `26.11.2026, 14:05:30 Uhr`, as a German wire writes an instant. */
function spoken(at: Date): string {
  const parts = { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'Europe/Berlin' } as const
  return `${new Intl.DateTimeFormat('de-DE', parts).format(at)} Uhr`
}

const wireText = (marker: string, notice: string) =>
  `${notice}\n\n${marker} blüht in Trier\n\nTrier (ots) - Der ${marker} blüht, sagt die Beet AG.\n\nOriginal-Content von: Beet AG, übermittelt durch news aktuell\n`

const feedOf = (id: number, marker: string, notice: string) => `<?xml version="1.0"?>
<rss version="2.0"><channel><title>Presseportal.de</title><link>https://www.presseportal.de/</link>
<description>x</description><language>de-de</language><item><title>${marker} zieht um</title>
<link>${pageOf(id)}</link><guid>${pageOf(id)}</guid><pubDate>${new Date().toUTCString()}</pubDate>
<description>${notice} Köln (ots) - Der ${marker} zieht um, meldet die Hecke AG am Rhein ...</description>
</item></channel></rss>`

/** The first whole second that is at least this far away. */
const inMs = (ms: number) => new Date(Math.ceil((Date.now() + ms) / 1_000) * 1_000)

const untilPast = (at: number) =>
  expect.poll(() => Date.now() >= at, { ...soon, timeout: 30_000 }).toBe(true)

const eventsWith = (marker: string) =>
  catcher.events().filter(({ request }) => request.body.includes(marker))

async function held(pushed: Response): Promise<{ id?: string; reason?: string }> {
  const read = () => receiptOf(newswire, pushed.clone())
  await expect.poll(async () => (await read()).state, soon).toBe('held')
  return read()
}

/** It went out at its instant: not before, and to everyone within the limit. */
async function expectOutAt(marker: string, until: Date): Promise<void> {
  await untilPast(until.getTime() + lateMsMax)
  for (const format of ['rss', 'atom', 'json', 'ninjs']) {
    const shown = await (await fetch(`${newswire.url}/feeds/${format}`)).text()
    expect(shown.includes(marker), `${format} ${marker}`).toBe(true)
  }
  const [event, ...more] = eventsWith(marker)
  expect(more).toEqual([])
  const lateMs = (event?.request.at.getTime() ?? Number.NaN) - until.getTime()
  expect(lateMs, marker).toBeGreaterThanOrEqual(0)
  expect(lateMs, marker).toBeLessThan(lateMsMax)
}

async function expectHidden(
  ids: readonly string[],
  needles: readonly string[],
  statuses: readonly number[] = [404],
): Promise<void> {
  expect(await placesWith(outside, needles)).toEqual([])
  for (const id of ids) {
    for (const path of [`/items/${id}`, `/api/v1/items/${id}`]) {
      const answer = await fetch(newswire.url + path)
      const text = await answer.text()
      expect(statuses, path).toContain(answer.status)
      expect(
        needles.filter((needle) => needle !== id && text.includes(needle)),
        path,
      ).toEqual([])
    }
  }
}

test('before its instant nothing of an item shows, by whatever door it came, and then all does', async () => {
  const markers = ['Birkenzeisig', 'Dompfaff', 'Eichelhäher', 'Fitislaubsänger']
  const [byField = '', bySentence = '', byDrop = '', byFeed = ''] = markers
  const addresses = listAddresses(markers)
  // What is public already must stay as it is, so there has to be something.
  await pushJson(newswire, ninjs(1, 'Amselschlag'))
  await expect.poll(() => eventsWith('Amselschlag').length, soon).toBe(1)
  const before = await lookAt(newswire, addresses)

  const until = inMs(10_000)
  const notice = `Sperrfrist: ${spoken(until)}`
  const embargo = { embargoedUntil: until.toISOString() }
  await held(await pushJson(newswire, ninjs(2, byField, embargo)))
  const { id = '' } = await held(await push(newswire, wireText(bySentence, notice)))
  const drop = join(newswire.dataDir, 'drop')
  writeFileSync(join(drop, '.held.part'), wireText(byDrop, notice))
  renameSync(join(drop, '.held.part'), join(drop, 'held.txt'))
  wire.serve('/held.rss', { body: feedOf(3, byFeed, `${notice}.`) })
  const source = { kind: 'rss', url: `${wire.url}/held.rss`, wire: 'na' }
  const body = JSON.stringify(source)
  await newswire.api('/api/v1/sources', { method: 'POST', headers: json, body })
  const holds = () => newswire.logs().match(/"msg":"item held"/g)?.length
  await expect.poll(holds, { ...soon, timeout: 5_000 }).toBe(4)

  const ids = [idOf(2), id, idOf(3)]
  const needles = [...markers, ...ids]
  let looks = 0
  while (Date.now() < until.getTime() - lastLookBeforeMs) {
    await expectHidden(ids, needles)
    expect(await lookAt(newswire, addresses)).toEqual(before)
    looks += 1
  }
  expect(looks, 'looks before the instant').toBeGreaterThan(0)
  for (const marker of markers) await expectOutAt(marker, until)
})

test('an item that is taken back while it is held never appears', async () => {
  const until = inMs(3_000)
  const embargo = { embargoedUntil: until.toISOString() }
  await held(await pushJson(newswire, ninjs(4, 'Goldammer', embargo)))
  const canceled = await pushJson(newswire, { uri: pageOf(4), pubStatus: 'canceled' })
  await expect
    .poll(async () => (await receiptOf(newswire, canceled.clone())).state, soon)
    .toBe('normalized')
  await expectHidden([idOf(4)], ['Goldammer', idOf(4)])
  await untilPast(until.getTime() + lateMsMax)
  await expectHidden([idOf(4)], ['Goldammer', idOf(4)])
})

test('an embargo that is moved counts from its new instant, one that is lifted is over', async () => {
  const [first, second] = [inMs(3_000), inMs(5_000)]
  const stated = (until: Date, version: string) => ({
    embargoedUntil: until.toISOString(),
    version,
  })
  await held(await pushJson(newswire, ninjs(5, 'Haubenmeise', stated(first, '1'))))
  await held(await pushJson(newswire, ninjs(5, 'Haubenmeise', stated(second, '2'))))
  await held(await pushJson(newswire, ninjs(6, 'Igelkolben', stated(second, '1'))))
  const past = new Date(Date.now() - 60_000)
  await pushJson(newswire, ninjs(6, 'Igelkolben', stated(past, '2')))
  await expect.poll(() => eventsWith('Igelkolben').length, { timeout: 2_000 }).toBe(1)
  expect(Date.now()).toBeLessThan(second.getTime())
  await untilPast(first.getTime() + lateMsMax)
  await expectHidden([idOf(5)], ['Haubenmeise', idOf(5)])
  await expectOutAt('Haubenmeise', second)
})

test('an embargo that nobody can read holds the item until a person releases it', async () => {
  const pushed = await push(newswire, wireText('Kernbeißer', 'Sperrfrist: Ende der Sitzung'))
  const { id = '', reason } = await held(pushed)
  expect(reason).toMatch(/release/)
  await expectHidden([id], ['Kernbeißer', id])
  const init = { method: 'POST', headers: json, body: '{}' }
  const released = await newswire.api(`/api/v1/items/${id}/release`, init)
  expect(released.ok, await released.text()).toBe(true)
  await expect.poll(() => eventsWith('Kernbeißer').length, { timeout: 2_000 }).toBe(1)
  expect((await fetch(`${newswire.url}/api/v1/items/${id}`)).status).toBe(200)
})

test('a Redis that is emptied meanwhile changes neither what is held nor when it goes out', async () => {
  const until = inMs(3_000)
  const embargo = { embargoedUntil: until.toISOString() }
  await held(await pushJson(newswire, ninjs(8, 'Lachmöwe', embargo)))
  // So late that no round of reconciling comes between.
  await untilPast(until.getTime() - 1_200)
  expect(await askRedis(redis, 'FLUSHALL')).toBe('OK')
  // While the read model is made again nobody is told that there is no item.
  await expectHidden([idOf(8)], ['Lachmöwe', idOf(8)], [404, 503])
  await expectOutAt('Lachmöwe', until)
})
