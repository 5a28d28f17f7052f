import type { Bus, DeadLetters, Stored } from '@newswire/bus'
import {
  callerOf,
  type HttpRequest,
  Problem,
  type Routes,
  requireRole,
  schemaOf,
} from '@newswire/http'
import type { DeadLetter } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import { createAudit } from './audit.js'
import { changeMany, manyAnswer, manySchema } from './dead-letter-many.js'

/** Letters on one page of the list. */
const pageLimits = { lettersDefault: 50, lettersMax: 200 } as const

export interface DeadLetterRoutesOptions {
  readonly bus: Pick<Bus, 'publish'> & { readonly deadLetters: DeadLetters }
  readonly clock: Clock
}

/** `/api/v1/dead-letters`: list, look at, replay, discard, also many. Admins only; audited. */
export function deadLetterRoutes({ bus, clock }: DeadLetterRoutesOptions): Routes {
  const letters = bus.deadLetters
  const audit = createAudit({ bus, clock })

  async function list(request: HttpRequest): Promise<object> {
    const query = request.query as { limit?: string; cursor?: string; stage?: string }
    const limit = readNumber('limit', query.limit, pageLimits.lettersMax)
    const before = readNumber('cursor', query.cursor, Number.MAX_SAFE_INTEGER)
    const found = await letters.list({
      limit: limit ?? pageLimits.lettersDefault,
      ...(before === undefined ? {} : { before }),
      ...(query.stage === undefined ? {} : { stage: query.stage }),
    })
    const last = found.at(-1)
    const isFull = found.length === (limit ?? pageLimits.lettersDefault)
    return { items: found.map(shown), next: isFull && last ? String(last.sequence) : null }
  }

  async function find(request: HttpRequest): Promise<Stored<DeadLetter>> {
    const sequence = readNumber('id', idOf(request), Number.MAX_SAFE_INTEGER)
    const letter = sequence === undefined ? undefined : await letters.get(sequence)
    if (letter) return letter
    throw new Problem({
      status: 404,
      slug: 'unknown-dead-letter',
      title: 'There is no such dead letter',
      detail:
        'It may be replayed or discarded already. GET /api/v1/dead-letters lists what stands.',
    })
  }

  async function change(
    request: HttpRequest,
    action: 'dead-letter.replay' | 'dead-letter.discard',
  ): Promise<object> {
    const { sequence } = await find(request)
    if (action === 'dead-letter.replay') await letters.replay(sequence)
    else await letters.discard(sequence)
    const subject = String(sequence)
    await audit({ actor: callerOf(request).keyId, action, subject, detail: null })
    return { id: subject, done: action }
  }

  return (server) => {
    const path = '/api/v1/dead-letters'
    const guarded = (summary: string) => ({
      preHandler: requireRole('admin'),
      schema: { tags: ['dead letters'], summary },
    })
    server.get(path, guarded('Dead letters, newest first'), list)
    server.get(`${path}/:id`, guarded('One dead letter with its whole input'), async (request) =>
      shown(await find(request)),
    )
    server.post(`${path}/:id/replay`, guarded('Gives the input to its stage again'), (request) =>
      change(request, 'dead-letter.replay'),
    )
    server.delete(`${path}/:id`, guarded('Discards a dead letter for good'), (request) =>
      change(request, 'dead-letter.discard'),
    )
    for (const [action, summary] of [
      ['replay', 'Gives the inputs of many dead letters to their stages again'],
      ['discard', 'Discards many dead letters for good'],
    ] as const) {
      const { preHandler, schema } = guarded(summary)
      const shapes = { body: schemaOf(manySchema), response: { 200: manyAnswer } }
      server.post(
        `${path}/${action}`,
        { preHandler, schema: { ...schema, ...shapes } },
        (request) => {
          const many = manySchema.parse(request.body)
          return changeMany({ letters, audit }, { action, many, actor: callerOf(request).keyId })
        },
      )
    }
  }
}

function shown({ sequence, value }: Stored<DeadLetter>): object {
  return { id: String(sequence), ...value }
}

function idOf(request: HttpRequest): string {
  return (request.params as { id: string }).id
}

function readNumber(name: string, value: string | undefined, max: number): number | undefined {
  if (value === undefined) return undefined
  const number = Number(value)
  if (Number.isInteger(number) && number >= 1 && number <= max) return number
  throw new Problem({
    status: 400,
    slug: `bad-${name}`,
    title: `The ${name} cannot be read`,
    detail: `Give a whole number from 1 to ${max}.`,
  })
}
