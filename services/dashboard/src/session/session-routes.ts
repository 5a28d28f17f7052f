import {
  type Caller,
  type HttpReply,
  type HttpRequest,
  identify,
  type KeyRing,
  Problem,
  publicLimit,
  type Routes,
  requireSameOrigin,
  schemaOf,
  signIn,
  signInLimit,
  signOut,
} from '@newswire/http'
import { z } from 'zod'
import type { Audit } from '../audit.js'

const keyCharsMax = 200
const signInSchema = z.strictObject({ key: z.string().trim().min(1).max(keyCharsMax) })

export interface SessionRoutesOptions {
  readonly keyRing: Pick<KeyRing, 'find'>
  readonly audit: Audit
}

/** `/api/v1/session`: who is signed in; signing in by a key, and out. The cookie is HttpOnly. */
export function sessionRoutes({ keyRing, audit }: SessionRoutesOptions): Routes {
  async function begin(request: HttpRequest, reply: HttpReply): Promise<object> {
    const caller = await keyRing.find(signInSchema.parse(request.body).key)
    if (!caller) throw unknownKey()
    await audit({ actor: caller.keyId, action: 'session.create', subject: caller.keyId })
    signIn(reply, caller)
    return reply.header('cache-control', 'no-store').send({ session: view(caller) })
  }

  async function end(request: HttpRequest, reply: HttpReply): Promise<HttpReply> {
    const caller = await identify(request).catch(() => undefined)
    if (caller) await audit({ actor: caller.keyId, action: 'session.end', subject: caller.keyId })
    signOut(reply)
    return reply.code(204).send()
  }

  return (server) => {
    const path = '/api/v1/session'
    const tags = ['session']
    const preHandler = requireSameOrigin()
    server.get(
      path,
      { config: publicLimit, schema: { tags, summary: 'Who is signed in, or null' } },
      async (request, reply) => {
        // A session whose key was revoked is none.
        const caller = await identify(request)
        reply.header('cache-control', 'no-store')
        return { session: caller ? view(caller) : null }
      },
    )
    server.post(
      path,
      {
        config: signInLimit,
        preHandler,
        schema: { tags, summary: 'Signs a browser in by a key', body: schemaOf(signInSchema) },
      },
      begin,
    )
    server.delete(path, { preHandler, schema: { tags, summary: 'Signs out' } }, end)
  }
}

function view({ keyId: id, name, role }: Caller): object {
  return { id, name, role }
}

function unknownKey(): Problem {
  return new Problem({
    status: 401,
    slug: 'unknown-key',
    title: 'The key is not known',
    detail: 'Check it for missing characters, or ask an admin for a new one.',
  })
}
