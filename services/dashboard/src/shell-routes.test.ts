import { gunzipSync } from 'node:zlib'
import { addRoutes, createServer, type HttpServer, type KeyRing } from '@newswire/http'
import { quietLog } from '@newswire/kit'
import { createMetrics } from '@newswire/runtime'
import { beforeAll, expect, test } from 'vitest'
import { shellRoutes } from './shell-routes.js'

/** What a first visit may load of scripts, as gzip. */
const scriptBytesMax = 200_000

const keyRing: KeyRing = {
  find: async () => undefined,
  byId: async () => undefined,
  create: () => Promise.reject(new Error('not here')),
  list: async () => [],
  revoke: async () => false,
}
let server: HttpServer

beforeAll(async () => {
  server = await createServer({
    ...{ log: quietLog().log, metrics: createMetrics(), keyRing, cookieSecret: 'x'.repeat(32) },
    health: async () => ({ ready: true, parts: {} }),
  })
  await addRoutes(server, shellRoutes())
})

const open = (url: string, headers = {}) => server.inject({ url, headers })
const scriptsOf = (text: string) =>
  [...text.matchAll(/[\w./-]+\.js(?=["'`])/g)].map(([name]) => name)

/** What a script imports, and the page of `/` that it loads; other pages wait until opened. */
const loadedBy = (text: string) =>
  [
    ...text.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g),
    ...text.matchAll(/(subscribe-[\w-]{8}\.js)/g),
  ].map(([, file]) => file ?? '')

test('the shell runs no script but its own files', async () => {
  const { headers, body } = await open('/')
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
  expect(headers['content-security-policy']).toContain("script-src 'self';")
  expect(body).toContain('<script type="module"')
  expect(body).not.toMatch(/<script[^>]*>[^<]|<style|\son\w+=|\sstyle=/)
})

test('the shell is asked for again each time, and is nothing where it stands', async () => {
  const { headers } = await open('/')
  expect(headers['cache-control']).toBe('no-cache')
  const again = await open('/', { 'if-none-match': String(headers.etag) })
  expect([again.statusCode, again.body]).toEqual([304, ''])
})

test('files are kept for a year, packed, and none stands outside of their folder', async () => {
  const [script = ''] = scriptsOf((await open('/')).body)
  const { headers } = await open(script, { 'accept-encoding': 'br, gzip' })
  expect([headers['content-encoding'], headers['content-type']]).toEqual([
    'br',
    'application/javascript; charset=utf-8',
  ])
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect((await open(script)).headers['content-encoding']).toBeUndefined()
  for (const path of ['../index.html', '%2e%2e/index.html', '..%2findex.html', 'none.js']) {
    expect((await open(`/app/assets/${path}`)).statusCode).toBeGreaterThanOrEqual(400)
  }
})

test(`a first visit to the front page loads less than ${scriptBytesMax} bytes of scripts`, async () => {
  const loaded = new Map<string, number>()
  const load = async (path: string): Promise<void> => {
    if (loaded.has(path)) return
    const { rawPayload, statusCode } = await open(path, { 'accept-encoding': 'gzip' })
    expect([path, statusCode]).toEqual([path, 200])
    loaded.set(path, rawPayload.byteLength)
    for (const file of loadedBy(gunzipSync(rawPayload).toString())) {
      await load(`/app/assets/${file}`)
    }
  }
  for (const script of scriptsOf((await open('/')).body)) await load(script)
  const bytes = [...loaded.values()].reduce((sum, each) => sum + each, 0)
  expect(loaded.size).toBeGreaterThan(1)
  expect(bytes).toBeLessThan(scriptBytesMax)
})

test('pages of items find their script at one address, and what it loads stands', async () => {
  const { body, headers, statusCode } = await open('/app/item.js')
  expect([statusCode, headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8'])
  expect(headers['cache-control']).toBe('no-cache')
  const again = await open('/app/item.js', { 'if-none-match': String(headers.etag) })
  expect([again.statusCode, again.body]).toEqual([304, ''])
  const loaded = [...body.matchAll(/assets\/[\w-]+\.(?:js|css)/g)].map(([name]) => name)
  expect(loaded.length).toBeGreaterThan(1)
  for (const name of loaded)
    expect([name, (await open(`/app/${name}`)).statusCode]).toEqual([name, 200])
})
