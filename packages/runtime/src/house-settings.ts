import { logLevels } from './log.js'
import {
  addressList,
  choice,
  httpUrl,
  numberList,
  text,
  url,
  wholeNumber,
} from './setting-schemas.js'
import { defineSettings, type SettingsOf } from './settings.js'

const path = () => text({ lengthMin: 1, lengthMax: 1_024 })
const days = () => wholeNumber({ min: 1, max: 36_500 })

/** Every setting that Newswire has, in the order in which people meet them. */
export const houseSettings = defineSettings({
  PORT: {
    schema: wholeNumber({ min: 0, max: 65_535 }),
    default: '8080',
    say: 'Port of the web pages, feeds and API; 0 takes a free one.',
  },
  HOST: {
    schema: text({ lengthMin: 1, lengthMax: 253 }),
    default: '127.0.0.1',
    say: 'Address to listen on; 0.0.0.0 for all of this machine.',
  },
  PUBLIC_URL: {
    schema: httpUrl().optional(),
    say: 'The address under which others reach this server, as it stands in feeds and pages; without it, the one that it listens on.',
  },
  DATA_DIR: {
    schema: path(),
    default: '.newswire',
    say: 'Folder for everything that is kept.',
  },
  DROP_DIR: {
    schema: path().optional(),
    say: 'Folder that is watched for dropped releases; without it, `drop` in DATA_DIR.',
  },
  ITEMS_DIR: {
    schema: path().optional(),
    say: 'Folder for a copy of all public items, of one process alone, so that feeds of old items are as fast as those of new ones; without it, `items` in DATA_DIR, and a feeds server of its own asks NATS for each.',
  },
  NATS_URL: {
    schema: url(['nats', 'tls']).optional(),
    say: 'A NATS server with JetStream to use; without it, one of our own is started.',
  },
  REDIS_URL: {
    schema: url(['redis', 'rediss']).optional(),
    say: 'A Redis server to use; without it, one of our own is started.',
  },
  ADMIN_KEY: {
    schema: text({ lengthMin: 16, lengthMax: 200 }).optional(),
    say: 'The admin key, 16 characters or more; without it, one is made and printed once.',
    secret: true,
  },
  SECRETS_KEY: {
    schema: text({ lengthMin: 32, lengthMax: 200 }).optional(),
    say: 'What webhook secrets, the keys of sources and cookies are sealed with, 32 random characters or more; without it, one is made in DATA_DIR.',
    secret: true,
  },
  SOURCES: {
    schema: choice(['default', 'none']),
    default: 'default',
    say: 'Which sources stand at the first start: `default` or `none`.',
  },
  OUTBOUND_ALLOW: {
    schema: addressList(),
    default: '',
    say: 'Addresses and ranges (CIDR, comma-separated) that outbound calls may reach besides public ones, on any port and without https.',
  },
  OUTBOUND_PORTS: {
    schema: numberList({ min: 1, max: 65_535 }),
    default: '80,443',
    say: 'Ports (comma-separated) that outbound calls may reach.',
  },
  ALARM_WEBHOOK: {
    schema: httpUrl().optional(),
    say: 'Where the house tells its operator of alarms, once when one begins and once when it ends, signed by Standard Webhooks.',
  },
  ALARM_WEBHOOK_SECRET: {
    schema: text({ lengthMin: 38, lengthMax: 100 }).optional(),
    say: 'What calls of ALARM_WEBHOOK are signed with, as `whsec_…`; without it, one is derived from SECRETS_KEY, and `GET /api/v1/alarms/webhook` shows it.',
    secret: true,
  },
  LOG_LEVEL: {
    schema: choice(logLevels),
    default: 'info',
    say: 'How much is logged: fatal, error, warn, info, debug, trace or silent.',
  },
  RETENTION_RAW_DAYS: {
    schema: days(),
    default: '30',
    say: 'Days for which what arrived is kept as it arrived.',
  },
  RETENTION_ITEMS_DAYS: {
    schema: wholeNumber({ min: 0, max: 36_500 }),
    default: '0',
    say: 'Days for which items are kept; 0 keeps them for ever.',
  },
  RETENTION_DELIVERIES_DAYS: {
    schema: days(),
    default: '90',
    say: 'Days for which the ledger of webhook deliveries is kept.',
  },
  RETENTION_DEAD_DAYS: {
    schema: days(),
    default: '90',
    say: 'Days for which dead letters are kept.',
  },
  RETENTION_AUDIT_DAYS: {
    schema: days(),
    default: '365',
    say: 'Days for which it is kept what people changed.',
  },
  STREAM_BYTES_MAX: {
    schema: wholeNumber({ min: 1_048_576, max: 2 ** 50 }),
    default: '4294967296',
    say: 'Bytes that each stream may hold; a full one takes nothing more, and pushes are answered with 507.',
  },
})

export type HouseSettings = SettingsOf<typeof houseSettings>
