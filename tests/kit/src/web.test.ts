import { expect, test } from 'vitest'
import { fixture, quietLog, startCatcher, startFakeWire } from './index.js'

test('the catcher answers a verification with its challenge and keeps every request', async () => {
  await using catcher = await startCatcher()
  const post = (event: object) =>
    fetch(`${catcher.url}/hook?a=1`, { method: 'POST', body: JSON.stringify(event) })
  const verified = await post({ type: 'webhook.verify', data: { challenge: 'c1' } })
  expect(await verified.json()).toEqual({ challenge: 'c1' })
  expect((await post({ type: 'item.published', data: { uri: 'urn:newswire:na-1' } })).ok).toBe(true)
  expect(catcher.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /hook?a=1',
    'POST /hook?a=1',
  ])
  expect(catcher.events()).toMatchObject([{ type: 'item.published' }])
})

test('the catcher follows a script, hangs, and hangs up when stopped', async () => {
  await using catcher = await startCatcher()
  catcher.answer(({ path }) => (path === '/busy' ? { status: 503 } : { hang: true }))
  expect((await fetch(`${catcher.url}/busy`)).status).toBe(503)
  const hanging = expect(fetch(`${catcher.url}/hang`)).rejects.toThrow()
  await expect.poll(() => catcher.requests.length).toBe(2)
  await catcher.stop()
  await hanging
})

test('the fake wire answers 304 to a matching ETag and to an older date', async () => {
  await using wire = await startFakeWire()
  const lastModified = new Date('2026-03-01T10:00:00.500Z')
  wire.serve('/rss', { body: '<rss/>', etag: true, lastModified })
  const first = await fetch(`${wire.url}/rss`)
  const etag = first.headers.get('etag') ?? ''
  const modified = first.headers.get('last-modified') ?? ''
  const status = async (headers: Record<string, string>) =>
    (await fetch(`${wire.url}/rss`, { headers })).status
  expect(await status({ 'if-none-match': etag })).toBe(304)
  expect(await status({ 'if-none-match': `"x", W/${etag}` })).toBe(304)
  expect(await status({ 'if-none-match': '"x"' })).toBe(200)
  expect(await status({ 'if-modified-since': modified })).toBe(304)
  expect(await status({ 'if-none-match': '"x"', 'if-modified-since': modified })).toBe(200)
  wire.serve('/rss', { body: '<rss>2</rss>', etag: true })
  expect(await status({ 'if-none-match': etag })).toBe(200)
  expect((await fetch(`${wire.url}/nothing`)).status).toBe(404)
})

test('the fake wire hangs up half-way, falls silent half-way, and goes on for ever', async () => {
  await using wire = await startFakeWire({ host: '127.0.0.1' })
  const body = 'x'.repeat(1_000)
  wire.serve('/cut', { body, cutAfterBytes: 100 })
  await expect(fetch(`${wire.url}/cut`).then((answer) => answer.text())).rejects.toThrow()
  wire.serve('/silent', { body, holdAfterBytes: 100 })
  const silent = await fetch(`${wire.url}/silent`)
  expect(silent.headers.get('content-length')).toBe('1000')
  await silent.body?.cancel()
  wire.serve('/endless', { body: 'head', endless: Buffer.alloc(10_000, 'y') })
  const reader = (await fetch(`${wire.url}/endless`)).body?.getReader()
  let got = 0
  while (got < 1_000_000) got += (await reader?.read())?.value?.length ?? Number.NaN
  await reader?.cancel()
  expect(got).toBeGreaterThanOrEqual(1_000_000)
})

test('the quiet log keeps its lines with their fields', () => {
  const { log, lines } = quietLog()
  log.child({ room: 'intake' }).info({ count: 2 }, 'polled')
  log.error({ err: new Error('no route') }, 'source is down')
  expect(lines).toMatchObject([
    { level: 'info', room: 'intake', count: 2, msg: 'polled' },
    { level: 'error', err: { message: 'no route' }, msg: 'source is down' },
  ])
})

test('a fixture is read by its name', () => {
  expect(fixture('chongqing.txt').length).toBeGreaterThan(100)
})
