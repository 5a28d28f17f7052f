import { randomUUID } from 'node:crypto'
import type { Bus } from '@newswire/bus'
import {
  callerOf,
  type HttpReply,
  type HttpRequest,
  Problem,
  type Routes,
  requireRole,
  schemaOf,
} from '@newswire/http'
import type { Clock } from '@newswire/runtime'
import { newTokenSchema, readNewToken } from './new-token.js'
import type { TokenBook } from './token-book.js'

export interface TokenRoutesOptions {
  readonly book: TokenBook
  readonly bus: Pick<Bus, 'publish'>
  readonly clock: Clock
}

/**
 * `/api/v1/feed-tokens`: admins make, list and revoke them. Nobody else, since a token opens what
 * its maker may see, and of the roles only an admin may see private sources.
 */
export function tokenRoutes({ book, bus, clock }: TokenRoutesOptions): Routes {
  async function audit(request: HttpRequest, change: { action: string } & Subject): Promise<void> {
    const actor = callerOf(request).keyId
    const at = clock.now().toISOString()
    await bus.publish('audit', { ...change, actor, at }, { actor }, { id: randomUUID() })
  }

  async function create(request: HttpRequest, reply: HttpReply): Promise<HttpReply> {
    const wanted = readNewToken(request.body)
    const { row, token } = await book.create(wanted, callerOf(request).keyId)
    const { name, sources } = row
    await audit(request, {
      action: 'feed-token.create',
      subject: row.id,
      detail: { name, sources },
    })
    return reply.code(201).send({ id: row.id, token, name, sources, createdAt: row.createdAt })
  }

  async function revoke(request: HttpRequest, reply: HttpReply): Promise<HttpReply> {
    const { id } = request.params as { id: string }
    if (!(await book.revoke(id))) {
      throw new Problem({
        status: 404,
        slug: 'unknown-feed-token',
        title: 'There is no such feed token',
        detail: 'GET /api/v1/feed-tokens lists the ids of all tokens.',
      })
    }
    await audit(request, { action: 'feed-token.revoke', subject: id, detail: null })
    return reply.code(204).send()
  }

  return (server) => {
    const tags = ['feeds']
    const preHandler = requireRole('admin')
    const path = '/api/v1/feed-tokens'
    const listing = { tags, summary: 'All tokens for private feeds, without their texts' }
    server.get(path, { preHandler, schema: listing }, async () => ({
      items: await book.list(),
      next: null,
    }))
    const making = {
      tags,
      summary: 'Makes a token that opens private sources in the address of a feed',
      body: schemaOf(newTokenSchema),
    }
    // The union in the body has sentences of its own.
    server.post(path, { preHandler, schema: making, attachValidation: true }, create)
    const ending = { tags, summary: 'Revokes a token: its addresses are a 404 from then on' }
    server.delete(`${path}/:id`, { preHandler, schema: ending }, revoke)
  }
}

interface Subject {
  readonly subject: string
  readonly detail: unknown
}
