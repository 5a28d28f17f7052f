import type { Bus } from '@newswire/bus'
import {
  type Caller,
  callerOf,
  type HttpRequest,
  type HttpServer,
  Problem,
  requireRole,
  schemaOf,
} from '@newswire/http'
import type { DeliveryQuery, LoggedDelivery, Store } from '@newswire/store'
import { pathParams } from '../registry/answers.js'
import type { Owned } from '../registry/owned.js'
import type { Registry } from '../registry/registry.js'
import { bodyOf } from '../registry/requests.js'
import { deliveryAnswers as answers } from './answers.js'
import type { UntilCurrent } from './current.js'
import { cursorOf, deliveriesQuerySchema, queryOf, searchQuerySchema } from './requests.js'
import { type Called, deliveryView, wholeView } from './views.js'

export interface DeliveryRoutesOptions {
  readonly bus: Pick<Bus, 'read'>
  readonly store: Pick<Store, 'deliveries' | 'headlines' | 'publicState'>
  readonly registry: Pick<Registry, 'get'>
  readonly owned: Pick<Owned, 'nameOf'>
  readonly untilCurrent: UntilCurrent
}

const tags = ['webhooks']
const paramsOf = (request: HttpRequest) => request.params as { id: string; delivery: string }

/** What was sent to webhooks and what came of it: lists, one whole, and all for operators. */
export function addDeliveries(server: HttpServer, options: DeliveryRoutesOptions): void {
  const { bus, store, registry, untilCurrent } = options
  const calledIn = createCalled(options)
  const page = async (query: DeliveryQuery, { role }: Caller) => {
    await untilCurrent()
    const { deliveries, next } = await store.deliveries.find(query)
    const called = await calledIn(deliveries, role)
    return {
      items: deliveries.map((each) => deliveryView(each, called(each))),
      next: cursorOf(next),
    }
  }
  server.get(
    '/api/v1/webhooks/:id/deliveries',
    {
      preHandler: requireRole('subscriber'),
      schema: {
        tags,
        summary: 'What was sent to a webhook and what came of it, newest first',
        params: pathParams('id'),
        querystring: schemaOf(deliveriesQuerySchema),
        response: { 200: answers.deliveries },
      },
    },
    async (request) => {
      const { id } = await registry.get(paramsOf(request).id, callerOf(request))
      const asked = queryOf(bodyOf(deliveriesQuerySchema, request.query))
      return await page({ ...asked, endpoint: id }, callerOf(request))
    },
  )
  server.get(
    '/api/v1/webhooks/:id/deliveries/:delivery',
    {
      preHandler: requireRole('subscriber'),
      schema: {
        tags,
        summary: 'One delivery with all attempts and what was answered',
        params: pathParams('id', 'delivery'),
        response: { 200: answers.whole },
      },
    },
    async (request) => {
      const { id } = await registry.get(paramsOf(request).id, callerOf(request))
      await untilCurrent({ items: true })
      const found = await store.deliveries.one(id, paramsOf(request).delivery)
      if (found === undefined) throw noDelivery()
      const newest = await store.publicState(found.item)
      // Some endpoints answer with what they were sent.
      const isTakenBack = newest?.status !== 'usable'
      const called = (await calledIn([found], callerOf(request).role))(found)
      return await wholeView(bus, found, { hidesAnswers: isTakenBack, called })
    },
  )
  server.get(
    '/api/v1/deliveries',
    {
      preHandler: requireRole('admin'),
      schema: {
        tags,
        summary: 'Deliveries of all webhooks, newest first',
        querystring: schemaOf(searchQuerySchema),
        response: { 200: answers.deliveries },
      },
    },
    async (request) =>
      await page(queryOf(bodyOf(searchQuerySchema, request.query)), callerOf(request)),
  )
}

/** What items and webhooks are called today, for people: neither can be missed. */
function createCalled({ store, owned }: Pick<DeliveryRoutesOptions, 'store' | 'owned'>) {
  return async (deliveries: readonly LoggedDelivery[], role: Caller['role']) => {
    const ids = [...new Set(deliveries.map(({ item }) => item))]
    // While the items are read again these rows have none: the deliveries are what is asked for.
    const seen = (await store.headlines(ids)).filter(
      ({ rights }) => role === 'admin' || rights !== 'private',
    )
    const headlines = new Map(seen.map(({ id, headline }) => [id, headline]))
    const endpoints = [...new Set(deliveries.map(({ endpoint }) => endpoint))]
    const names = new Map(
      await Promise.all(endpoints.map(async (id) => [id, await owned.nameOf(id)] as const)),
    )
    return ({ item, endpoint }: LoggedDelivery): Called => {
      const [headline, name] = [headlines.get(item), names.get(endpoint)]
      return { ...(headline ? { headline } : {}), ...(name ? { name } : {}) }
    }
  }
}

function noDelivery(): Problem {
  return new Problem({
    status: 404,
    slug: 'no-delivery',
    title: 'There is no such delivery',
    detail: 'List those that are kept with GET /api/v1/webhooks/{id}/deliveries.',
  })
}
