import { callerOf, type Routes, requireRole } from '@newswire/http'
import { readTimeline, type TimelineOptions } from './read-timeline.js'

/** `GET /api/v1/items/{id}/timeline`: the life of an item, from its source to each receiver. */
export function timelineRoutes(options: TimelineOptions): Routes {
  return (server) => {
    server.get(
      '/api/v1/items/:id/timeline',
      {
        preHandler: requireRole('subscriber'),
        schema: {
          tags: ['items'],
          summary: 'When it was fetched, normalised, tagged and delivered; own webhooks only',
          params: { type: 'object', properties: { id: text }, required: ['id'] },
          response: { 200: response },
        },
      },
      async (request) => {
        const { id } = request.params as { id: string }
        return await readTimeline(options, id, callerOf(request))
      },
    )
  }
}

const text = { type: 'string' } as const
const count = { type: 'integer' } as const
const list = (properties: object, description: string) =>
  ({ type: 'array', description, items: { type: 'object', properties } }) as const

const stage = {
  stage: { type: 'string', enum: ['intake', 'normalizer', 'tagger'] },
  at: text,
  version: count,
  revision: text,
  change: text,
  status: text,
  source: text,
  door: text,
  pushedBy: { type: 'string', description: 'Id of the key that pushed or decided it.' },
  file: text,
  embargoUntil: text,
  tags: count,
  sequence: { type: 'integer', description: 'Where it stands in RAW, ITEMS or TAGGED.' },
} as const

const attempt = {
  attempt: { type: 'integer', description: '1, 2, …; 0 where none was made.' },
  result: text,
  startedAt: text,
  latencyMs: { type: 'number' },
  status: { type: 'integer', description: 'HTTP status of the answer.' },
  error: text,
  nextAt: text,
} as const

const delivery = {
  id: { type: 'string', description: 'The `webhook-id`.' },
  endpoint: text,
  name: text,
  url: text,
  revision: text,
  plannedAt: text,
  state: text,
  attempts: list(attempt, 'Oldest first.'),
} as const

const response = {
  type: 'object',
  properties: {
    id: text,
    wire: text,
    held: { type: 'boolean', description: 'Nothing of it was ever public.' },
    stages: list(stage, 'Oldest first; what happened inside is told to admins only.'),
    feeds: list({ key: text, value: text, label: text, path: text }, 'Feeds that hold it.'),
    deliveries: list(delivery, 'Oldest first, at most 500; a subscriber: of its own webhooks.'),
    truncated: { type: 'boolean', description: 'There are older deliveries.' },
    current: { type: 'boolean', description: 'False: the record of deliveries still lags.' },
  },
} as const
