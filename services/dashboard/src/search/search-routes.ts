import { type Routes, requireRole, schemaOf } from '@newswire/http'
import type { FoundJob } from '@newswire/jobs'
import { outward } from '@newswire/model'
import type { LoggedDelivery, PublicItem } from '@newswire/store'
import { z } from 'zod'
import { type Found, type SearchOptions, search } from './search.js'

const querySchema = z.object({
  q: z
    .string()
    .trim()
    .min(2)
    .max(200)
    .describe('An item’s id, words of a headline, a webhook’s id or url, a state or HTTP status.'),
})

/** `/api/v1/search`: items, webhooks, deliveries, jobs and dead letters. Admins only. */
export function searchRoutes(options: SearchOptions): Routes {
  return (server) => {
    server.get(
      '/api/v1/search',
      {
        preHandler: requireRole('admin'),
        schema: {
          tags: ['status'],
          summary: 'Items, webhooks, deliveries, jobs and dead letters that have the words',
          querystring: schemaOf(querySchema),
        },
      },
      async (request) => view(await search(options, querySchema.parse(request.query).q)),
    )
  }
}

function view({ items, webhooks, deliveries, jobs, letters }: Found): object {
  return {
    items: items.map(itemView),
    webhooks: webhooks.map(({ id, url, name, status, reason, createdAt }) => ({
      ...{ id, url, status, createdAt },
      ...{ name: name ?? null, reason: reason ?? null },
    })),
    deliveries: deliveries.map(deliveryView),
    jobs: jobs.map(jobView),
    deadLetters: letters.map(({ sequence, value: { stage, stream, error, at, ...letter } }) => ({
      ...{ id: String(sequence), stage, stream, sequence: letter.sequence, at },
      says: error.message,
    })),
  }
}

function itemView({ item }: PublicItem): object {
  const { id, version, headline, wire, language, status, published } = outward(item)
  return { id, version, headline, wire, language, status, publishedAt: published }
}

function deliveryView(delivery: LoggedDelivery): object {
  const { id, endpoint, item, version, sequence, state, plannedAt, attempts } = delivery
  const { status, error, latencyMs, nextAt } = attempts.at(-1) ?? {}
  return {
    ...{ id, endpoint, item, version, sequence, state, plannedAt, attempts: attempts.length },
    ...{ status: status ?? null, error: error ?? null, latencyMs: latencyMs ?? null },
    nextAt: nextAt ?? null,
  }
}

function jobView({ queue, id, key, state, data, attempts, at, reason }: FoundJob): object {
  const about = Object.values(data).join(' ')
  const tried = attempts > 0 ? `, tried ${attempts} times` : ''
  const why = reason === undefined ? '' : `: ${reason}`
  return { queue, id, key, state, at, says: `Looks at ${about || key}${tried}${why}` }
}
