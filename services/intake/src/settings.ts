import { defineSettings, houseSettings, text } from '@newswire/runtime'

const address = () => text({ lengthMin: 1, lengthMax: 2_000 })
const { HOST, PORT, PUBLIC_URL, DROP_DIR, SOURCES, OUTBOUND_ALLOW, OUTBOUND_PORTS, LOG_LEVEL } =
  houseSettings
const { RETENTION_RAW_DAYS, RETENTION_ITEMS_DAYS, RETENTION_DELIVERIES_DAYS } = houseSettings
const { RETENTION_DEAD_DAYS, RETENTION_AUDIT_DAYS, STREAM_BYTES_MAX } = houseSettings

/** Every setting of an intake that runs as a process of its own. */
export const intakeSettings = defineSettings({
  NATS_URL: { schema: address(), say: 'The NATS server with JetStream, as nats://host:port.' },
  REDIS_URL: { schema: address(), say: 'The Redis server, as redis://host:port.' },
  SECRETS_KEY: {
    schema: text({ lengthMin: 32, lengthMax: 200 }),
    say: 'What cookies, the keys of sources and the secrets of hubs are sealed with; the same for all processes.',
    secret: true,
  },
  HOST,
  PORT,
  PUBLIC_URL: {
    ...PUBLIC_URL,
    say: 'The address under which hubs reach this process, to push what is new; without it, all sources are polled.',
  },
  DROP_DIR,
  SOURCES,
  OUTBOUND_ALLOW,
  OUTBOUND_PORTS,
  LOG_LEVEL,
  // The other roles leave the streams as they stand: one role says for all how much is kept.
  RETENTION_RAW_DAYS,
  RETENTION_ITEMS_DAYS,
  RETENTION_DELIVERIES_DAYS,
  RETENTION_DEAD_DAYS,
  RETENTION_AUDIT_DAYS,
  STREAM_BYTES_MAX,
})
