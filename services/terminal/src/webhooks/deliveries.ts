import { z } from 'zod'
import { listAll } from '../house/index.js'
import { type Painted, paint, relative } from '../screen/index.js'
import { type Outcome, outcomes, type Session } from '../session.js'
import { pathOf } from './endpoint.js'

const attemptSchema = z.looseObject({
  attempt: z.number(),
  result: z.string(),
  startedAt: z.string().nullish(),
  latencyMs: z.number().nullish(),
  status: z.number().nullish(),
  error: z.string().nullish(),
  nextAt: z.string().nullish(),
  answer: z.string().nullish(),
})

const deliverySchema = z.looseObject({
  id: z.string(),
  endpoint: z.string().nullish(),
  item: z.string(),
  revision: z.string().nullish(),
  sequence: z.number().nullish(),
  plannedAt: z.string().nullish(),
  state: z.string(),
  attempts: z.array(attemptSchema).default([]),
})
type Delivery = z.output<typeof deliverySchema>

const pageMax = 100

export interface DeliveriesOptions {
  readonly status?: string
  readonly item?: string
  readonly from?: string
  readonly to?: string
  readonly limit: number
}

/** What was sent to a webhook, or without an id to all, and what came of it; newest first. */
export async function listDeliveries(
  id: string | undefined,
  { limit, ...wanted }: DeliveriesOptions,
  session: Session,
): Promise<Outcome> {
  const query = new URLSearchParams()
  for (const name of ['status', 'item', 'from', 'to'] as const) {
    const value = wanted[name]
    if (value !== undefined) query.set(name, value)
  }
  const path = id === undefined ? '/api/v1/deliveries' : pathOf(id, 'deliveries')
  const asked = { path, schema: deliverySchema, query, limit, pageMax }
  const found = await listAll(session.house(), asked)
  if (session.isJson) session.screen.json({ items: found })
  else say(found, id === undefined, session)
  return outcomes.done
}

const states: Readonly<Record<string, Painted>> = {
  waiting: paint('odd', '… waiting'),
  retry: paint('odd', '↻ retry'),
  delivered: paint('good', '✓ delivered'),
  failed: paint('bad', '✗ failed'),
  superseded: paint('dim', '< superseded'),
}

function say(found: readonly Delivery[], isOfAll: boolean, { screen, now }: Session): void {
  if (found.length === 0) {
    screen.line('No delivery is kept that matches.')
    return
  }
  const rows = found.map(({ state, plannedAt, item, revision, attempts, endpoint, id }) => {
    const last = attempts.at(-1)
    return [
      paint('dim', relative(plannedAt, now())),
      states[state] ?? state,
      ...(isOfAll ? [endpoint ?? ''] : []),
      paint('strong', `${item} ${revision ?? ''}`),
      attempts.length,
      last?.status ?? '',
      lastWord(last, now()),
      paint('accent', id),
    ]
  })
  screen.table(
    [
      ...[{ title: 'planned' }, { title: 'state' }],
      ...(isOfAll ? [{ title: 'webhook', isElastic: true }] : []),
      { title: 'item', isElastic: true },
      ...[{ title: 'tries', align: 'right' as const }, { title: 'answer' }],
      ...[
        { title: 'says', isElastic: true, isExtra: true },
        { title: 'id', isWhole: true },
      ],
    ],
    rows,
  )
}

function lastWord(last: Delivery['attempts'][number] | undefined, now: Date): string {
  if (last === undefined) return ''
  const next = last.nextAt ? `again ${relative(last.nextAt, now)}` : ''
  const took = typeof last.latencyMs === 'number' ? `${Math.round(last.latencyMs)} ms` : ''
  return [last.error ?? took, next].filter((part) => part !== '').join(', ')
}

/** One delivery with each attempt and what was answered. */
export async function showDelivery(
  id: string,
  delivery: string,
  session: Session,
): Promise<Outcome> {
  const { screen, isJson, now } = session
  const path = pathOf(id, `deliveries/${encodeURIComponent(delivery)}`)
  const said = await session.house().ask('GET', path, deliverySchema)
  if (isJson) {
    screen.json(said)
    return outcomes.done
  }
  screen.line(states[said.state] ?? said.state, '  ', paint('strong', said.item), `  ${said.id}`)
  screen.table(
    [
      ...[{ title: 'try', align: 'right' as const }, { title: 'at' }, { title: 'result' }],
      ...[{ title: 'answer' }, { title: 'ms', align: 'right' as const }],
      { title: 'says', isElastic: true },
    ],
    said.attempts.map(({ attempt, startedAt, result, status, latencyMs, error, answer }) => [
      attempt,
      paint('dim', relative(startedAt, now())),
      states[result] ?? result,
      status ?? '',
      typeof latencyMs === 'number' ? Math.round(latencyMs) : '',
      error ?? answer ?? '',
    ]),
  )
  return outcomes.done
}
