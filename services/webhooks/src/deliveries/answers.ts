import { list, text } from '../registry/answers.js'

const attempt = {
  type: 'object',
  properties: {
    attempt: { type: 'integer', description: '1, 2, …; 0 where none was made.' },
    result: { type: 'string', enum: ['delivered', 'retry', 'failed', 'superseded'] },
    startedAt: text,
    latencyMs: { type: 'number' },
    status: { type: 'integer', description: 'HTTP status of the answer.' },
    error: text,
    nextAt: text,
  },
} as const

const answered = {
  ...attempt,
  properties: {
    ...attempt.properties,
    answer: { type: 'string', description: 'The first kB of the answer.' },
  },
} as const

const delivery = {
  type: 'object',
  properties: {
    id: { type: 'string', description: 'The `webhook-id`.' },
    endpoint: text,
    name: { type: 'string', description: 'What the webhook is called, where it has a name.' },
    item: text,
    headline: {
      type: 'string',
      description: 'What the item is called today; only of newer items.',
    },
    revision: text,
    sequence: { type: 'integer' },
    previous: { type: 'integer' },
    plannedAt: text,
    state: { type: 'string', enum: ['waiting', 'retry', 'delivered', 'failed', 'superseded'] },
    attempts: { type: 'array', items: attempt },
  },
} as const

/** What is answered, for the API description. */
export const deliveryAnswers = {
  deliveries: list(delivery),
  whole: {
    ...delivery,
    properties: { ...delivery.properties, attempts: { type: 'array', items: answered } },
  },
} as const
