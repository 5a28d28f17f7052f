import { defineSettings, houseSettings, text } from '@newswire/runtime'

const address = () => text({ lengthMin: 1, lengthMax: 2_000 })
const { HOST, PORT, ITEMS_DIR, OUTBOUND_ALLOW, OUTBOUND_PORTS, LOG_LEVEL } = houseSettings

/** Every setting of a feeds server that runs as a process of its own. */
export const feedsSettings = defineSettings({
  NATS_URL: { schema: address(), say: 'The NATS server with JetStream, as nats://host:port.' },
  REDIS_URL: { schema: address(), say: 'The Redis server, as redis://host:port.' },
  PUBLIC_URL: {
    schema: address(),
    say: 'The address under which readers reach the house, as it stands in feeds.',
  },
  SECRETS_KEY: {
    schema: text({ lengthMin: 32, lengthMax: 200 }),
    say: 'What cookies and the secrets of subscribers are sealed with; the same for all processes.',
    secret: true,
  },
  HOST,
  PORT,
  ITEMS_DIR,
  OUTBOUND_ALLOW,
  OUTBOUND_PORTS,
  LOG_LEVEL,
})
