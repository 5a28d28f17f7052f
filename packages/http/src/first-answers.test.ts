import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { quietLog } from '@newswire/kit'
import { createMetrics } from '@newswire/runtime'
import { afterEach, expect, test } from 'vitest'
import { answerFirst } from './first-answers.js'
import type { HttpServer } from './http.js'
import { listen } from './listen.js'
import { publicLimit } from './rate-limit.js'
import { createServer, type ServerOptions } from './server.js'

let server: HttpServer
afterEach(() => server.close())

async function started(limits: ServerOptions['limits'] = {}): Promise<string> {
  server = await createServer({
    log: quietLog().log,
    metrics: createMetrics(),
    keyRing: { find: async () => undefined } as unknown as ServerOptions['keyRing'],
    cookieSecret: 'x'.repeat(32),
    health: async () => ({ ready: true, parts: {} }),
    limits,
  })
  server.get('/hot', { config: publicLimit }, async () => 'routed')
  server.get('/cold', { config: publicLimit }, async () => 'routed')
  answerFirst(server, (request, response, mayAnswer) => {
    if (request.url !== '/hot' || !mayAnswer()) return false
    response.writeHead(200)
    response.end('first')
    return true
  })
  return listen(server, { host: '127.0.0.1', port: 0 })
}

const ask = async (url: string, from: string) => {
  const answer = await fetch(url, { headers: { 'x-forwarded-for': from } })
  return [answer.status, await answer.text()]
}

test('what is answered first is not routed, everything else is', async () => {
  const url = await started()
  expect(await (await fetch(`${url}/hot`)).text()).toBe('first')
  expect(await (await fetch(`${url}/cold`)).text()).toBe('routed')
})

test('both ways share one count, by who stands behind the proxy', async () => {
  const url = await started({ publicPerMinuteMax: 2 })
  expect(await ask(`${url}/hot`, '192.0.2.1')).toEqual([200, 'first'])
  expect(await ask(`${url}/cold`, '192.0.2.1')).toEqual([200, 'routed'])
  const [status, body] = await ask(`${url}/hot`, '192.0.2.1')
  expect(status).toBe(429)
  expect(body).toContain('too-many-requests')
  expect(await ask(`${url}/hot`, '192.0.2.2')).toEqual([200, 'first'])
})

test('a request that is no HTTP is still answered as the house does', async () => {
  const { port } = new URL(await started())
  const socket = connect(Number(port), '127.0.0.1')
  socket.end('nonsense\r\n\r\n')
  expect(await text(socket)).toContain('application/problem+json')
})
