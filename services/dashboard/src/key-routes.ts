import type { Bus } from '@newswire/bus'
import {
  callerOf,
  type HttpReply,
  type HttpRequest,
  type KeyRing,
  Problem,
  type Routes,
  requireRole,
  roles,
  schemaOf,
} from '@newswire/http'
import type { Clock } from '@newswire/runtime'
import { z } from 'zod'
import { createAudit } from './audit.js'

const newKeySchema = z.strictObject({
  role: z.enum(roles),
  name: z.string().trim().min(1).max(100),
})

export interface KeyRoutesOptions {
  readonly keyRing: KeyRing
  readonly bus: Pick<Bus, 'publish'>
  readonly clock: Clock
}

/** `/api/v1/keys`: admins make, list and revoke keys. A key's text is shown once. */
export function keyRoutes({ keyRing, bus, clock }: KeyRoutesOptions): Routes {
  const audit = createAudit({ bus, clock })

  async function create(request: HttpRequest, reply: HttpReply): Promise<HttpReply> {
    const wanted = newKeySchema.parse(request.body)
    const { id, key } = await keyRing.create(wanted)
    const actor = callerOf(request).keyId
    await audit({ actor, action: 'key.create', subject: id, detail: wanted })
    return reply.code(201).send({ id, key, ...wanted })
  }

  async function revoke(request: HttpRequest, reply: HttpReply): Promise<HttpReply> {
    const { id } = request.params as { id: string }
    const actor = callerOf(request).keyId
    if (id === actor) {
      throw new Problem({
        status: 409,
        slug: 'own-key',
        title: 'A key cannot revoke itself',
        detail: 'Use another admin key, or `npx newswire admin-key` to replace the admin key.',
      })
    }
    if (!(await keyRing.revoke(id))) {
      throw new Problem({
        status: 404,
        slug: 'unknown-key-id',
        title: 'There is no such key',
        detail: 'GET /api/v1/keys lists the ids of all keys.',
      })
    }
    await audit({ actor, action: 'key.revoke', subject: id, detail: null })
    return reply.code(204).send()
  }

  return (server) => {
    const tags = ['keys']
    const preHandler = requireRole('admin')
    server.get('/api/v1/keys', { preHandler, schema: { tags, summary: 'All keys' } }, async () => ({
      items: await keyRing.list(),
      next: null,
    }))
    const newKey = { tags, summary: 'Makes a key', body: schemaOf(newKeySchema) }
    server.post('/api/v1/keys', { preHandler, schema: newKey }, create)
    const schema = { tags, summary: 'Revokes a key' }
    server.delete('/api/v1/keys/:id', { preHandler, schema }, revoke)
  }
}
