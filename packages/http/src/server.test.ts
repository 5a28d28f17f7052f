import { connect } from 'node:net'
import { quietLog } from '@newswire/kit'
import { createMetrics } from '@newswire/runtime'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { addRoutes } from './add-routes.js'
import { rawBody } from './body.js'
import type { HttpServer, KeyRing } from './http.js'
import { listen } from './listen.js'
import { Problem } from './problem.js'
import { publicLimit } from './rate-limit.js'
import { schemaOf } from './schema-of.js'
import { createServer, type ServerOptions } from './server.js'

const noKeys: KeyRing = {
  find: async () => undefined,
  byId: async () => undefined,
  create: async () => ({ id: '', key: '' }),
  list: async () => [],
  revoke: async () => false,
}

async function started(
  routes: (server: HttpServer) => void | Promise<void> = () => undefined,
  options: Partial<ServerOptions> = {},
) {
  const { log, lines } = quietLog()
  const server = await createServer({
    log,
    metrics: createMetrics(),
    keyRing: noKeys,
    health: async () => ({ ready: true, parts: { bus: { ok: true } } }),
    cookieSecret: 'a secret for the tests of the server',
    ...options,
  })
  onTestFinished(() => server.close())
  await addRoutes(server, routes)
  return { server, lines }
}

function expectProblem(answer: { headers: object; json: () => unknown }, slug: string) {
  expect(answer.headers).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
  })
  expect(answer.json()).toMatchObject({
    type: `urn:newswire:problem:${slug}`,
    title: expect.any(String),
    detail: expect.stringMatching(/\.$/),
    instance: expect.stringMatching(/^urn:newswire:request:/),
  })
}

