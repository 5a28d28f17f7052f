import type { Bus } from '@newswire/bus'
import {
  faultsOfType,
  type HttpRequest,
  identify,
  Problem,
  publicLimit,
  type Routes,
  schemaOf,
} from '@newswire/http'
import { formatFilter } from '@newswire/model'
import { type Clock, systemClock } from '@newswire/runtime'
import { z } from 'zod'
import { filterOf } from '../registry/filter-of.js'
import { backtest } from './backtest.js'
import { type BacktestLimits, backtestLimits } from './limits.js'
import { Places } from './places.js'

export interface BacktestRoutesOptions {
  readonly bus: Bus
  readonly clock?: Clock
  readonly limits?: Partial<BacktestLimits>
}

const text = { type: 'string' } as const
const count = { type: 'integer' } as const
const list = (properties: object) => ({ type: 'array', items: { type: 'object', properties } })

const answer = {
  type: 'object',
  properties: {
    filter: { type: 'string', description: 'As feeds and lists have it in their address.' },
    days: count,
    from: { type: 'string', description: 'What was looked at begins here.' },
    to: { type: 'string', description: 'What was looked at ends here.' },
    items: { type: 'integer', description: 'Different items that the filter would have had.' },
    perDay: list({ date: text, items: count }),
    newest: list({
      id: text,
      headline: text,
      published: text,
      version: count,
      status: text,
      tags: list({ scheme: text, code: text, label: text }),
    }),
    looked: { type: 'integer', description: 'Item versions that were looked at.' },
    complete: { type: 'boolean', description: 'Whether these were all of these days.' },
  },
} as const

/**
 * `POST /api/v1/filters/backtest`: what a filter would have brought in the last days, by the choice
 * of the planner itself. For everybody; an admin's counts items of private sources too.
 */
export function backtestRoutes(options: BacktestRoutesOptions): Routes {
  const { bus, clock = systemClock } = options
  const limits = { ...backtestLimits, ...options.limits }
  const places = new Places(limits)
  const questionSchema = z.strictObject({
    filter: z
      .record(z.string(), z.unknown())
      .describe('As a webhook has it: region, topic, lang, source, issuer, q, and not: {…}.'),
    days: z
      .number()
      .int()
      .min(1)
      .max(limits.daysMax)
      .describe('UTC days to look back on, today among them.'),
  })

  async function run(request: HttpRequest): Promise<object> {
    const read = questionSchema.safeParse(request.body)
    if (!read.success) throw unreadable(read.error, request.body)
    const filter = filterOf(read.data.filter)
    const caller = await identify(request)
    const { days } = read.data
    const question = { filter, days, seesPrivate: caller?.role === 'admin', now: clock.now() }
    const found = await places.within(caller?.keyId ?? request.ip, () =>
      backtest(bus, limits, question),
    )
    return { filter: formatFilter(filter), days, ...found }
  }

  return (server) => {
    server.post(
      '/api/v1/filters/backtest',
      {
        config: publicLimit,
        schema: {
          tags: ['filters'],
          summary: 'What a filter would have brought in the last days',
          body: schemaOf(questionSchema),
          response: { 200: answer },
        },
      },
      run,
    )
  }
}

function unreadable(error: z.ZodError, body: unknown): Problem {
  return new Problem({
    status: 422,
    slug: 'invalid-backtest',
    title: 'The back-test cannot be read',
    detail: `${z.prettifyError(error)}.`,
    extra: { faults: faultsOfType(error, body) },
  })
}
