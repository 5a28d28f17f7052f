import { defineSettings, houseSettings, text } from '@newswire/runtime'

const address = () => text({ lengthMin: 1, lengthMax: 2_000 })
const { HOST, PORT, ADMIN_KEY, LOG_LEVEL, OUTBOUND_ALLOW, OUTBOUND_PORTS } = houseSettings
const { ALARM_WEBHOOK, ALARM_WEBHOOK_SECRET } = houseSettings

/** Of the shards that a webhooks worker has by default. */
const deliveryQueues = Array.from({ length: 16 }, (_, shard) => `deliveries-${shard}`).join()

/** Every setting of a dashboard that runs as a process of its own. */
export const dashboardSettings = defineSettings({
  NATS_URL: { schema: address(), say: 'The NATS server with JetStream, as nats://host:port.' },
  REDIS_URL: { schema: address(), say: 'The Redis server, as redis://host:port.' },
  PUBLIC_URL: {
    schema: address(),
    say: 'The address under which people reach the house, as it stands on pages.',
  },
  SECRETS_KEY: {
    schema: text({ lengthMin: 32, lengthMax: 200 }),
    say: 'What cookies are sealed with; the same for all processes.',
    secret: true,
  },
  QUEUES: {
    schema: text({ lengthMin: 1, lengthMax: 2_000 }),
    default: `polls,releases,alarms,hub-deliveries,hub-verifications,${deliveryQueues}`,
    say: 'The queues that the board shows, comma-separated.',
  },
  ALARM_WEBHOOK,
  ALARM_WEBHOOK_SECRET,
  OUTBOUND_ALLOW,
  OUTBOUND_PORTS,
  ADMIN_KEY,
  HOST,
  PORT,
  LOG_LEVEL,
})
