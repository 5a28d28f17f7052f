import process from 'node:process'
import { connectBus } from '@newswire/bus'
import { createWatch, dashboardRoutes } from '@newswire/dashboard'
import { createFeeds, createFeedTokens } from '@newswire/feeds'
import {
  addRoutes,
  createKeyRing,
  createOutbound,
  createServer,
  ensureAdminKey,
  keyRowSchema,
  listen,
} from '@newswire/http'
import { connectJobs } from '@newswire/jobs'
import {
  endpointSchema,
  feedTokenSchema,
  sourcePositionSchema,
  sourceSchema,
} from '@newswire/model'
import { createLogger, createMetrics, createSecretBox, systemClock } from '@newswire/runtime'
import { connectStore } from '@newswire/store'
import { webhookRoutes } from '@newswire/webhooks'
import { queueNames } from './million-fill.js'

/*
 * All that the window asks, on one server in a process of its own, as a house has it; without the
 * stages, which would go on with what stands in the streams while it is looked at.
 */
export interface HouseOrder {
  readonly natsUrl: string
  readonly redisUrl: string
  readonly secretsKey: string
  readonly adminKey: string
}

async function openHouse({ natsUrl, redisUrl, secretsKey, adminKey }: HouseOrder): Promise<string> {
  const log = createLogger({ name: 'house', level: 'error', destination: process.stderr })
  const metrics = createMetrics()
  const clock = systemClock
  const bus = await connectBus({ url: natsUrl, name: 'house', log, metrics })
  const jobs = await connectJobs({ url: redisUrl, log })
  for (const name of queueNames) jobs.queue(name)
  const store = await connectStore({ url: redisUrl, bus, log })
  const outbound = createOutbound({ allow: [], ports: [443], log })
  const secrets = createSecretBox(secretsKey)
  const keys = await bus.register('keys', keyRowSchema)
  await ensureAdminKey({ keys, given: adminKey })
  const keyRing = createKeyRing({ keys })
  const rows = {
    endpoints: await bus.register('endpoints', endpointSchema),
    sources: await bus.register('sources', sourceSchema),
    positions: await bus.register('positions', sourcePositionSchema),
  }
  const feedTokens = await bus.register('feedTokens', feedTokenSchema)
  const tokens = createFeedTokens({ tokens: feedTokens, sources: rows.sources, bus, clock })
  const parts = { bus, jobs, store, outbound, secrets, clock, log, metrics }
  const publicUrl = 'http://wire.example.org'
  const feeds = await createFeeds({ ...parts, publicUrl, tokens })
  const watch = await createWatch({ ...parts, ...rows, keyRing, alarmWebhook: undefined })
  await watch.worker.start({ fail: (error) => log.error({ err: error }, 'the watch failed') })
  const health = async () => ({ ready: true, parts: {} })
  const server = await createServer({ log, metrics, keyRing, cookieSecret: secretsKey, health })
  const rooms = [
    feeds.routes,
    webhookRoutes({ ...parts, publicUrl }),
    dashboardRoutes({ ...parts, ...rows, keyRing, watch }),
  ]
  for (const room of rooms) await addRoutes(server, room)
  return await listen(server, { host: '127.0.0.1', port: 0 })
}

// A house that can't be opened ends its process, and the bench with it.
process.once('message', (order: HouseOrder) => {
  void openHouse(order).then((address) => process.send?.(address))
})
process.once('disconnect', () => process.exit())
