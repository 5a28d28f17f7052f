import { connectBus } from '@newswire/bus'
import {
  begin,
  createLogger,
  createMetrics,
  readSettings,
  run,
  systemClock,
} from '@newswire/runtime'
import { connectStore, createItemsProjector } from '@newswire/store'
import { normalizerSettings } from './settings.js'
import { createNormalizer } from './worker.js'

await begin(async () => {
  const settings = readSettings(normalizerSettings)
  const log = createLogger({ name: 'normalizer', level: settings.LOG_LEVEL })
  const metrics = createMetrics()
  const bus = await connectBus({ url: settings.NATS_URL, name: 'normalizer', log, metrics })
  const store = await connectStore({ url: settings.REDIS_URL, bus, log })
  const concurrency = settings.NORMALIZER_CONCURRENCY

  await run({
    workers: [
      createItemsProjector({ url: settings.REDIS_URL, bus, log }),
      createNormalizer({ bus, store, log, clock: systemClock, metrics, concurrency }),
    ],
    log,
    close: async () => {
      await store.close()
      await bus.close()
    },
  })
})
