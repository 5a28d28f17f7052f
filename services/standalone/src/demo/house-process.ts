import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { bareEnvironment, type Exit, repository, spawnGuarded } from '@newswire/infra'
import { StartError } from '../start-error.js'

export interface HouseProcess {
  /** Without a slash at the end. */
  readonly url: string
  readonly adminKey: string
  readonly exited: Promise<Exit>
  /** The last lines that it wrote. */
  lastWords(): string
  stop(): Promise<void>
}

const program = fileURLToPath(new URL('../main.js', import.meta.url))
const lastWordsChars = 4_000
const adminKeyBytes = 24

/**
 * The house as `npm start` runs it, in a process of its own that can't outlive this one. It may
 * call this machine, and nothing but this machine.
 * @throws StartError with the house's own words where it does not get ready
 */
export async function startHouse(options: {
  readonly port: number
  readonly dataDir: string
}): Promise<HouseProcess> {
  const adminKey = `nw_${randomBytes(adminKeyBytes).toString('base64url')}`
  const child = spawnGuarded(process.execPath, ['--max-semi-space-size=64', program], {
    folder: repository,
    output: 'pipe',
    env: {
      ...bareEnvironment(),
      ...{ PORT: String(options.port), HOST: '127.0.0.1', DATA_DIR: options.dataDir },
      ...{ SOURCES: 'none', OUTBOUND_ALLOW: '127.0.0.1/32', ADMIN_KEY: adminKey },
      ...{ NEWSWIRE_READY_JSON: '1', LOG_LEVEL: 'warn' },
    },
  })
  let written = ''
  const ready = new Promise<string>((resolve) => {
    for (const stream of child.output) {
      stream.setEncoding('utf8')
      stream.on('data', (part: string) => {
        written = (written + part).slice(-lastWordsChars)
        const line = /^\{"ready":.*\}$/m.exec(written)?.[0]
        if (line) resolve((JSON.parse(line) as { ready: { url: string } }).ready.url)
      })
    }
  })
  const url = await Promise.race([ready, child.exited])
  if (typeof url !== 'string') {
    throw new StartError(written.trim() || 'The house ended before it was ready.')
  }
  return {
    ...{ url, adminKey, exited: child.exited },
    lastWords: () => written.trim(),
    async stop() {
      child.signal('SIGTERM')
      await child.exited
    },
  }
}
