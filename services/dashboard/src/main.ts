import { connectBus } from '@newswire/bus'
import {
  addRoutes,
  createKeyRing,
  createOutbound,
  createServer,
  createWebWorker,
  ensureAdminKey,
  keyRowSchema,
} from '@newswire/http'
import { connectJobs } from '@newswire/jobs'
import { endpointSchema, sourcePositionSchema, sourceSchema } from '@newswire/model'
import {
  begin,
  createLogger,
  createMetrics,
  readSettings,
  run,
  systemClock,
} from '@newswire/runtime'
import { connectStore } from '@newswire/store'
import { alarmWebhookOf } from './alarms/operator-webhook.js'
import { dashboardRoutes } from './dashboard.js'
import { dashboardSettings } from './settings.js'
import { createWatch } from './watch.js'

await begin(async () => {
  const settings = readSettings(dashboardSettings)
  const { NATS_URL, REDIS_URL, PUBLIC_URL, ADMIN_KEY } = settings
  const log = createLogger({ name: 'dashboard', level: settings.LOG_LEVEL })
  const metrics = createMetrics()
  const bus = await connectBus({ url: NATS_URL, name: 'dashboard', log, metrics })
  const jobs = await connectJobs({ url: REDIS_URL, log })
  const store = await connectStore({ url: REDIS_URL, bus, log })
  for (const name of settings.QUEUES.split(',')) jobs.queue(name.trim())
  const keys = await bus.register('keys', keyRowSchema)
  if (ADMIN_KEY !== undefined) await ensureAdminKey({ keys, given: ADMIN_KEY })
  const keyRing = createKeyRing({ keys })
  const { OUTBOUND_ALLOW: allow, OUTBOUND_PORTS: ports } = settings
  const outbound = createOutbound({ allow, ports, log })
  const registers = {
    endpoints: await bus.register('endpoints', endpointSchema),
    sources: await bus.register('sources', sourceSchema),
    positions: await bus.register('positions', sourcePositionSchema),
  }
  const watch = await createWatch({
    ...{ bus, jobs, store, keyRing, outbound, log, metrics, clock: systemClock, ...registers },
    alarmWebhook: alarmWebhookOf(settings, settings.SECRETS_KEY),
  })
  const server = await createServer({
    log,
    metrics,
    keyRing,
    cookieSecret: settings.SECRETS_KEY,
    publicUrl: PUBLIC_URL,
    health: async () => {
      const [nats, redis] = await Promise.all([bus.ping(), store.ping()])
      return { ready: nats && redis, parts: { nats: { ok: nats }, redis: { ok: redis } } }
    },
  })
  await addRoutes(
    server,
    dashboardRoutes({
      bus,
      jobs,
      store,
      keyRing,
      clock: systemClock,
      ...registers,
      watch,
    }),
  )

  await run({
    workers: [watch.worker, createWebWorker({ server, host: settings.HOST, port: settings.PORT })],
    log,
    close: async () => {
      await outbound.close()
      await store.close()
      await jobs.close()
      await bus.close()
    },
  })
})
