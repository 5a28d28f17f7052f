import type { Bus } from '@newswire/bus'
import { type KeyRing, type Routes, requireRole, schemaOf } from '@newswire/http'
import type { Hold } from '@newswire/model'
import type { Store } from '@newswire/store'
import { z } from 'zod'
import type { Table } from '../figures/table.js'
import { readRecalls } from '../overview/recalls.js'

const pageLimits = { linesDefault: 50, linesMax: 200 } as const
const limit = z.number().int().min(1).max(pageLimits.linesMax).default(pageLimits.linesDefault)
const pageSchema = z.object({ limit, cursor: z.number().int().nonnegative().optional() })

export interface ListRoutesOptions {
  readonly bus: Pick<Bus, 'newest' | 'read'>
  readonly store: Pick<Store, 'recalls' | 'deliveries'>
  readonly keyRing: Pick<KeyRing, 'list'>
  readonly watch: { readonly holds: Table<Hold> }
}

/** `/api/v1/recalls`, `/embargoed` and `/audit`: for admins alone. */
export function listRoutes(options: ListRoutesOptions): Routes {
  const preHandler = requireRole('admin')
  // Two hundred items and their receivers are read for it: who asks meanwhile is told the same.
  let reading: ReturnType<typeof readRecalls> | undefined
  const recalls = async () => {
    reading ??= readRecalls(options.store).finally(() => {
      reading = undefined
    })
    return await reading
  }
  const paged = (tags: string[], summary: string) => ({
    preHandler,
    schema: { tags, summary, querystring: schemaOf(pageSchema) },
  })
  return (server) => {
    server.get(
      '/api/v1/recalls',
      {
        preHandler,
        schema: { tags: ['webhooks'], summary: 'Corrections and withdrawals, the open ones first' },
      },
      async () => ({
        items: (await recalls()).map(({ isWithdrawal, ...recall }) => ({
          ...recall,
          kind: isWithdrawal ? 'withdrawal' : 'correction',
        })),
      }),
    )
    server.get(
      '/api/v1/embargoed',
      paged(['decisions'], 'Items that wait for their time, the next one first'),
      (request) => embargoed(options, pageSchema.parse(request.query)),
    )
    server.get('/api/v1/audit', paged(['status'], 'What people changed, newest first'), (request) =>
      audit(options, pageSchema.parse(request.query)),
    )
  }
}

type Page = z.infer<typeof pageSchema>

async function embargoed({ bus, watch }: ListRoutesOptions, { limit: max, cursor = 0 }: Page) {
  const holds = [...watch.holds.values()].sort(
    (a, b) => a.until.localeCompare(b.until) || a.item.localeCompare(b.item),
  )
  const items = await Promise.all(
    holds.slice(cursor, cursor + max).map(async ({ item, wire, until, sequence }) => {
      const version = await bus.read('item.normalized', sequence)
      return { id: item, headline: version?.value.headline ?? '', wire, embargoUntil: until }
    }),
  )
  const next = cursor + max
  return { items, next: next < holds.length ? String(next) : null }
}

async function audit({ bus, keyRing }: ListRoutesOptions, { limit: max, cursor }: Page) {
  const before = cursor === undefined ? {} : { before: cursor }
  const [entries, keys] = await Promise.all([
    bus.newest('audit', { limit: max, ...before }),
    keyRing.list(),
  ])
  const names = new Map(keys.map(({ id, name }) => [id, name]))
  const last = entries.at(-1)
  return {
    items: entries.map(({ value: { actor, at, action, subject, detail } }) => ({
      ...{ at, key: actor, name: names.get(actor) ?? null, action, subject },
      detail: detail ?? null,
    })),
    next: entries.length === max && last ? String(last.sequence) : null,
  }
}
