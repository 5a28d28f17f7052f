import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline/promises'
import { buffer } from 'node:stream/consumers'
import { repository } from '@newswire/infra'
import {
  begin,
  defineSettings,
  houseSettings,
  httpUrl,
  readSettings,
  text,
} from '@newswire/runtime'
import { runTerminal } from '@newswire/terminal'
import { createLocalHouse } from './local-house.js'

const anyText = () => text({ lengthMin: 1, lengthMax: 1_024 }).optional()

const terminalSettings = defineSettings({
  NEWSWIRE_URL: {
    schema: httpUrl().optional(),
    say: 'The house that the terminal asks; without it, the one that runs on DATA_DIR.',
  },
  NEWSWIRE_KEY: {
    schema: anyText(),
    say: 'The key that the terminal asks with; without it, the admin key in DATA_DIR.',
    secret: true,
  },
  NO_COLOR: { schema: anyText(), say: 'Whatever it says, the terminal has no colours.' },
  FORCE_COLOR: { schema: anyText(), say: 'Colours also where the output is no terminal; 0: none.' },
  TERM: { schema: anyText(), say: 'The kind of terminal; dumb ones have no colours.' },
})

/** What `npx newswire` runs: the terminal, with the house of the data folder within its reach. */
async function main(): Promise<void> {
  const { DATA_DIR, ADMIN_KEY } = readSettings({
    DATA_DIR: houseSettings.DATA_DIR,
    ADMIN_KEY: houseSettings.ADMIN_KEY,
  })
  const settings = readSettings(terminalSettings)
  const outcome = await runTerminal({
    args: process.argv.slice(2),
    stdout: process.stdout,
    stderr: process.stderr,
    readStdin: () => buffer(process.stdin),
    confirm: process.stdin.isTTY && process.stderr.isTTY ? confirm : undefined,
    url: settings.NEWSWIRE_URL,
    key: settings.NEWSWIRE_KEY,
    colour: colourOf(settings),
    local: createLocalHouse({ dataDir: resolve(DATA_DIR), adminKey: ADMIN_KEY }),
    signal: interrupted(),
    version: ownVersion(),
  })
  // What Ctrl-C has left half-way keeps the process: connections, servers of our own.
  if (outcome === interruptedCode) process.exit(outcome)
  process.exitCode = outcome
}

/** As shells have it: 128 and the number of SIGINT. */
const interruptedCode = 130

function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    version: string
  }
  return version
}

interface ColourSettings {
  readonly NO_COLOR?: string | undefined
  readonly FORCE_COLOR?: string | undefined
  readonly TERM?: string | undefined
}

/** https://no-color.org; undefined leaves it to what the stream is. */
function colourOf({ NO_COLOR, FORCE_COLOR, TERM }: ColourSettings): boolean | undefined {
  if (NO_COLOR !== undefined) return false
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0'
  return TERM === 'dumb' ? false : undefined
}

/** Ends with the first Ctrl-C; a second one ends the process at once, whatever it does. */
function interrupted(): AbortSignal {
  const controller = new AbortController()
  const ends = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of ends) process.once(name, () => controller.abort())
  // Whoever reads our output has seen enough: `newswire items | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
  return controller.signal
}

async function confirm(question: string): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await Promise.race([reader.question(question), once(reader, 'close')])
    return typeof answer === 'string' && /^y(es)?$/i.test(answer.trim())
  } finally {
    reader.close()
  }
}

await begin(main)
