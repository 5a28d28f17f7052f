import type { DeliveryPlace, DeliveryQuery } from '@newswire/store'
import { z } from 'zod'
import { invalidCursor } from '../registry/answers.js'

/** `open`: waiting, or to be tried again. */
const states = ['open', 'waiting', 'retry', 'delivered', 'failed', 'superseded'] as const

const instant = z.iso.datetime({ offset: true })

export const deliveriesQuerySchema = z.object({
  item: z.string().min(1).max(200).optional().describe('Deliveries of this item only.'),
  status: z
    .enum(states)
    .optional()
    .describe('Deliveries that stand like this now; open: waiting or to be tried again.'),
  from: instant.optional().describe('Planned at this instant or later, RFC 3339.'),
  to: instant.optional().describe('Planned before this instant, RFC 3339.'),
  limit: z.coerce.number().int().min(1).max(200).optional().describe('Default 50.'),
  cursor: z.string().max(100).optional().describe('`next` of the page before.'),
})

export const searchQuerySchema = deliveriesQuerySchema.extend({
  endpoint: z.string().min(1).max(100).optional().describe('Deliveries of this webhook only.'),
})

export type SearchQuery = z.infer<typeof searchQuerySchema>

const pageDefault = 50

export function queryOf(asked: SearchQuery): DeliveryQuery {
  const { item, endpoint, status, from, to, limit = pageDefault, cursor } = asked
  return {
    limit,
    ...(item === undefined ? {} : { item }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(status === undefined ? {} : { state: status }),
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
    ...(cursor === undefined ? {} : { before: placeOf(cursor) }),
  }
}

/** Opaque to the outside. */
export function cursorOf(place: DeliveryPlace | undefined): string | null {
  return place === undefined ? null : Buffer.from(`v2:${place.join(':')}`).toString('base64url')
}

function placeOf(cursor: string): DeliveryPlace {
  const text = Buffer.from(cursor, 'base64url').toString()
  const [, first, second] = /^v2:(\d{1,15}):(\d{1,15})$/.exec(text) ?? []
  if (first !== undefined && second !== undefined) return [Number(first), Number(second)]
  throw invalidCursor()
}
