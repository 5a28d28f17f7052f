import { callerOf, type HttpServer, requireRole, schemaOf } from '@newswire/http'
import type { Clock } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import { z } from 'zod'
import { eventTypes } from '../deliver/events.js'
import type { PublicUrl } from '../deliver/formats/told.js'
import { text, textOrNull } from '../registry/answers.js'
import { filterOf } from '../registry/filter-of.js'
import { bodyOf } from '../registry/requests.js'
import { signatureKinds } from '../registry/webhook-row.js'
import { preview } from './preview.js'

export interface PreviewRoutesOptions {
  readonly store: Pick<Store, 'query'>
  readonly publicUrl?: PublicUrl
  readonly clock: Clock
}

const questionSchema = z.strictObject({
  filter: z.record(z.string(), z.unknown()).optional().describe('As the webhook would have it.'),
  signature: z.enum(signatureKinds).optional().describe('Default: hmac.'),
})

const call = {
  type: 'object',
  properties: {
    headers: { type: 'object', additionalProperties: text },
    body: { ...text, description: 'To the byte, as it is signed.' },
  },
} as const

const answer = {
  type: 'object',
  properties: {
    type: { type: 'string', enum: [...eventTypes] },
    item: {
      type: ['object', 'null'],
      description: 'Null where nothing matches yet: the calls then carry a made-up item.',
      properties: { id: text, headline: text, published: text },
    },
    secret: { ...textOrNull, description: 'Signs these calls and nothing else.' },
    publicKey: textOrNull,
    calls: { type: 'object', properties: { newswire: call, cloudevents: call, thin: call } },
  },
} as const

/** `POST /api/v1/webhooks/preview`: what a webhook would be sent, before there is one. */
export function addPreview(server: HttpServer, options: PreviewRoutesOptions): void {
  const { store, publicUrl, clock } = options
  server.post(
    '/api/v1/webhooks/preview',
    {
      preHandler: requireRole('subscriber'),
      schema: {
        tags: ['webhooks'],
        summary: 'What a webhook would be sent of the newest item that matches, in each format',
        body: schemaOf(questionSchema),
        response: { 200: answer },
      },
    },
    async (request, reply) => {
      const { filter = {}, signature = 'hmac' } = bodyOf(questionSchema, request.body)
      const seesPrivate = callerOf(request).role === 'admin'
      const question = { filter: filterOf(filter), signature, seesPrivate, now: clock.now() }
      reply.header('cache-control', 'no-store')
      return await preview(store, publicUrl, question)
    },
  )
}
