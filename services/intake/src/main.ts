import { connectBus } from '@newswire/bus'
import { createKeyRing, createOutbound, createServer, keyRowSchema, listen } from '@newswire/http'
import { connectJobs } from '@newswire/jobs'
import { createLogger, createMetrics, readSettings, run, systemClock } from '@newswire/runtime'
import { connectStore } from '@newswire/store'
import { createIntake, intakeRoutes } from './intake.js'
import { intakeSettings } from './settings.js'
import { defaultSources } from './sources/default-sources.js'

const settings = readSettings(intakeSettings)
const { NATS_URL, REDIS_URL, DROP_DIR } = settings
const log = createLogger({ name: 'intake', level: settings.LOG_LEVEL })
const metrics = createMetrics()
const bus = await connectBus({ url: NATS_URL, name: 'intake', log, metrics })
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
const parts = { bus, outbound, log, metrics, clock: systemClock }
await intakeRoutes({ ...parts, store })(server)

await run({
  workers: [
    createIntake({
      ...parts,
      jobs,
      sources: settings.SOURCES === 'default' ? defaultSources : [],
      ...(DROP_DIR === undefined ? {} : { dropDir: DROP_DIR }),
    }),
    {
      name: 'http',
      start: async () => {
        await listen(server, { host: settings.HOST, port: settings.PORT })
        return { stop: () => server.close() }
      },
    },
  ],
  log,
  close: async () => {
    await outbound.close()
    await store.close()
    await jobs.close()
    await bus.close()
  },
})
