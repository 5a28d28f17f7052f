import { defineSettings, houseSettings, text, wholeNumber } from '@newswire/runtime'

const address = () => text({ lengthMin: 1, lengthMax: 2_000 })
const { HOST, PORT, LOG_LEVEL } = houseSettings

/** Every setting of a tagger that runs as a process of its own. */
export const taggerSettings = defineSettings({
  NATS_URL: { schema: address(), say: 'The NATS server with JetStream, as nats://host:port.' },
  REDIS_URL: { schema: address(), say: 'The Redis server, as redis://host:port.' },
  SECRETS_KEY: {
    schema: text({ lengthMin: 32, lengthMax: 200 }),
    say: 'What cookies are sealed with; the same for all processes.',
    secret: true,
  },
  HOST,
  PORT,
  LOG_LEVEL,
  TAGGER_CONCURRENCY: {
    schema: wholeNumber({ min: 1, max: 256 }),
    default: '16',
    say: 'Versions that this process tags at a time.',
  },
})
