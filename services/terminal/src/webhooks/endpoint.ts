import { z } from 'zod'
import { type House, listAll } from '../house/index.js'
import { count, type Painted, type Piece, paint, type Style } from '../screen/index.js'
import type { Session } from '../session.js'

export const endpointSchema = z.looseObject({
  id: z.string(),
  target: z.string().nullish(),
  url: z.string().nullish(),
  subject: z.string().nullish(),
  filter: z.record(z.string(), z.unknown()).nullish(),
  events: z.array(z.string()).nullish(),
  format: z.string().nullish(),
  name: z.string().nullish(),
  status: z.string(),
  reason: z.string().nullish(),
  signature: z.string().nullish(),
  publicKey: z.string().nullish(),
  createdAt: z.string().nullish(),
  secret: z.string().nullish(),
})
export type Endpoint = z.output<typeof endpointSchema>

export const pathOf = (id: string, verb = '') =>
  `/api/v1/webhooks/${encodeURIComponent(id)}${verb === '' ? '' : `/${verb}`}`

const endpointsMax = 10_000
/** As many as the house gives at a time. */
const pageMax = 100

export function listEndpoints(house: House): Promise<Endpoint[]> {
  const path = '/api/v1/webhooks'
  return listAll(house, { path, schema: endpointSchema, limit: endpointsMax, pageMax })
}

const marks: Readonly<Record<string, readonly [mark: string, style: Style]>> = {
  active: ['●', 'good'],
  pending: ['…', 'odd'],
  paused: ['‖', 'odd'],
  disabled: ['✗', 'bad'],
}

export function stateOf({ status }: Endpoint): Painted {
  const [mark, style] = marks[status] ?? ['?', 'odd']
  return paint(style, `${mark} ${status}`)
}

export function sayEndpoints(found: readonly Endpoint[], { screen }: Session): void {
  if (found.length === 0) {
    screen.line('No webhook is registered. Add one: newswire webhooks add https://example.org/hook')
    return
  }
  const rows = found.map((endpoint) => [
    stateOf(endpoint),
    paint('strong', endpoint.name ?? ''),
    endpoint.url ?? endpoint.subject ?? '',
    filterText(endpoint.filter),
    paint('accent', endpoint.id),
  ])
  screen.table(
    [
      ...[{ title: 'state' }, { title: 'name', isElastic: true }],
      ...[
        { title: 'url', isElastic: true },
        { title: 'filter', isElastic: true, isExtra: true },
      ],
      { title: 'id', isWhole: true },
    ],
    rows,
  )
  const told = found.filter(({ reason, status }) => reason && status !== 'active')
  for (const { id, reason } of told) screen.line(paint('accent', id), '  ', reason ?? '')
}

const nameColumns = 11

export function sayEndpoint(endpoint: Endpoint, { screen }: Session): void {
  const rows: [string, Piece][] = [
    ['id', paint('accent', endpoint.id)],
    ['name', endpoint.name ?? ''],
    ['state', stateOf(endpoint)],
    ['reason', endpoint.reason ?? ''],
    ['url', endpoint.url ?? endpoint.subject ?? ''],
    ['filter', filterText(endpoint.filter)],
    ['events', (endpoint.events ?? []).join(' ')],
    ['format', endpoint.format ?? ''],
    ['signature', endpoint.signature ?? ''],
    ['public key', endpoint.publicKey ?? ''],
    ['created', endpoint.createdAt ?? ''],
  ]
  for (const [name, says] of rows) {
    if (says !== '') screen.line(paint('dim', name.padEnd(nameColumns)), says)
  }
  if (!endpoint.secret) return
  screen.line(paint('dim', 'secret'.padEnd(nameColumns)), paint('strong', endpoint.secret))
  screen.line(paint('odd', 'Keep the secret: it is shown this once.'))
}

/** `region=CN,JP not.lang=de`, as people type it. */
function filterText(filter: Endpoint['filter']): string {
  const { not, ...own } = filter ?? {}
  const parts = (terms: object, prefix: string) =>
    Object.entries(terms).map(([key, values]) => `${prefix}${key}=${[values].flat().join(',')}`)
  const text = [...parts(own, ''), ...parts((not ?? {}) as object, 'not.')].join(' ')
  return text === '' ? 'everything' : text
}

export function sayCount(number: number, one: string, many: string): string {
  return `${count(number)} ${number === 1 ? one : many}`
}
