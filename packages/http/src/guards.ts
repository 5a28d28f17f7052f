import type { Caller, HttpReply, HttpRequest, Role } from './http.js'
import { Problem } from './problem.js'
import { checkSameOrigin } from './same-origin.js'
import { sessionCookie } from './session.js'

/** Lets a request through or ends it: for `onRequest` and `preHandler`. */
export type Guard = (request: HttpRequest, reply: HttpReply) => Promise<void>

const callers = new WeakMap<HttpRequest, Caller>()
const guardedRoles = new WeakMap<object, readonly Role[]>()

/** For the API: a Bearer key or a session, with one of the roles; `admin` may do everything. */
export function requireRole(...roles: readonly Role[]): Guard {
  const guard: Guard = async (request) => {
    const caller = await identify(request)
    if (caller === undefined) throw noKey()
    checkRole(caller, roles)
  }
  guardedRoles.set(guard, roles)
  return guard
}

/** For pages: like requireRole, but a page that is opened without a session leads to the login. */
export function requireSession(...roles: readonly Role[]): Guard {
  const guard: Guard = async (request, reply) => {
    const caller = await identify(request).catch((error: unknown) => {
      if (isPageLoad(request) && error instanceof Problem) return undefined
      throw error
    })
    if (caller !== undefined) return checkRole(caller, roles)
    if (!isPageLoad(request)) throw noKey()
    await reply.redirect(`/login?next=${encodeURIComponent(localPath(request.url))}`, 303)
  }
  guardedRoles.set(guard, roles)
  return guard
}

/** For the form that signs in: no other site may sign a browser in as somebody else. */
export function requireSameOrigin(): Guard {
  return async (request) => checkSameOrigin(request)
}

/** The roles that a hook asks for; undefined where it is no guard of ours. */
export function rolesOf(hook: object): readonly Role[] | undefined {
  return guardedRoles.get(hook)
}

/** Who asks, after a guard. */
export function callerOf(request: HttpRequest): Caller {
  const caller = callers.get(request)
  if (caller === undefined) throw new Error('callerOf: this route has no guard in front of it')
  return caller
}

/**
 * Who asks, where anybody may: undefined without key and session. A Bearer key that is unknown is
 * answered with 401 all the same, so that a mistyped one does not look like an empty result.
 */
export async function identify(request: HttpRequest): Promise<Caller | undefined> {
  const known = callers.get(request)
  if (known !== undefined) return known
  const caller = (await byKey(request)) ?? (await bySession(request))
  if (caller !== undefined) callers.set(request, caller)
  return caller
}

/** Whether somebody was identified, for answers that must not be kept by caches. */
export function hasCaller(request: HttpRequest): boolean {
  return callers.has(request)
}

/** A path of this server, from what a browser sent; `/` for everything else. */
export function localPath(next: unknown): string {
  const base = 'http://local.invalid'
  if (typeof next !== 'string' || !next.startsWith('/')) return '/'
  if (!URL.canParse(next, base)) return '/'
  const { origin, pathname, search } = new URL(next, base)
  // The parser drops tabs and newlines and folds `/\`: what it made of it is what is checked.
  return origin === base && !pathname.startsWith('//') ? `${pathname}${search}` : '/'
}

async function byKey({ headers, server }: HttpRequest): Promise<Caller | undefined> {
  const { authorization } = headers
  if (authorization === undefined) return undefined
  const key = /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization)?.[1]
  const caller = key === undefined ? undefined : await server.house.keyRing.find(key)
  if (caller !== undefined) return caller
  throw new Problem({
    status: 401,
    slug: 'unknown-key',
    title: 'The key is not known',
    detail: 'Send a key that stands: Authorization: Bearer nw_…; an admin can make a new one.',
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  })
}

async function bySession(request: HttpRequest): Promise<Caller | undefined> {
  const cookie = request.cookies[sessionCookie]
  const { sessions, keyRing } = request.server.house
  const keyId = cookie === undefined ? undefined : sessions.read(cookie)
  if (keyId === undefined) return undefined
  const caller = await keyRing.byId(keyId)
  if (caller !== undefined) checkSameOrigin(request)
  return caller
}

function checkRole(caller: Caller, roles: readonly Role[]): void {
  if (caller.role === 'admin' || roles.includes(caller.role)) return
  const wanted = [...new Set<Role>([...roles, 'admin'])].join(' or ')
  throw new Problem({
    status: 403,
    slug: 'wrong-role',
    title: 'The key may not do this',
    detail: `Use a key with the role ${wanted}; this one is ${caller.role}.`,
  })
}

function noKey(): Problem {
  return new Problem({
    status: 401,
    slug: 'no-key',
    title: 'A key is needed',
    detail: 'Send your key as Authorization: Bearer nw_…, or sign in at /login.',
    headers: { 'www-authenticate': 'Bearer' },
  })
}

function isPageLoad({ method, headers }: HttpRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html')
}
