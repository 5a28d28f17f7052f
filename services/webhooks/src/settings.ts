import { defineSettings, houseSettings, text, wholeNumber } from '@newswire/runtime'

const address = () => text({ lengthMin: 1, lengthMax: 2_000 })
const { HOST, PORT, PUBLIC_URL, OUTBOUND_ALLOW, OUTBOUND_PORTS, LOG_LEVEL } = houseSettings

/** Every setting of a webhooks worker that runs as a process of its own. */
export const webhooksSettings = defineSettings({
  NATS_URL: { schema: address(), say: 'The NATS server with JetStream, as nats://host:port.' },
  REDIS_URL: { schema: address(), say: 'The Redis server, as redis://host:port.' },
  SECRETS_KEY: {
    schema: text({ lengthMin: 32, lengthMax: 200 }),
    say: 'What webhook secrets and cookies are sealed with; the same for all processes.',
    secret: true,
  },
  WEBHOOKS_INSTANCE: {
    schema: text({ lengthMin: 1, lengthMax: 100 }).optional(),
    say: 'A name that only this process has, and keeps over restarts: it takes its shards over at once after its own crash.',
  },
  WEBHOOKS_SHARDS: {
    schema: wholeNumber({ min: 1, max: 1_024 }),
    default: '16',
    say: 'Shards that endpoints are dealt to; the same for all processes, and never changed while deliveries are open.',
  },
  PUBLIC_URL: {
    ...PUBLIC_URL,
    say: 'The address under which receivers reach the house, as it stands in thin webhooks and CloudEvents; the same for all processes.',
  },
  HOST,
  PORT,
  OUTBOUND_ALLOW,
  OUTBOUND_PORTS,
  LOG_LEVEL,
})
