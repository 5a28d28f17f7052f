import { resolve } from 'node:path'
import { createWebWorker, ensureAdminKey, keyRowSchema, ListenError } from '@newswire/http'
import {
  begin,
  choice,
  createLogger,
  defineSettings,
  type HouseSettings,
  houseSettings,
  readSettings,
  run,
  type Worker,
} from '@newswire/runtime'
import { adminKeyFile } from './admin-key-file.js'
import { announcement } from './announce.js'
import { freePort, sayWhyNot, whyNot } from './free-port.js'
import { buildHouse, type House } from './house.js'
import { toldOnce } from './one-signal.js'
import { takeInSample } from './sample.js'
import { secretsKeyIn } from './secrets-key.js'
import { type Servers, startServers } from './servers/index.js'

/** For programs that start this one; people see the announcement. */
const programSettings = defineSettings({
  NEWSWIRE_READY_JSON: {
    schema: choice(['0', '1']),
    default: '0',
    say: 'Whether readiness is told as one line of JSON.',
  },
})

/** Everything in one process, with its own NATS and Redis: what `npm start` runs. */
async function main(): Promise<void> {
  const settings = readSettings(houseSettings)
  const isForProgram = readSettings(programSettings).NEWSWIRE_READY_JSON === '1'
  const port = await portToListenOn(settings)
  const dataDir = resolve(settings.DATA_DIR)
  const log = createLogger({
    name: 'newswire',
    level: settings.LOG_LEVEL,
    pretty: process.stdout.isTTY,
  })
  const servers = await startServers({
    dataDir,
    log,
    natsUrl: settings.NATS_URL,
    redisUrl: settings.REDIS_URL,
  })
  try {
    const publicUrl = publicUrlOf(settings, port)
    const house = await buildHouse({
      settings,
      natsUrl: servers.natsUrl,
      redisUrl: servers.redisUrl,
      instance: servers.instance,
      secretsKey: settings.SECRETS_KEY ?? secretsKeyIn(dataDir),
      publicUrl,
      log,
    })
    const adminKey = await adminKeyOf(house, settings)
    // Before the sources are polled: what they bring must not keep the sample out.
    if (settings.SOURCES === 'default') await takeInSample(house.bus)
    const workers = [
      guard(servers),
      ...house.workers,
      createWebWorker({ server: house.server, host: settings.HOST, port }),
    ]
    await run({
      workers,
      log,
      process: toldOnce(),
      onStarted: () => {
        servers.announce(publicUrl)
        const dropDir = resolve(settings.DROP_DIR ?? `${dataDir}/drop`)
        const text = announcement({ publicUrl, dropDir, adminKey })
        const line = `${JSON.stringify({ ready: { url: publicUrl, adminKey } })}\n`
        process.stdout.write(isForProgram ? line : text)
      },
      close: async () => {
        await house.close()
        await servers.stop()
      },
    })
  } catch (error) {
    await servers.stop()
    throw error
  }
}

/** Asked before anything starts: a busy port is the commonest fault, and easily mended. */
async function portToListenOn({ PORT, HOST }: HouseSettings): Promise<number> {
  if (PORT === 0) return freePort(HOST)
  const reason = await whyNot(HOST, PORT)
  if (reason === undefined) return PORT
  throw new ListenError(sayWhyNot(HOST, PORT, reason))
}

/** The key's text if it was made by this start: it is shown once, and kept for the terminal. */
async function adminKeyOf(house: House, settings: HouseSettings): Promise<string | undefined> {
  const keys = await house.bus.register('keys', keyRowSchema)
  const given = settings.ADMIN_KEY
  const made = await ensureAdminKey({ keys, ...(given === undefined ? {} : { given }) })
  if (!made?.isNew) return undefined
  adminKeyFile(resolve(settings.DATA_DIR)).keep(made.key)
  return made.key
}

/** A server of ours that dies takes the house with it: without it nothing that we say is true. */
function guard(servers: Servers): Worker {
  return {
    name: 'servers',
    async start({ fail }) {
      servers.onExit(({ server }) => fail(new Error(`Our own ${server} server has ended.`)))
      return { stop: async () => undefined }
    },
  }
}

function publicUrlOf(settings: HouseSettings, port: number): string {
  const host = settings.HOST === '0.0.0.0' || settings.HOST === '::' ? '127.0.0.1' : settings.HOST
  const shown = host.includes(':') ? `[${host}]` : host
  return (settings.PUBLIC_URL ?? `http://${shown}:${port}`).replace(/\/+$/, '')
}

await begin(main)
