import { connectBus } from '@newswire/bus'
import {
  addRoutes,
  createKeyRing,
  createOutbound,
  createServer,
  createWebWorker,
  keyRowSchema,
} from '@newswire/http'
import { connectJobs } from '@newswire/jobs'
import { feedTokenSchema, sourceSchema } from '@newswire/model'
import {
  begin,
  createLogger,
  createMetrics,
  createSecretBox,
  readSettings,
  run,
  systemClock,
} from '@newswire/runtime'
import { connectStore, createTaggedProjector, openLocalItems } from '@newswire/store'
import { createFeeds } from './feeds.js'
import { createFeedTokens } from './private/feed-tokens.js'
import { feedsSettings } from './settings.js'

await begin(async () => {
  const settings = readSettings(feedsSettings)
  const { NATS_URL, REDIS_URL, PUBLIC_URL, ITEMS_DIR } = settings
  const log = createLogger({ name: 'feeds', level: settings.LOG_LEVEL })
  const metrics = createMetrics()
  const bus = await connectBus({ url: NATS_URL, name: 'feeds', log, metrics })
  const localItems = ITEMS_DIR && (await openLocalItems({ folder: ITEMS_DIR, bus, log }))
  const local = localItems ? { localItems } : {}
  const store = await connectStore({ url: REDIS_URL, bus, log, ...local })
  const jobs = await connectJobs({ url: REDIS_URL, log })
  const outbound = createOutbound({
    allow: settings.OUTBOUND_ALLOW,
    ports: settings.OUTBOUND_PORTS,
    log,
  })
  const secrets = createSecretBox(settings.SECRETS_KEY)
  const publicUrl = PUBLIC_URL.replace(/\/+$/, '')
  const tokens = createFeedTokens({
    tokens: await bus.register('feedTokens', feedTokenSchema),
    sources: await bus.register('sources', sourceSchema),
    ...{ bus, clock: systemClock },
  })
  const feeds = await createFeeds({
    ...{ bus, jobs, store, outbound, secrets, log, metrics, publicUrl, tokens },
    clock: systemClock,
  })
  const server = await createServer({
    log,
    metrics,
    keyRing: createKeyRing({ keys: await bus.register('keys', keyRowSchema) }),
    cookieSecret: settings.SECRETS_KEY,
    publicUrl: PUBLIC_URL,
    health: async () => {
      const [nats, redis] = await Promise.all([bus.ping(), store.ping()])
      return { ready: nats && redis, parts: { nats: { ok: nats }, redis: { ok: redis } } }
    },
  })
  await addRoutes(server, feeds.routes)
  const { onPublicChange } = feeds

  await run({
    workers: [
      ...(localItems ? [localItems.worker] : []),
      createTaggedProjector({ url: REDIS_URL, bus, log, onPublicChange, ...local }),
      ...feeds.workers,
      createWebWorker({ server, host: settings.HOST, port: settings.PORT }),
    ],
    log,
    close: async () => {
      await outbound.close()
      await jobs.close()
      await store.close()
      if (localItems) await localItems.close()
      await bus.close()
    },
  })
})
