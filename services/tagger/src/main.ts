import { connectBus } from '@newswire/bus'
import {
  addRoutes,
  createKeyRing,
  createServer,
  createWebWorker,
  keyRowSchema,
} from '@newswire/http'
import { connectJobs } from '@newswire/jobs'
import { holdSchema } from '@newswire/model'
import {
  begin,
  createLogger,
  createMetrics,
  readSettings,
  run,
  systemClock,
} from '@newswire/runtime'
import { connectStore } from '@newswire/store'
import { taggerRoutes } from './routes.js'
import { taggerSettings } from './settings.js'
import { createTagger } from './tagger.js'
import { loadVocabulary } from './vocabulary.js'

await begin(async () => {
  const settings = readSettings(taggerSettings)
  const { NATS_URL, REDIS_URL } = settings
  const log = createLogger({ name: 'tagger', level: settings.LOG_LEVEL })
  const metrics = createMetrics()
  const bus = await connectBus({ url: NATS_URL, name: 'tagger', log, metrics })
  const jobs = await connectJobs({ url: REDIS_URL, log })
  const store = await connectStore({ url: REDIS_URL, bus, log })
  const vocabulary = loadVocabulary()
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
  await addRoutes(server, taggerRoutes({ bus, store, clock: systemClock, vocabulary }))

  await run({
    workers: [
      createTagger({
        bus,
        store,
        jobs,
        holds: await bus.register('holds', holdSchema),
        log,
        clock: systemClock,
        metrics,
        vocabulary,
        concurrency: settings.TAGGER_CONCURRENCY,
      }),
      createWebWorker({ server, host: settings.HOST, port: settings.PORT }),
    ],
    log,
    close: async () => {
      await store.close()
      await jobs.close()
      await bus.close()
    },
  })
})
