import { defineSettings, houseSettings, text, wholeNumber } from '@newswire/runtime'

/** Every setting of a normalizer that runs as a process of its own. */
export const normalizerSettings = defineSettings({
  NATS_URL: {
    schema: text({ lengthMin: 1, lengthMax: 2_000 }),
    say: 'The NATS server with JetStream, as nats://host:port.',
  },
  REDIS_URL: {
    schema: text({ lengthMin: 1, lengthMax: 2_000 }),
    say: 'The Redis server, as redis://host:port.',
  },
  LOG_LEVEL: houseSettings.LOG_LEVEL,
  NORMALIZER_CONCURRENCY: {
    schema: wholeNumber({ min: 1, max: 64 }),
    default: '8',
    say: 'Raw items that one normalizer works on at a time.',
  },
})
