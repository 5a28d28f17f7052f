import { quietLog } from '@newswire/kit'
import { createMetrics } from '@newswire/runtime'
import { describe, expect, onTestFinished, test } from 'vitest'
import { addRoutes } from './add-routes.js'
import { formBody, rawBody } from './body.js'
import {
  callerOf,
  identify,
  localPath,
  requireRole,
  requireSameOrigin,
  requireSession,
} from './guards.js'
import type { Caller, HttpServer, KeyRing } from './http.js'
import { signInLimit } from './rate-limit.js'
import { useContentSecurityPolicy } from './security-headers.js'
import { createServer, type ServerOptions } from './server.js'
import { signIn, signOut } from './session.js'

/** A ring of three keys whose texts are their roles. */
function ringOfRoles() {
  const callers = new Map<string, Caller>()
  for (const role of ['admin', 'ingest', 'subscriber'] as const) {
    callers.set(role, { keyId: role, role, name: `the ${role}` })
  }
  const ring: KeyRing = {
    find: async (key) => callers.get(key),
    byId: async (id) => callers.get(id),
    create: async () => ({ id: '', key: '' }),
    list: async () => [],
    revoke: async (id) => callers.delete(id),
  }
  return ring
}

async function routes(server: HttpServer) {
  await formBody(server)
  rawBody(server, ['text/plain'])
  server.post('/push', { preHandler: requireRole('ingest') }, async (request) => callerOf(request))
  server.get('/secret', { preHandler: requireRole() }, async () => ({ secret: 1 }))
  server.get('/open', async (request) => ({ name: (await identify(request))?.name ?? 'nobody' }))
  server.get('/page', { preHandler: requireSession('subscriber') }, async (_request, reply) =>
    reply.type('text/html').send('<p>page</p>'),
  )
  server.post('/page', { preHandler: requireSession('subscriber') }, async () => ({ ok: true }))
  const login = { config: signInLimit, onRequest: requireSameOrigin() }
  server.post<{ Body: { key: string; next?: string } }>('/login', login, async (request, reply) => {
    const caller = await server.house.keyRing.find(request.body.key)
    if (caller === undefined) return reply.code(401).send({})
    signIn(reply, caller)
    return reply.redirect(localPath(request.body.next), 303)
  })
  server.post('/logout', async (_request, reply) => {
    signOut(reply)
    return {}
  })
}

async function started(options: Partial<ServerOptions> = {}) {
  const keyRing = ringOfRoles()
  const server = await createServer({
    log: quietLog().log,
    metrics: createMetrics(),
    keyRing,
    health: async () => ({ ready: true, parts: {} }),
    cookieSecret: 'a secret for the tests of guards',
    ...options,
  })
  onTestFinished(() => server.close())
  await addRoutes(server, routes)
  return { server, keyRing }
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
const sameOrigin = { origin: 'http://localhost', host: 'localhost:80' }

async function signedIn(server: HttpServer, key: string, next = '/page') {
  const answer = await server.inject({
    method: 'POST',
    url: '/login',
    headers: { ...sameOrigin, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ key, next }).toString(),
  })
  const [cookie = ''] = [answer.headers['set-cookie'] ?? ''].flat()
  return { answer, cookie, pair: cookie.split(';')[0] ?? '' }
}

