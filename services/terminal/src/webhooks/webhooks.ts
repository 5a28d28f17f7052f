import { z } from 'zod'
import { readFilter } from '../house/index.js'
import { paint } from '../screen/index.js'
import { type Outcome, outcomes, type Session } from '../session.js'
import { UsageError } from '../terminal-error.js'
import {
  type Endpoint,
  endpointSchema,
  listEndpoints,
  pathOf,
  sayEndpoint,
  sayEndpoints,
} from './endpoint.js'

const path = '/api/v1/webhooks'

export async function listWebhooks(session: Session): Promise<Outcome> {
  const found = await listEndpoints(session.house())
  if (session.isJson) session.screen.json({ items: found })
  else sayEndpoints(found, session)
  return outcomes.done
}

export async function showWebhook(id: string, session: Session): Promise<Outcome> {
  return told(await session.house().ask('GET', pathOf(id), endpointSchema), session)
}

export interface AddOptions {
  readonly filter?: readonly string[]
  readonly name?: string
  readonly format?: string
  readonly events?: readonly string[]
  readonly header?: readonly string[]
  readonly signature?: string
  readonly rate?: number
  readonly paused?: boolean
  /** `--no-verify` makes it false. */
  readonly verify: boolean
}

export async function addWebhook(
  url: string,
  options: AddOptions,
  session: Session,
): Promise<Outcome> {
  const { filter, name, format, events, header, signature, rate, paused, verify } = options
  const body = defined({
    ...{ url, name, format, events, signature, paused, ratePerSecond: rate },
    filter: filter && filterBody(filter),
    headers: header && Object.fromEntries(header.map(headerOf)),
    verify: verify ? undefined : false,
  })
  return told(await session.house().ask('POST', path, endpointSchema, { body }), session)
}

export async function rotateSecret(id: string, session: Session): Promise<Outcome> {
  const body = {}
  return told(
    await session.house().ask('POST', pathOf(id, 'rotate-secret'), endpointSchema, { body }),
    session,
  )
}

export async function setStatus(
  id: string,
  status: 'active' | 'paused',
  session: Session,
): Promise<Outcome> {
  const body = { status }
  return told(await session.house().ask('PATCH', pathOf(id), endpointSchema, { body }), session)
}

export async function deleteWebhook(id: string, session: Session): Promise<Outcome> {
  await session.house().ask('DELETE', pathOf(id), z.unknown())
  if (session.isJson) session.screen.json({ id, deleted: true })
  else session.screen.line('The webhook ', paint('accent', id), ' is deleted.')
  return outcomes.done
}

function told(endpoint: Endpoint, session: Session): Outcome {
  if (session.isJson) session.screen.json(endpoint)
  else sayEndpoint(endpoint, session)
  return outcomes.done
}

/** `region=CN,JP not.lang=de` as the JSON that the API takes; a comma within quotes is kept. */
function filterBody(parts: readonly string[]): object {
  const own: Record<string, string[]> = {}
  const not: Record<string, string[]> = {}
  for (const [key, value] of readFilter(parts)) {
    const isNot = key.startsWith('not.')
    const terms = isNot ? not : own
    const name = isNot ? key.slice('not.'.length) : key
    terms[name] = [...(terms[name] ?? []), ...(value.match(/(?:"[^"]*"|[^,"])+/g) ?? [])]
  }
  return Object.keys(not).length === 0 ? own : { ...own, not }
}

function headerOf(text: string): [string, string] {
  const [, name = '', value = ''] = /^([^:\s]+):\s*(.*)$/.exec(text) ?? []
  if (name !== '') return [name, value]
  throw new UsageError(`"${text}" is no header: write "Name: value".`)
}

function defined(body: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
}
