import { type Newswire, startCatcher, startNewswire } from '@newswire/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { feedItems, pushJson, receiptOf } from './feeds-of.js'

let newswire: Newswire
beforeAll(async () => {
  newswire = await startNewswire()
})
afterAll(() => newswire.stop())

const release = (uri: string, own: object = {}) => ({
  uri,
  versionCreated: '2026-03-01T10:00:00Z',
  version: '1',
  language: 'en',
  headlines: [{ role: 'main', value: `Acme opens a plant in Lyon (${uri})` }],
  bodies: [
    { role: 'main', contentType: 'text/plain', value: 'Lyon. Acme opens a plant in France.' },
  ],
  organisations: [{ name: 'Acme Corp' }],
  ...own,
})

const correction = (uri: string) =>
  release(uri, {
    version: '2',
    versionCreated: '2026-03-01T11:00:00Z',
    bodies: [{ contentType: 'text/plain', value: 'Lyon. Acme opens two plants in France.' }],
  })

const withdrawal = (uri: string) =>
  release(uri, { version: '3', versionCreated: '2026-03-01T12:00:00Z', pubStatus: 'canceled' })

test('a newer version takes the place of the older one under the same id', async () => {
  const uri = 'urn:acme:update'
  await pushJson(newswire, release(uri))
  await expect.poll(() => feedItems(newswire, 'q=update'), { timeout: 2_000 }).toHaveLength(1)
  const [first] = await feedItems(newswire, 'q=update')
  await pushJson(newswire, correction(uri))
  await expect
    .poll(async () => (await feedItems(newswire, 'q=update'))[0]?._newswire.version, {
      timeout: 2_000,
    })
    .toBe(2)
  const [second, ...others] = await feedItems(newswire, 'q=update')
  expect(others).toEqual([])
  expect(second?.id).toBe(first?.id)
  expect(second?.content_html).toContain('two plants')
})

test('an older version that comes late is superseded and never shown', async () => {
  const uri = 'urn:acme:late'
  await pushJson(newswire, correction(uri))
  await expect.poll(() => feedItems(newswire, 'q=late'), { timeout: 2_000 }).toHaveLength(1)
  const late = await pushJson(newswire, release(uri))
  await expect
    .poll(async () => (await receiptOf(newswire, late.clone())).state, { timeout: 2_000 })
    .toBe('superseded')
  const [item] = await feedItems(newswire, 'q=late')
  expect(item?.content_html).toContain('two plants')
})

test('a withdrawal takes the text from every output within a second and tells who had it', async () => {
  const uri = 'urn:acme:kill'
  await using catcher = await startCatcher()
  await newswire.api('/api/v1/webhooks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: catcher.url, filter: { q: ['kill'] } }),
  })
  await pushJson(newswire, release(uri))
  await expect.poll(() => catcher.events().length, { timeout: 3_000 }).toBe(1)
  const [item] = await feedItems(newswire, 'q=kill')
  const id = item?._newswire.id

  await pushJson(newswire, withdrawal(uri))
  const outputs = ['rss', 'atom', 'json', 'ninjs'].map((format) => `/feeds/${format}?q=kill`)
  const texts = () =>
    Promise.all(
      [...outputs, `/items/${id}`, `/api/v1/items/${id}`, '/api/v1/items'].map(async (path) =>
        (await fetch(newswire.url + path)).text(),
      ),
    )
  await expect
    .poll(async () => (await texts()).filter((text) => text.includes('opens a plant in France')), {
      timeout: 1_000,
    })
    .toEqual([])
  expect((await fetch(`${newswire.url}/items/${id}`)).status).toBe(410)
  expect((await fetch(`${newswire.url}/api/v1/items/${id}`)).status).toBe(410)
  const atom = await (await fetch(`${newswire.url}/feeds/atom?q=kill`)).text()
  expect(atom).toContain(`<at:deleted-entry ref="urn:newswire:${id}"`)
  await expect.poll(() => catcher.events().at(-1)?.type, { timeout: 3_000 }).toBe('item.withdrawn')
  expect(catcher.events().at(-1)?.request.body).not.toContain('in France')

  const late = await pushJson(newswire, correction(uri))
  await expect
    .poll(async () => (await receiptOf(newswire, late.clone())).state, { timeout: 2_000 })
    .toBe('superseded')
})

test('an embargoed item exists nowhere before its instant, and everywhere after it', async () => {
  const marker = 'Zitronenfalter'
  const until = new Date(Date.now() + 3_000)
  const uri = 'urn:acme:embargo'
  const held = release(uri, {
    embargoedUntil: until.toISOString(),
    headlines: [{ value: `Acme shows the ${marker}` }],
  })
  const pushed = await pushJson(newswire, held)
  await expect
    .poll(async () => (await receiptOf(newswire, pushed.clone())).state, { timeout: 2_000 })
    .toBe('held')
  const pages = [
    '/feeds/rss',
    '/feeds/atom',
    '/feeds/json',
    '/feeds/ninjs',
    '/api/v1/items',
    '/metrics',
  ]
  for (const path of [...pages, '/dashboard', '/api/v1/status']) {
    const answer = await newswire.api(path)
    expect((await answer.text()).includes(marker), path).toBe(false)
  }
  expect(newswire.logs()).not.toContain(marker)
  expect(Date.now()).toBeLessThan(until.getTime())

  await expect
    .poll(async () => (await feedItems(newswire, 'q=zitronenfalter')).length, {
      timeout: 6_000,
      interval: 20,
    })
    .toBe(1)
  const shownAt = Date.now()
  expect(shownAt).toBeGreaterThanOrEqual(until.getTime())
  expect((await receiptOf(newswire, pushed)).state).toBe('normalized')
})
