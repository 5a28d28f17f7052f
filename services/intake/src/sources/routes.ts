import type { Bus } from '@newswire/bus'
import {
  callerOf,
  type HttpRequest,
  type Outbound,
  Problem,
  type Routes,
  requireRole,
  schemaOf,
} from '@newswire/http'
import { type Source, shortHash } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { z } from 'zod'
import { intakeLimits } from '../limits.js'
import type { Poller } from '../poll/poller.js'
import type { Position } from '../poll/position.js'
import type { Positions } from '../poll/positions.js'
import { isDefaultSource, markSeeded } from './default-sources.js'
import type { SourceRows } from './rows.js'
import { newSourceSchema, readBody, shownSource, sourceChangeSchema, sourceFrom } from './shape.js'

export interface SourceRoutesOptions {
  readonly bus: Bus
  readonly sources: SourceRows
  readonly positions: Positions
  readonly poller: Poller
  readonly outbound: Outbound
  readonly clock: Clock
}

const path = '/api/v1/sources'

/** Sources as people manage them; admins alone, for an address may hold a key. */
export function sourceRoutes(options: SourceRoutesOptions): Routes {
  const { sources, positions, poller } = options
  const onRequest = requireRole('admin')
  return (server) => {
    server.get(
      path,
      { onRequest, schema: said('All sources and how their polls went') },
      async () => {
        const [rows, polls] = await Promise.all([sources.all(), positions.all()])
        const byId = new Map(polls.map((position) => [position.source, position]))
        const items = rows
          .toSorted((a, b) => a.id.localeCompare(b.id))
          .map((source) => shownSource(source, byId.get(source.id)))
        return { items, next: null }
      },
    )
    server.get(`${path}/:id`, { onRequest, schema: said('One source') }, async (request) => {
      const source = await existing(request, sources)
      return shownSource(source, await positions.get(source.id))
    })
    server.post(
      path,
      { onRequest, ...documented('Add a source', newSourceSchema, 201) },
      async (request, reply) => {
        const source = await addSource(request, options)
        return reply
          .code(201)
          .header('location', `${path}/${source.id}`)
          .send(shownSource(source, undefined))
      },
    )
    server.patch(
      `${path}/:id`,
      { onRequest, ...documented('Change a source', sourceChangeSchema) },
      async (request) => {
        const source = await changeSource(request, options)
        return shownSource(source, await positions.get(source.id))
      },
    )
    server.delete(
      `${path}/:id`,
      { onRequest, schema: said('Delete a source', 204) },
      async (request, reply) => {
        await deleteSource(request, options)
        return reply.code(204).send()
      },
    )
    server.post(
      `${path}/:id/poll`,
      { onRequest, schema: said('Poll a source now and see the result') },
      async (request) => {
        const { result, published, error, position } = await poller.poll(
          await existing(request, sources),
        )
        return { result, published, ...(error ? { error } : {}), nextPollAt: position.nextPollAt }
      },
    )
  }
}

function said(summary: string, status = 200) {
  return { tags: ['sources'], summary, response: { [status]: { description: 'Done.' } } }
}

/** The schema describes the body; reading it stays with zod, whose faults name every field. */
function documented(summary: string, body: z.ZodType, status = 200) {
  const schema = { ...said(summary, status), body: schemaOf(body) }
  return { schema, validatorCompiler: () => () => true }
}

async function addSource(request: HttpRequest, options: SourceRoutesOptions): Promise<Source> {
  const { sources } = options
  const source = sourceFrom(readBody(newSourceSchema, request.body))
  await checkAddress(source.url, options.outbound)
  const rows = await sources.all()
  if (rows.length >= intakeLimits.sourcesMax) throw tooMany()
  const twin = rows.find((row) => row.url === source.url)
  if (twin || !(await sources.create(source))) throw taken(twin?.id ?? source.id)
  await audit(request, 'source.add', source, options)
  return source
}

async function changeSource(request: HttpRequest, options: SourceRoutesOptions): Promise<Source> {
  const { sources, positions } = options
  const change = readBody(sourceChangeSchema, request.body)
  const { id, url } = await existing(request, sources)
  if (change.url !== undefined && change.url !== url)
    await checkAddress(change.url, options.outbound)
  // Before the row: the change starts a poll, which must find the position as it is meant.
  const isMoved = change.url !== undefined && change.url !== url
  await positions.change(id, (position) => startedAnew(position, isMoved))
  const source = await sources.change(id, (row) => ({ ...row, ...defined(change) }))
  if (!source) throw unknownSource()
  await audit(request, 'source.change', source, options)
  return source
}

async function deleteSource(request: HttpRequest, options: SourceRoutesOptions): Promise<void> {
  const { sources, positions } = options
  const source = await existing(request, sources)
  // A default source leaves its position behind, which keeps it from being seeded again.
  if (isDefaultSource(source.id)) await markSeeded(positions, source.id)
  await sources.delete(source.id)
  if (!isDefaultSource(source.id)) await positions.delete(source.id)
  await audit(request, 'source.delete', source, options)
}

/** Due at once; another address has validators of its own. */
function startedAnew(position: Position, isMoved: boolean): Position {
  const { nextPollAt: _next, ...kept } = position
  const anew = { ...kept, failuresInRow: 0 }
  if (!isMoved) return anew
  const { etag: _etag, lastModified: _modified, ...unconditional } = anew
  return { ...unconditional, notModifiedInRow: 0 }
}

/** Without the fields that the caller left out. */
function defined(change: z.output<typeof sourceChangeSchema>): Partial<Source> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

async function existing(request: HttpRequest, sources: SourceRows): Promise<Source> {
  const { id } = request.params as { id: string }
  const source = await sources.get(id)
  if (!source) throw unknownSource()
  return source
}

async function checkAddress(url: string, outbound: Outbound): Promise<void> {
  const refusal = await outbound.refusal(url)
  if (refusal === undefined) return
  throw new Problem({
    status: 422,
    slug: 'address-refused',
    title: 'This address may not be called',
    detail: refusal,
  })
}

async function audit(
  request: HttpRequest,
  action: string,
  { id, enabled }: Source,
  { bus, clock }: SourceRoutesOptions,
): Promise<void> {
  const actor = callerOf(request).keyId
  const at = clock.now().toISOString()
  // The address stays out: it may hold a key.
  const fact = { actor, action, subject: id, at, detail: { enabled } }
  await bus.publish('audit', fact, { actor }, { id: `audit:${shortHash(actor, action, id, at)}` })
}

function unknownSource(): Problem {
  return new Problem({
    status: 404,
    slug: 'no-such-source',
    title: 'There is no such source',
    detail: `Use an id from GET ${path}.`,
  })
}

function taken(id: string): Problem {
  return new Problem({
    status: 409,
    slug: 'source-exists',
    title: 'This address is a source already',
    detail: `Change it with PATCH ${path}/${id}.`,
    extra: { id },
  })
}

function tooMany(): Problem {
  return new Problem({
    status: 422,
    slug: 'too-many-sources',
    title: 'There are too many sources',
    detail: `At most ${intakeLimits.sourcesMax} can stand; delete one that is not needed.`,
  })
}
