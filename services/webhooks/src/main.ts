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
import {
  begin,
  createLogger,
  createMetrics,
  createSecretBox,
  readSettings,
  run,
} from '@newswire/runtime'
import { connectStore, createDeliveriesProjector } from '@newswire/store'
import { backtestRoutes, createWebhooks, webhookRoutes } from './index.js'
import { webhooksSettings } from './settings.js'

await begin(async () => {
  const settings = readSettings(webhooksSettings)
  const { WEBHOOKS_INSTANCE: instance, WEBHOOKS_SHARDS: shards } = settings
  const log = createLogger({ name: 'webhooks', level: settings.LOG_LEVEL })
  const metrics = createMetrics()
  const bus = await connectBus({ url: settings.NATS_URL, name: 'webhooks', log, metrics })
  const store = await connectStore({ url: settings.REDIS_URL, bus, log })
  const jobs = await connectJobs({ url: settings.REDIS_URL, log })
  const outbound = createOutbound({
    allow: settings.OUTBOUND_ALLOW,
    ports: settings.OUTBOUND_PORTS,
    log,
  })
  const secrets = createSecretBox(settings.SECRETS_KEY)
  const server = await createServer({
    log,
    metrics,
    keyRing: createKeyRing({ keys: await bus.register('keys', keyRowSchema) }),
    cookieSecret: settings.SECRETS_KEY,
    health: async () => {
      const [nats, redis] = await Promise.all([bus.ping(), jobs.ping()])
      return { ready: nats && redis, parts: { nats: { ok: nats }, redis: { ok: redis } } }
    },
  })
  const { PUBLIC_URL } = settings
  const address = PUBLIC_URL === undefined ? {} : { publicUrl: PUBLIC_URL.replace(/\/+$/, '') }
  await addRoutes(server, webhookRoutes({ bus, store, outbound, secrets, shards, ...address }))
  await addRoutes(server, backtestRoutes({ bus }))

  await run({
    workers: [
      createDeliveriesProjector({ url: settings.REDIS_URL, bus, log }),
      createWebhooks({
        ...{ bus, jobs, outbound, secrets, log, metrics, shards, ...address },
        ...(instance === undefined ? {} : { instance }),
      }),
      createWebWorker({ server, host: settings.HOST, port: settings.PORT }),
    ],
    log,
    close: async () => {
      await outbound.close()
      await jobs.close()
      await store.close()
      await bus.close()
    },
  })
})
