import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Server, startServer } from '@newswire/infra'

/** A real server in a folder of its own; it dies with the test process, however that ends. */
export interface TestServer extends AsyncDisposable {
  /** `nats://127.0.0.1:…` or `redis://127.0.0.1:…`; the same through every restart. */
  readonly url: string
  readonly port: number
  /** Of the process that runs now. */
  readonly pid: number
  /** Its data, kept through `kill` and `restart`. */
  readonly folder: string
  /** Ends it and removes its data, if the kit made the folder. */
  stop(): Promise<void>
  /** SIGKILL; resolves once it is gone. */
  kill(): Promise<void>
  /** The same port and data again, after `kill` or instead of it. Resolves once it answers. */
  restart(): Promise<void>
}

export interface NatsOptions {
  readonly port?: number
  readonly storeDir?: string
}

export interface RedisOptions {
  readonly port?: number
  readonly dir?: string
}

/** nats-server with JetStream and our configuration, ready. */
export function startNats({ port, storeDir }: NatsOptions = {}): Promise<TestServer> {
  return start('nats', port, storeDir)
}

/** redis-server with our configuration, ready. */
export function startRedis({ port, dir }: RedisOptions = {}): Promise<TestServer> {
  return start('redis', port, dir)
}

async function start(kind: 'nats' | 'redis', port?: number, given?: string): Promise<TestServer> {
  const folder = given ?? temporaryFolder(kind)
  const logFile = join(folder, `${kind}.log`)
  const options = { folder, logFile }
  let server: Server = await startServer(kind, port === undefined ? options : { ...options, port })
  async function stop(): Promise<void> {
    await server.stop()
    if (given === undefined) rmSync(folder, { recursive: true, force: true })
  }
  return {
    url: server.url,
    port: server.port,
    folder,
    get pid() {
      return server.pid
    },
    stop,
    kill: () => server.kill(),
    async restart() {
      await server.stop()
      server = await startServer(kind, { ...options, port: server.port })
    },
    [Symbol.asyncDispose]: stop,
  }
}

/** A new empty folder for one test, removed when the process ends in order. */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `newswire-${purpose}-`))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}
