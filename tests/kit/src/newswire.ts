/*
 * How the kit and the standalone talk: the kit starts `services/standalone/dist/main.js` with
 * NEWSWIRE_READY_JSON=1, and once everything answers the standalone writes one line to stdout,
 *   {"ready":{"url":"http://127.0.0.1:41234"}}
 * which may carry `adminKey` too; else the key is the ADMIN_KEY that the kit has set. All other
 * output is kept for `logs()`. SIGTERM ends it in order.
 */
import { createHash } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bareEnvironment, type Exit, repository, spawnGuarded } from '@newswire/infra'
import { temporaryFolder } from './servers.js'

const readyWithinMs = 60_000
const stopWithinMs = 30_000
const logKeptChars = 4_000_000

export interface NewswireOptions {
  /** Settings over the kit's: no sources, any port, calls to 127.0.0.1 allowed. */
  readonly env?: Readonly<Record<string, string>>
  /** Kept after `stop`; default: a new one, removed with it. */
  readonly dataDir?: string
  readonly args?: readonly string[]
}

/** The whole of Newswire in one process of its own, as `npm start` runs it. */
export interface Newswire extends AsyncDisposable {
  readonly url: string
  readonly adminKey: string
  readonly pid: number
  readonly dataDir: string
  readonly exited: Promise<Exit>
  /** SIGTERM; resolves with how it ended. */
  stop(): Promise<Exit>
  /** SIGKILL; the data stays for another start on `dataDir`. */
  kill(): Promise<void>
  /** `fetch` of a path with the admin's key, unless the request brings its own `authorization`. */
  api(path: string, init?: RequestInit): Promise<Response>
  /** Everything it has written so far. */
  logs(): string
}

export async function startNewswire(options: NewswireOptions = {}): Promise<Newswire> {
  const main = join(repository, 'services/standalone/dist/main.js')
  if (!existsSync(main)) throw new Error(`${main} is missing. Run \`npm run build\` first.`)
  const dataDir = options.dataDir ?? temporaryFolder('data')
  const settings = settingsFor(dataDir, options.env)
  const child = spawnGuarded(process.execPath, [main, ...(options.args ?? [])], {
    folder: repository,
    output: 'pipe',
    env: { ...bareEnvironment(), ...settings },
  })
  let written = ''
  for (const stream of child.output) {
    stream.setEncoding('utf8')
    stream.on('data', (part: string) => {
      written = (written + part).slice(-logKeptChars)
    })
  }

  async function end(signal: NodeJS.Signals): Promise<Exit> {
    child.signal(signal)
    const force = setTimeout(() => child.signal('SIGKILL'), stopWithinMs)
    const exit = await child.exited
    clearTimeout(force)
    return exit
  }
  async function stop(): Promise<Exit> {
    const exit = await end('SIGTERM')
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
    return exit
  }
  const ready = await untilReady(child.exited, () => written).catch(async (error: unknown) => {
    await end('SIGKILL')
    throw error
  })
  const adminKey = ready.adminKey ?? settings['ADMIN_KEY'] ?? ''
  return {
    url: ready.url,
    adminKey,
    pid: child.pid,
    dataDir,
    exited: child.exited,
    stop,
    kill: async () => void (await end('SIGKILL')),
    api: (path, init) => fetch(new URL(path, ready.url), withKey(init, adminKey)),
    logs: () => written,
    async [Symbol.asyncDispose]() {
      await stop()
    },
  }
}

/** The same folder gets the same key, so that a second start knows it. */
function settingsFor(dataDir: string, env: NewswireOptions['env']): Record<string, string> {
  const adminKey = createHash('sha256').update(`admin of ${dataDir}`).digest('base64url')
  return {
    ...{ NEWSWIRE_READY_JSON: '1', ADMIN_KEY: `nw_${adminKey}`, DATA_DIR: dataDir },
    ...{ SOURCES: 'none', HOST: '127.0.0.1', PORT: '0', OUTBOUND_ALLOW: '127.0.0.1/32' },
    ...env,
  }
}

interface Ready {
  readonly url: string
  readonly adminKey?: string
}

async function untilReady(exited: Promise<Exit>, written: () => string): Promise<Ready> {
  let end: Exit | undefined
  void exited.then((exit) => {
    end = exit
  })
  const giveUpAt = Date.now() + readyWithinMs
  while (end === undefined && Date.now() < giveUpAt) {
    const line = /^\{"ready":.*\}$/m.exec(written())?.[0]
    if (line) {
      const { ready } = JSON.parse(line) as { ready: Ready }
      if (await answers(ready.url)) return ready
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const reason = end ? `ended with ${end.code ?? end.signal}` : `took over ${readyWithinMs} ms`
  throw new Error(`Newswire did not become ready: it ${reason}. It wrote:\n${written()}`)
}

async function answers(url: string): Promise<boolean> {
  const health = await fetch(new URL('/health', url)).catch(() => undefined)
  await health?.body?.cancel()
  return health?.ok === true
}

function withKey(init: RequestInit = {}, key: string): RequestInit {
  const headers = new Headers(init.headers)
  if (!headers.has('authorization')) headers.set('authorization', `Bearer ${key}`)
  return { ...init, headers }
}
