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
import type { Source } from '@newswire/model'
import type { Clock, SecretBox } from '@newswire/runtime'
import type { z } from 'zod'
import { intakeLimits } from '../limits.js'
import type { HostGate } from '../poll/host-gate.js'
import type { Poller } from '../poll/poller.js'
import { startedAnew } from '../poll/position.js'
import type { Positions } from '../poll/positions.js'
import { keyContext } from '../presseportal/fetch-stories.js'
import type { Subscriptions } from '../websub/subscriptions.js'
import { isDefaultSource, markSeeded } from './default-sources.js'
import { pollNow } from './poll-now.js'
import type { SourceRows } from './rows.js'
import {
  newSourceSchema,
  readBody,
  readChange,
  type SourceChange,
  shownSource,
  sourceChangeSchema,
  sourceFrom,
} from './shape.js'
import { auditSource } from './source-audit.js'

export interface SourceRoutesOptions {
  readonly bus: Bus
  readonly sources: SourceRows
  readonly positions: Positions
  readonly subscriptions: Subscriptions
  readonly poller: Poller
  readonly gate: HostGate
  readonly outbound: Outbound
  readonly secrets: SecretBox
  readonly clock: Clock
  /** Where hubs reach us. */
  readonly publicUrl?: string
}

const path = '/api/v1/sources'

/** Sources as people manage them; admins alone, for an address may hold a key. */
export function sourceRoutes(options: SourceRoutesOptions): Routes {
  const { sources, subscriptions } = options
  const onRequest = requireRole('admin')
  return (server) => {
    server.get(
      path,
      { onRequest, schema: said('All sources and how their polls went') },
      async () => ({ items: await shownAll(options), next: null }),
    )
    server.get(`${path}/:id`, { onRequest, schema: said('One source') }, async (request) =>
      shown(await existing(request, sources), options),
    )
    server.post(
      path,
      { onRequest, ...documented('Add a source', newSourceSchema, 201) },
      async (request, reply) => {
        const source = await addSource(request, options)
        const facts = { position: undefined, subscription: undefined, ...momentOf(options) }
        return reply
          .code(201)
          .header('location', `${path}/${source.id}`)
          .send(shownSource(source, facts))
      },
    )
    server.patch(
      `${path}/:id`,
      { onRequest, ...documented('Change a source', sourceChangeSchema) },
      async (request) => shown(await changeSource(request, options), options),
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
        const source = await existing(request, sources)
        const polled = await pollNow(source, options)
        await audit(request, 'source.poll', source, options)
        return polled
      },
    )
  }

  async function shown(source: Source, { positions }: SourceRoutesOptions) {
    const [position, subscription] = await Promise.all([
      positions.get(source.id),
      subscriptions.get(source.id),
    ])
    return shownSource(source, { position, subscription, ...momentOf(options) })
  }
}

async function shownAll(options: SourceRoutesOptions) {
  const { sources, positions, subscriptions } = options
  const [rows, polls, hubs] = await Promise.all([
    sources.all(),
    positions.all(),
    subscriptions.register.rows(),
  ])
  const positionOf = new Map(polls.map((position) => [position.source, position]))
  const hubOf = new Map(hubs.map(({ value }) => [value.source, value]))
  const moment = momentOf(options)
  return rows
    .toSorted((a, b) => a.id.localeCompare(b.id))
    .map((source) => {
      const facts = { position: positionOf.get(source.id), subscription: hubOf.get(source.id) }
      return shownSource(source, { ...facts, ...moment })
    })
}

function momentOf({ clock, publicUrl }: SourceRoutesOptions) {
  return { now: clock.now(), isReachable: publicUrl !== undefined }
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
  const { sources, positions, secrets } = options
  const body = readBody(newSourceSchema, request.body)
  const bare = sourceFrom(body)
  if (body.kind !== 'drop') await checkAddress(bare.url, options.outbound)
  const rows = await sources.all()
  if (rows.length >= intakeLimits.sourcesMax) throw tooMany()
  const source = 'key' in body ? { ...bare, key: sealed(bare.id, body.key, secrets) } : bare
  const twin = rows.find((row) => row.url === source.url)
  if (twin) throw taken(twin.id)
  // A poll that outlived the deletion of the same address may have written it again.
  if (!(await sources.get(source.id))) await positions.delete(source.id)
  if (!(await sources.create(source))) throw taken(source.id)
  await audit(request, 'source.add', source, options)
  return source
}

async function changeSource(request: HttpRequest, options: SourceRoutesOptions): Promise<Source> {
  const { sources, positions, secrets } = options
  const before = await existing(request, sources)
  const { id } = before
  const change = readChange(request.body, before)
  const isMoved = change.url !== undefined && change.url !== before.url
  if (isMoved) await checkMove(change.url ?? before.url, before, options)
  // Before the row: the change starts a poll, which must find the position as it is meant.
  await positions.change(id, (position) => startedAnew(position, isMoved))
  const key = change.key === undefined ? {} : { key: sealed(id, change.key, secrets) }
  const source = await sources.change(id, (row) => ({ ...changed(row, change), ...key }))
  if (!source) throw unknownSource()
  await audit(request, 'source.change', source, options)
  return source
}

/** Whoever gives another address, or enables it again, says that it is not gone. */
function changed(row: Source, change: SourceChange): Source {
  const { goneAt, movedFrom, ...kept } = row
  const isTriedAgain = change.url !== undefined || change.enabled === true
  return {
    ...kept,
    ...(goneAt === undefined || isTriedAgain ? {} : { goneAt }),
    ...(movedFrom === undefined || change.url !== undefined ? {} : { movedFrom }),
    ...defined(change),
  }
}

function sealed(id: string, key: string, secrets: SecretBox): string {
  return secrets.seal(key, keyContext(id))
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

/** Without the fields that the caller left out. */
function defined(change: SourceChange): Partial<Source> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

async function existing(request: HttpRequest, sources: SourceRows): Promise<Source> {
  const { id } = request.params as { id: string }
  const source = await sources.get(id)
  if (!source) throw unknownSource()
  return source
}

/** Two rows of one address would bring each release twice. */
async function checkMove(
  url: string,
  { id, kind }: Source,
  { sources, outbound }: SourceRoutesOptions,
): Promise<void> {
  if (kind !== 'drop') await checkAddress(url, outbound)
  const twin = (await sources.all()).find((row) => row.url === url && row.id !== id)
  if (twin) throw taken(twin.id)
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

function audit(
  request: HttpRequest,
  action: string,
  source: Source,
  options: SourceRoutesOptions,
): Promise<void> {
  return auditSource(source, { actor: callerOf(request).keyId, action }, options)
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