describe('keys', () => {
  test('no key, an unknown key and a wrong role are told apart', async () => {
    const { server } = await started()
    const push = (headers: Record<string, string>) =>
      server.inject({ method: 'POST', url: '/push', headers, payload: {} })
    const none = await push({})
    expect(none.statusCode).toBe(401)
    expect(none.json().type).toBe('urn:newswire:problem:no-key')
    expect(none.headers['www-authenticate']).toBe('Bearer')
    const odd = [bearer('nope'), { authorization: 'Basic YTpi' }, bearer(''), bearer('a b')]
    for (const headers of odd) {
      expect((await push(headers)).json().type).toBe('urn:newswire:problem:unknown-key')
    }
    const wrong = await push(bearer('subscriber'))
    expect(wrong.statusCode).toBe(403)
    expect(wrong.json().detail).toContain('ingest or admin')
    expect((await push(bearer('ingest'))).json()).toMatchObject({ role: 'ingest' })
    expect((await push({ authorization: 'bearer admin' })).json()).toMatchObject({ role: 'admin' })
  })

  test('who has no key is told so before the body is looked at', async () => {
    const { server } = await started()
    const answer = await server.inject({
      method: 'POST',
      url: '/push',
      headers: { 'content-type': 'application/x-unknown' },
      payload: 'x',
    })
    expect(answer.statusCode).toBe(401)
  })

  test('a route for nobody in particular is for admins only', async () => {
    const { server } = await started()
    const asked = (key: string) => server.inject({ url: '/secret', headers: bearer(key) })
    expect((await asked('ingest')).statusCode).toBe(403)
    const answer = await asked('admin')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('the HEAD twin of a guarded GET is guarded too', async () => {
    const { server } = await started()
    const head = (headers: Record<string, string>) =>
      server.inject({ method: 'HEAD', url: '/secret', headers })
    expect((await head({})).statusCode).toBe(401)
    expect((await head(bearer('admin'))).statusCode).toBe(200)
  })

  test('an open route knows who asks, and refuses a key that is wrong', async () => {
    const { server } = await started()
    const open = (headers: Record<string, string>) => server.inject({ url: '/open', headers })
    expect((await open({})).json()).toEqual({ name: 'nobody' })
    expect((await open(bearer('ingest'))).json()).toEqual({ name: 'the ingest' })
    expect((await open(bearer('nope'))).statusCode).toBe(401)
  })
})

describe('sessions', () => {
  test('a page without one leads to the login and back', async () => {
    const { server } = await started()
    const headers = { accept: 'text/html,*/*' }
    const away = await server.inject({ url: '/page?a=1&b=2', headers })
    expect(away.statusCode).toBe(303)
    expect(away.headers.location).toBe('/login?next=%2Fpage%3Fa%3D1%26b%3D2')
    expect((await server.inject('/page')).statusCode).toBe(401)
    const { answer, cookie, pair } = await signedIn(server, 'subscriber')
    expect(answer.headers.location).toBe('/page')
    expect(cookie).toMatch(/; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/)
    const page = await server.inject({ url: '/page', headers: { ...headers, cookie: pair } })
    expect(page.statusCode).toBe(200)
    expect(page.headers['cache-control']).toBe('no-store')
  })

  test('the cookie is Secure where the public address is https', async () => {
    const { server } = await started({ publicUrl: 'https://wire.example.org' })
    expect((await signedIn(server, 'admin')).cookie).toContain('; Secure')
  })

  test('a forged, changed or old cookie is nobody', async () => {
    let now = new Date('2026-01-01T00:00:00Z')
    const { server } = await started({ clock: { now: () => now } })
    const { pair } = await signedIn(server, 'subscriber')
    const asked = async (cookie: string) =>
      (await server.inject({ url: '/page', headers: { cookie } })).statusCode
    expect(await asked(pair)).toBe(200)
    const changed = [
      pair.replace('subscriber', 'admin'),
      pair.replace(/\.\d+\./, '.9999999999.'),
      `${pair}x`,
      `${pair}.x`,
      pair.slice(0, -1),
      'newswire_session=',
      'newswire_session=..',
      'newswire_session=admin.9999999999.',
    ]
    for (const cookie of changed) expect(await asked(cookie)).toBe(401)
    now = new Date('2026-01-01T12:00:00Z')
    expect(await asked(pair)).toBe(401)
  })

  test('a session dies with its key', async () => {
    const { server, keyRing } = await started()
    const { pair } = await signedIn(server, 'subscriber')
    await keyRing.revoke('subscriber')
    expect((await server.inject({ url: '/page', headers: { cookie: pair } })).statusCode).toBe(401)
  })

  test('signing out takes the cookie away', async () => {
    const { server } = await started()
    const answer = await server.inject({ method: 'POST', url: '/logout' })
    expect(String(answer.headers['set-cookie'])).toMatch(/^newswire_session=;.*Expires=.* 1970/)
  })

  test('few attempts to sign in are allowed, from this machine too', async () => {
    const { server } = await started({ limits: { signInPerMinuteMax: 3 } })
    const codes = []
    for (let i = 0; i < 4; i += 1) codes.push((await signedIn(server, 'nope')).answer.statusCode)
    expect(codes).toEqual([401, 401, 401, 429])
  })
})

describe('requests from other sites', () => {
  test('a change by cookie needs the same origin, a change by key does not', async () => {
    const { server } = await started({ publicUrl: 'https://wire.example.org' })
    const { pair: cookie } = await signedIn(server, 'subscriber')
    const post = async (headers: Record<string, string>) =>
      (await server.inject({ method: 'POST', url: '/page', headers, payload: {} })).statusCode
    const host = 'localhost:80'
    expect(await post({ cookie, host, origin: 'http://localhost' })).toBe(200)
    expect(await post({ cookie, host, origin: 'https://wire.example.org' })).toBe(200)
    expect(await post({ cookie, host, 'sec-fetch-site': 'same-origin' })).toBe(200)
    expect(await post({ ...bearer('subscriber'), host, origin: 'http://evil.example' })).toBe(200)
    for (const headers of [
      { cookie, host, origin: 'http://evil.example' },
      { cookie, host, origin: 'http://localhost:81' },
      { cookie, host, origin: 'null' },
      { cookie, host },
      { cookie, host, 'sec-fetch-site': 'same-site', origin: 'http://localhost' },
      { cookie, host, 'sec-fetch-site': 'cross-site' },
      { cookie, host, 'sec-fetch-site': 'none' },
    ]) {
      expect(await post(headers)).toBe(403)
    }
  })

  test('no other site signs a browser in', async () => {
    const { server } = await started()
    const answer = await server.inject({
      method: 'POST',
      url: '/login',
      headers: { origin: 'http://evil.example' },
      payload: { key: 'admin' },
    })
    expect(answer.json().type).toBe('urn:newswire:problem:cross-origin')
  })

  test.each([
    ['/items/na-1?x=1', '/items/na-1?x=1'],
    ['/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example/', '/'],
    ['/\t/evil.example/', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['/..//evil.example', '/'],
    ['/a/..//evil.example', '/'],
    ['', '/'],
    [undefined, '/'],
    [['/a'], '/'],
  ])('after the login %j leads to %s', (next, path) => {
    expect(localPath(next)).toBe(path)
  })
})

test('a scope may have its own content security policy', async () => {
  const { server } = await started()
  await addRoutes(server, (scope) => {
    useContentSecurityPolicy(scope, "default-src 'self'")
    scope.get('/board', async () => ({}))
  })
  expect((await server.inject('/board')).headers['content-security-policy']).toBe(
    "default-src 'self'",
  )
  expect((await server.inject('/open')).headers['content-security-policy']).toContain("'none'")
})

test('the API description names routes with a schema, who may call them, and the problem', async () => {
  const { server } = await started({ publicUrl: 'https://wire.example.org' })
  await addRoutes(server, (scope) => {
    const schema = {
      summary: 'Push',
      body: { type: 'object', properties: { a: { type: 'string' } } },
    }
    scope.post('/api/v1/things', { schema, preHandler: requireRole('ingest') }, async () => ({}))
  })
  const answer = await server.inject('/api/openapi.json')
  expect(answer.statusCode).toBe(200)
  const description = answer.json()
  expect(description).toMatchObject({
    openapi: '3.1.0',
    servers: [{ url: 'https://wire.example.org' }],
  })
  expect(Object.keys(description.paths)).toEqual(['/health', '/api/v1/things'])
  const { post } = description.paths['/api/v1/things']
  expect(post.security).toEqual([{ key: ['ingest', 'admin'] }])
  expect(post.responses.default.content['application/problem+json'].schema).toEqual({
    $ref: '#/components/schemas/Problem',
  })
  expect(description.components.schemas.Problem.required).toContain('detail')
  expect(description.components.securitySchemes.key).toEqual({ type: 'http', scheme: 'bearer' })
})