describe('errors', () => {
  test('an address that does not exist is a 404 problem', async () => {
    const { server } = await started()
    const answer = await server.inject('/nothing')
    expect(answer.statusCode).toBe(404)
    expectProblem(answer, 'not-found')
  })

  test('a thrown Problem is answered with its status, fields and headers', async () => {
    const { server } = await started((scope) => {
      scope.get('/gone', async () => {
        throw new Problem({
          status: 410,
          slug: 'withdrawn',
          title: 'Withdrawn',
          detail: 'The item was withdrawn.',
          extra: { id: 'na-1' },
          headers: { 'x-more': 'yes' },
        })
      })
    })
    const answer = await server.inject('/gone')
    expect(answer.statusCode).toBe(410)
    expectProblem(answer, 'withdrawn')
    expect(answer.json()).toMatchObject({ id: 'na-1', status: 410 })
    expect(answer.headers['x-more']).toBe('yes')
  })

  test('our own error is a 500 that tells nothing, logged once', async () => {
    const { server, lines } = await started((scope) => {
      scope.get('/broken', async () => {
        throw new Error('the password is hunter2')
      })
    })
    const answer = await server.inject('/broken')
    expect(answer.statusCode).toBe(500)
    expectProblem(answer, 'own-fault')
    expect(answer.body).not.toContain('hunter2')
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  test('errors of the bus become 503, 507 and 413', async () => {
    const bus = await import('@newswire/bus')
    const { server } = await started((scope) => {
      scope.get('/down', async () => Promise.reject(new bus.BusDownError('x')))
      scope.get('/full', async () => Promise.reject(new bus.StreamFullError('x')))
      scope.get('/large', async () => Promise.reject(new bus.FactTooLargeError('x')))
    })
    const down = await server.inject('/down')
    expect(down.statusCode).toBe(503)
    expect(down.headers['retry-after']).toBe('5')
    expect((await server.inject('/full')).statusCode).toBe(507)
    expect((await server.inject('/large')).statusCode).toBe(413)
  })
})

describe('bodies', () => {
  const body = schemaOf(z.strictObject({ name: z.string().min(1), count: z.int().optional() }))
  const query = schemaOf(z.object({ limit: z.int().max(500).optional() }))
  function routes(scope: HttpServer) {
    scope.post('/things', { schema: { body, querystring: query } }, async (request) => ({
      got: request.body,
      query: request.query,
    }))
    rawBody(scope, ['text/plain'])
    scope.post('/raw', async ({ body: raw }) => ({
      isBuffer: Buffer.isBuffer(raw),
      bytes: (raw as Buffer).byteLength,
    }))
    scope.post('/small', { bodyLimit: 1_024 }, async () => ({}))
  }
  const json = { 'content-type': 'application/json' }

  test('a body of the wrong shape is a 422 that names the field', async () => {
    const { server } = await started(routes)
    const send = (payload: object) => server.inject({ method: 'POST', url: '/things', payload })
    const missing = await send({ count: 1 })
    expect(missing.statusCode).toBe(422)
    expectProblem(missing, 'invalid-body')
    expect(missing.json()).toMatchObject({ field: 'name', in: 'body' })
    expect(missing.json().detail).toContain('`name` in the body is missing')
    expect((await send({ name: 'a', count: '1' })).json()).toMatchObject({ field: 'count' })
    expect((await send({ name: 'a', more: 1 })).json()).toMatchObject({ field: 'more' })
    expect((await send({ name: 'a', count: 1 })).statusCode).toBe(200)
  })

  test('a wrong query is a 400 that names the parameter, a right one is turned into numbers', async () => {
    const { server } = await started(routes)
    const send = (limit: string) =>
      server.inject({ method: 'POST', url: `/things?limit=${limit}`, payload: { name: 'a' } })
    expect((await send('x')).json()).toMatchObject({ status: 400, field: 'limit', in: 'query' })
    expect((await send('7')).json()).toMatchObject({ query: { limit: 7 } })
  })

  test('broken JSON and an empty body are 400', async () => {
    const { server } = await started(routes)
    const send = (payload: string) =>
      server.inject({ method: 'POST', url: '/things', headers: json, payload })
    expectProblem(await send('{"name": '), 'broken-json')
    expectProblem(await send(''), 'empty-body')
    expect((await send('{"__proto__": {"a": 1}}')).statusCode).toBe(400)
  })

  test('an unknown media type is a 415 that lists what is taken', async () => {
    const { server } = await started(routes)
    const answer = await server.inject({
      method: 'POST',
      url: '/raw',
      headers: { 'content-type': 'application/x-nothing' },
      payload: 'x',
    })
    expect(answer.statusCode).toBe(415)
    expectProblem(answer, 'unsupported-media-type')
    expect(answer.json().accepted).toEqual(['application/json', 'text/plain'])
  })

  test('a raw body comes as its bytes', async () => {
    const { server } = await started(routes)
    const answer = await server.inject({
      method: 'POST',
      url: '/raw',
      headers: { 'content-type': 'text/plain; charset=iso-8859-1' },
      payload: Buffer.from([0xfc, 0xe4]),
    })
    expect(answer.json()).toEqual({ isBuffer: true, bytes: 2 })
  })

  test('a body that is too large is a 413 that a real client gets to see', async () => {
    const { server } = await started(routes)
    const url = await listen(server, { host: '127.0.0.1', port: 0 })
    for (const chunked of [false, true]) {
      const bytes = Buffer.alloc(10 * 1024 * 1024, 'a')
      const answer = await fetch(`${url}/raw`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: chunked ? new Blob([bytes]).stream() : bytes,
        ...(chunked ? { duplex: 'half' } : {}),
      } as RequestInit)
      expect(answer.status).toBe(413)
      expect(await answer.json()).toMatchObject({ bytesMax: 8 * 1024 * 1024 })
    }
  })

  test.each(['/raw', '/small'])(
    'a client that only listens after it has sent all to %s sees the 413 too',
    async (path) => {
      const { server } = await started(routes)
      const { port } = new URL(await listen(server, { host: '127.0.0.1', port: 0 }))
      const head = [`POST ${path} HTTP/1.1`, 'host: a', 'content-type: text/plain']
      const bytes = Buffer.alloc(10 * 1024 * 1024, 'a')
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect({ port: Number(port), host: '127.0.0.1' })
          .pause()
          .on('error', reject)
        socket.write(`${head.join('\r\n')}\r\ncontent-length: ${bytes.byteLength}\r\n\r\n`)
        socket.write(bytes, () => {
          socket
            .setEncoding('utf8')
            .once('data', (data: string) => resolve(data))
            .resume()
        })
      })
      expect(answer).toContain('HTTP/1.1 413')
    },
  )

  test('what is no HTTP is answered with a problem', async () => {
    const { server } = await started()
    const url = new URL(await listen(server, { host: '127.0.0.1', port: 0 }))
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(url.port), url.hostname, () => socket.write('hello\r\n\r\n'))
      socket.setEncoding('utf8').once('data', (data: string) => resolve(data))
    })
    expect(answer).toContain('HTTP/1.1 400')
    expect(answer).toContain('urn:newswire:problem:broken-request')
  })

  test('a broken address is a 400 problem', async () => {
    const { server } = await started()
    const answer = await server.inject('/%zz')
    expect(answer.statusCode).toBe(400)
    expectProblem(answer, 'bad-request')
  })
})

