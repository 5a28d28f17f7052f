import process from 'node:process'
import { type Bus, connectBus } from '@newswire/bus'
import { keyRowSchema, newAdminKey } from '@newswire/http'
import { createLogger, type Log } from '@newswire/runtime'
import type { RetagOptions, Told } from '@newswire/terminal'
import { adminKeyFile } from './admin-key-file.js'
import { rebuild } from './rebuild.js'
import { retagPublic } from './retag.js'
import { findRunning, startServers } from './servers/index.js'
import { sayWhatToDo } from './start-error.js'

/** Where NATS and Redis answer, and how to let go of them. */
interface Ground {
  readonly redisUrl: string
  readonly log: Log
  readonly bus: Bus
}

/** Works with the servers of a data folder, or starts them for as long as it takes. */
async function onGround<T>(dataDir: string, work: (ground: Ground) => Promise<T>): Promise<T> {
  const log = createLogger({ name: 'newswire', level: 'error', destination: process.stderr })
  const found = findRunning(dataDir)
  const own = found?.natsUrl && found.redisUrl ? undefined : await startServers({ dataDir, log })
  const natsUrl = own?.natsUrl ?? found?.natsUrl ?? ''
  const redisUrl = own?.redisUrl ?? found?.redisUrl ?? ''
  try {
    await using bus = await connectBus({ url: natsUrl, name: 'terminal', log }).catch(sayWhatToDo)
    return await work({ redisUrl, log, bus })
  } finally {
    await own?.stop()
  }
}

export const rebuildHere = (dataDir: string, told: Told) =>
  onGround(dataDir, (ground) => rebuild({ ...ground, told }))

export const retagHere = (dataDir: string, options: RetagOptions, told: Told) =>
  onGround(dataDir, ({ bus }) => retagPublic(bus, options, told))

export const adminKeyHere = (dataDir: string) =>
  onGround(dataDir, async ({ bus }) => {
    const { key } = await newAdminKey({ keys: await bus.register('keys', keyRowSchema) })
    const kept = adminKeyFile(dataDir)
    kept.keep(key)
    return { key, keptIn: kept.file }
  })
