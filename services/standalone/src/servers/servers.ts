import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Server, startServer } from '@newswire/infra'
import type { Log } from '@newswire/runtime'
import { type DataFolder, DataFolderError, prepareDataFolder } from './data-folder.js'
import { lockFolder } from './lock.js'
import { createLosses, type ServerLost } from './losses.js'
import { streamsLeftOut } from './recovery.js'
import { createRecord, type RunningRecord, readRunning } from './running.js'
import { stopSurvivors } from './survivors.js'

type Kind = Server['kind']

export interface ServersOptions {
  readonly dataDir: string
  readonly log: Log
  /** A NATS server of somebody else: none is started then. */
  readonly natsUrl?: string | undefined
  /** A Redis server of somebody else: none is started then. */
  readonly redisUrl?: string | undefined
}

export interface Servers {
  readonly natsUrl: string
  readonly redisUrl: string
  /** Names this data folder for leases: random, the same at every start. `[A-Za-z0-9_-]{16}`. */
  readonly instance: string
  /** Lets `findRunning` tell others where the pages and the API are. */
  announce(url: string): void
  /** Called once for each server that ends before `stop`, also if it has ended already. */
  onExit(tell: (lost: ServerLost) => void): void
  /** Ends what was started and unlocks the folder. To be called when nothing uses them any more. */
  stop(): Promise<void>
}

/**
 * Locks the data folder and starts NATS and Redis on it, on private ports, unless they are given.
 * Resolves when both answer. What people can mend is a DataFolderError with a sentence for them.
 */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const folder = prepareDataFolder(resolve(options.dataDir))
  const dataDir = realpathSync(resolve(options.dataDir))
  const lock = lockFolder(dataDir)
  try {
    // Where the record can't be read it stays: it may name servers that still run.
    const { children } = readRunning(dataDir)
    await stopSurvivors(children, { folders: folder, log: options.log })
    return await startThem(options, { ...folder, dataDir }, () => lock.release())
  } catch (error) {
    lock.release()
    throw error
  }
}

async function startThem(
  { log, natsUrl, redisUrl }: ServersOptions,
  folder: DataFolder & { readonly dataDir: string },
  unlock: () => void,
): Promise<Servers> {
  const record = createRecord(folder.dataDir)
  const losses = createLosses(log)
  const running: Server[] = []

  async function urlOf(kind: Kind): Promise<string> {
    const server = await startOne(kind, folder, record)
    running.push(server)
    log.info({ server: kind, pid: server.pid, port: server.port }, 'server started')
    void server.exited.then((exit) => {
      // What `stop` has taken from the list was asked to end.
      if (running.includes(server)) losses.add({ server: kind, exit })
    })
    return server.url
  }
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= stopAll()
    return stopping
  }
  async function stopAll(): Promise<void> {
    // NATS goes last: it holds what everything else can be made again from.
    for (const server of running.splice(0).reverse()) await server.stop()
    record.forget()
    unlock()
  }

  try {
    const urls = {
      natsUrl: natsUrl ?? (await urlOf('nats')),
      redisUrl: redisUrl ?? (await urlOf('redis')),
    }
    record.note(urls)
    const { instance } = folder
    return {
      ...urls,
      instance,
      announce: (url) => record.note({ url }),
      onExit: losses.tellTo,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What to do when a server refuses its data. */
const wayOut = {
  nats: (folder: string) => `Mend what it says, or restore ${folder} from a backup.`,
  redis: (folder: string) =>
    `All that Redis holds can be made again: if its data is damaged, move ${folder} away and start again.`,
}

async function startOne(
  kind: Kind,
  { dataDir, logs, ...folders }: DataFolder & { readonly dataDir: string },
  record: RunningRecord,
): Promise<Server> {
  const folder = folders[kind]
  const options = { folder, dataDir, logFile: join(logs, `${kind}.log`), onSpawn: record.child }
  const server = await startServer(kind, options).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DataFolderError(`${reason} ${wayOut[kind](folder)}`, { cause })
  })
  const [leftOut] = kind === 'nats' ? streamsLeftOut(server.startLog, folder) : []
  if (leftOut === undefined) return server
  await server.stop()
  throw new DataFolderError(
    `NATS can't read the stream in ${leftOut}. Restore ${folder} from a backup, or move that stream's folder away to go on without what it holds.`,
  )
}
