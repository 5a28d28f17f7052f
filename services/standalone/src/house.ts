import { join, resolve } from 'node:path'
import { type Bus, connectBus, streamLimitsOf } from '@newswire/bus'
import {
  alarmWebhookOf,
  createWatch,
  dashboardRoutes,
  type Watch,
  type WatchOptions,
} from '@newswire/dashboard'
import { createFeeds, createFeedTokens } from '@newswire/feeds'
import {
  addRoutes,
  createKeyRing,
  createOutbound,
  createServer,
  type HttpServer,
  keyRowSchema,
  type Outbound,
} from '@newswire/http'
import { createIntake, defaultSources, intakeRoutes } from '@newswire/intake'
import { connectJobs, type Jobs } from '@newswire/jobs'
import {
  endpointSchema,
  feedTokenSchema,
  holdSchema,
  sourcePositionSchema,
  sourceSchema,
} from '@newswire/model'
import { createNormalizer } from '@newswire/normalizer'
import {
  createMetrics,
  createSecretBox,
  type HouseSettings,
  type Log,
  type Metrics,
  systemClock,
  type Worker,
} from '@newswire/runtime'
import {
  connectStore,
  createDeliveriesProjector,
  createItemsProjector,
  createTaggedProjector,
  type LocalItems,
  openLocalItems,
  type Store,
} from '@newswire/store'
import { createTagger, loadVocabulary, taggerRoutes } from '@newswire/tagger'
import { backtestRoutes, createWebhooks, webhookRoutes } from '@newswire/webhooks'
import { readHealth } from './health.js'
import { sayWhatToDo } from './start-error.js'

export interface HouseOptions {
  readonly settings: HouseSettings
  readonly natsUrl: string
  readonly redisUrl: string
  /** Holds leases for this data folder, through crashes and restarts. */
  readonly instance: string
  /** Seals webhook secrets and cookies. */
  readonly secretsKey: string
  /** Where people reach the house, without a slash at the end. */
  readonly publicUrl: string
  readonly log: Log
}

/** What every worker of the house is made from. */
interface Ground extends HouseOptions {
  readonly bus: Bus
  readonly jobs: Jobs
  readonly store: Store
  readonly localItems: LocalItems
  readonly outbound: Outbound
  readonly metrics: Metrics
}

export interface House {
  /** In the order in which they start: who writes a read model before who reads it. */
  readonly workers: readonly Worker[]
  readonly server: HttpServer
  readonly bus: Bus
  close(): Promise<void>
}

/** Handlers at a time, per stage. */
const concurrency = { normalizer: 32, tagger: 32 } as const

/** Every worker of Newswire on one bus, one Redis and one web server. */
export async function buildHouse(options: HouseOptions): Promise<House> {
  const { natsUrl, redisUrl, settings, log } = options
  const open: { close(): Promise<void> }[] = []
  async function close(): Promise<void> {
    for (const part of open.splice(0).reverse()) await part.close()
  }
  /** Whatever is open keeps the process alive: a house that fails half-way lets go of it. */
  function keep<T extends { close(): Promise<void> }>(part: T): T {
    open.push(part)
    return part
  }
  try {
    const metrics = createMetrics()
    const streamLimits = streamLimitsOf(settings)
    const link = { url: natsUrl, name: 'standalone', log, metrics, streamLimits }
    const bus = keep(await connectBus(link).catch(sayWhatToDo))
    const folder = resolve(settings.ITEMS_DIR ?? join(settings.DATA_DIR, 'items'))
    const localItems = keep(await openLocalItems({ folder, bus, log }).catch(sayWhatToDo))
    const read = { url: redisUrl, bus, log, localItems }
    const store = keep(await connectStore(read).catch(sayWhatToDo))
    const jobs = keep(await connectJobs({ url: redisUrl, log }).catch(sayWhatToDo))
    const { OUTBOUND_ALLOW: allow, OUTBOUND_PORTS: ports } = settings
    const outbound = keep(createOutbound({ allow, ports, log }))
    const ground = { ...options, bus, jobs, store, localItems, outbound, metrics }
    return { ...(await furnish(ground)), bus, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function furnish(ground: Ground): Promise<Pick<House, 'workers' | 'server'>> {
  const { bus, jobs, store, localItems, outbound, metrics, log, settings } = ground
  const { redisUrl, publicUrl } = ground
  const clock = systemClock
  const holds = await bus.register('holds', holdSchema)
  const endpoints = await bus.register('endpoints', endpointSchema)
  const vocabulary = loadVocabulary()
  const secrets = createSecretBox(ground.secretsKey)
  const sourceRows = await bus.register('sources', sourceSchema)
  const feedTokens = await bus.register('feedTokens', feedTokenSchema)
  const tokens = createFeedTokens({ tokens: feedTokens, sources: sourceRows, bus, clock })
  const feeds = await createFeeds({ ...ground, clock, secrets, tokens })
  const { onPublicChange } = feeds
  const webhooks = createWebhooks({ ...ground, clock, secrets })
  // The address that we listen on is no place where a hub could reach us.
  const callback = settings.PUBLIC_URL === undefined ? {} : { publicUrl }
  const intake = { bus, outbound, clock, log, metrics, secrets, ...callback }
  const sources = settings.SOURCES === 'default' ? defaultSources : []
  const dropDir = settings.DROP_DIR ?? join(settings.DATA_DIR, 'drop')
  const keyRing = createKeyRing({ keys: await bus.register('keys', keyRowSchema) })
  const positions = await bus.register('positions', sourcePositionSchema)
  const rows = { keyRing, clock, endpoints, positions, sources: sourceRows }
  const watch = await watchOf(ground, rows)
  const server = await createServer({
    log,
    metrics,
    keyRing,
    publicUrl,
    cookieSecret: ground.secretsKey,
    health: () => readHealth(ground),
  })
  const rooms = [
    intakeRoutes({ ...intake, store }),
    taggerRoutes({ bus, store, clock, vocabulary }),
    feeds.routes,
    webhookRoutes({ bus, store, outbound, secrets, clock, publicUrl }),
    backtestRoutes({ bus, clock }),
    dashboardRoutes({ ...{ bus, jobs, store, watch }, ...rows }),
  ]
  for (const room of rooms) await addRoutes(server, room)
  return {
    server,
    workers: [
      createItemsProjector({ url: redisUrl, bus, log }),
      localItems.worker,
      createTaggedProjector({ url: redisUrl, bus, log, localItems, onPublicChange }),
      ...feeds.workers,
      createDeliveriesProjector({ url: redisUrl, bus, log }),
      webhooks,
      createTagger({ ...ground, holds, clock, vocabulary, concurrency: concurrency.tagger }),
      createNormalizer({ ...ground, clock, concurrency: concurrency.normalizer }),
      createIntake({ ...intake, jobs, sources, dropDir }),
      watch.worker,
    ],
  }
}

type WatchRows = Pick<WatchOptions, 'keyRing' | 'clock' | 'endpoints' | 'positions' | 'sources'>

/** Where the servers are others', their disk is none of ours. */
function watchOf(ground: Ground, rows: WatchRows): Promise<Watch> {
  const { settings, secretsKey } = ground
  return createWatch({
    ...{ ...ground, ...rows },
    ...(settings.NATS_URL === undefined ? { dataDir: settings.DATA_DIR } : {}),
    alarmWebhook: alarmWebhookOf(settings, secretsKey),
  })
}