describe('status', () => {
  test('health names what is down', async () => {
    const down = { ok: false, say: 'NATS does not answer' }
    const { server } = await started(undefined, {
      health: async () => ({ ready: false, parts: { bus: down, store: { ok: true } } }),
    })
    const answer = await server.inject('/health')
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ ready: false, down: ['bus'], parts: { bus: down } })
  })

  test('health that does not answer is not waited for', async () => {
    const { server } = await started(undefined, {
      health: () => new Promise(() => undefined),
      limits: { healthMsMax: 20 },
    })
    expect((await server.inject('/health')).statusCode).toBe(503)
  })

  test('metrics are there for this machine, and for others with an admin key only', async () => {
    const { server } = await started()
    expect((await server.inject('/metrics')).body).toContain('process_cpu')
    const far = await server.inject({ url: '/metrics', remoteAddress: '192.0.2.1' })
    expect(far.statusCode).toBe(401)
  })

  test('requests are counted by route, never by address', async () => {
    const { server } = await started((scope) => {
      scope.get('/items/:id', async () => ({}))
    })
    await server.inject('/items/na-1?token=abc')
    const { body } = await server.inject('/metrics')
    expect(body).toContain('route="/items/:id"')
    expect(body).not.toContain('na-1')
  })
})

describe('what every answer carries', () => {
  test('security headers stand on pages and errors', async () => {
    const { server } = await started()
    for (const url of ['/health', '/nothing']) {
      const { headers } = await server.inject(url)
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      })
    }
  })

  test('a response schema cuts no field off', async () => {
    const { server } = await started((scope) => {
      const response = { 200: schemaOf(z.object({ a: z.number() })) }
      scope.get('/more', { schema: { response } }, async () => ({ a: 1, b: 2 }))
    })
    expect((await server.inject('/more')).json()).toEqual({ a: 1, b: 2 })
  })

  test('the log never holds the query or a header', async () => {
    const { server, lines } = await started((scope) => {
      scope.get('/x', async () => ({}))
    })
    await server.inject({ url: '/x?token=topsecret', headers: { 'x-a': 'hidden' } })
    expect(lines.some(({ msg }) => msg === 'request answered')).toBe(true)
    expect(JSON.stringify(lines)).not.toMatch(/topsecret|hidden/)
  })
})

describe('limits', () => {
  test('public routes share one count per address, and say when to come again', async () => {
    const { server } = await started(
      (scope) => {
        scope.get('/a', { config: publicLimit }, async () => ({}))
        scope.get('/b', { config: publicLimit }, async () => ({}))
      },
      { limits: { publicPerMinuteMax: 2 } },
    )
    const from = (url: string, remoteAddress: string) => server.inject({ url, remoteAddress })
    expect((await from('/a', '192.0.2.1')).statusCode).toBe(200)
    expect((await from('/b', '192.0.2.1')).statusCode).toBe(200)
    const third = await from('/a', '192.0.2.1')
    expect(third.statusCode).toBe(429)
    expectProblem(third, 'too-many-requests')
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0)
    expect(third.headers['access-control-expose-headers']).toBe('Retry-After')
    expect((await from('/a', '192.0.2.2')).statusCode).toBe(200)
    for (let i = 0; i < 5; i += 1) expect((await from('/a', '127.0.0.1')).statusCode).toBe(200)
  })

  test('a proxy on this machine tells who asks, others can not', async () => {
    const { server } = await started((scope) => {
      scope.get('/ip', async ({ ip }) => ({ ip }))
    })
    const headers = { 'x-forwarded-for': '192.0.2.9' }
    const near = await server.inject({ url: '/ip', headers, remoteAddress: '127.0.0.1' })
    const far = await server.inject({ url: '/ip', headers, remoteAddress: '192.0.2.1' })
    expect([near.json().ip, far.json().ip]).toEqual(['192.0.2.9', '192.0.2.1'])
  })
})

test('a port that is taken gets a sentence that says what to do', async () => {
  const { server: first } = await started()
  const { server: second } = await started()
  const url = await listen(first, { host: '127.0.0.1', port: 0 })
  const port = Number(new URL(url).port)
  await expect(listen(second, { host: '127.0.0.1', port })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken by another program. Stop that one, or choose another port with PORT=`,
  )
})
