import { connectBus, streamLimitsOf } from '@newswire/bus'
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
  systemClock,
} from '@newswire/runtime'
import { connectStore } from '@newswire/store'
import { createIntake, intakeRoutes } from './intake.js'
import { intakeSettings } from './settings.js'
import { defaultSources } from './sources/default-sources.js'

await begin(async () => {
  const settings = readSettings(intakeSettings)
  const { NATS_URL, REDIS_URL, DROP_DIR } = settings
  const log = createLogger({ name: 'intake', level: settings.LOG_LEVEL })
  const metrics = createMetrics()
  const streamLimits = streamLimitsOf(settings)
  const bus = await connectBus({ url: NATS_URL, name: 'intake', log, metrics, streamLimits })
  const jobs = await connectJobs({ url: REDIS_URL, log })
  const store = await connectStore({ url: REDIS_URL, bus, log })
  const outbound = createOutbound({
    allow: settings.OUTBOUND_ALLOW,
    ports: settings.OUTBOUND_PORTS,
    log,
  })
  const server = await createServer({
    log,
    metrics,
    keyRing: createKeyRing({ keys: await bus.register('keys', keyRowSchema) }),
    cookieSecret: settings.SECRETS_KEY,
    health: async () => {
      const [nats, redis] = await Promise.all([bus.ping(), store.ping()])
      return { ready: nats && redis, parts: { nats: { ok: nats }, redis: { ok: redis } } }
    },
  })
  const secrets = createSecretBox(settings.SECRETS_KEY)
  const publicUrl = settings.PUBLIC_URL?.replace(/\/+$/, '')
  const parts = {
    ...{ bus, outbound, log, metrics, secrets, clock: systemClock },
    ...(publicUrl === undefined ? {} : { publicUrl }),
  }
  await addRoutes(server, intakeRoutes({ ...parts, store }))

  await run({
    workers: [
      createIntake({
        ...parts,
        jobs,
        sources: settings.SOURCES === 'default' ? defaultSources : [],
        ...(DROP_DIR === undefined ? {} : { dropDir: DROP_DIR }),
      }),
      createWebWorker({ server, host: settings.HOST, port: settings.PORT }),
    ],
    log,
    close: async () => {
      await outbound.close()
      await store.close()
      await jobs.close()
      await bus.close()
    },
  })
})
