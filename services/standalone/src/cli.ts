import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { type Bus, connectBus } from '@newswire/bus'
import { keyRowSchema, newAdminKey } from '@newswire/http'
import { publishText } from '@newswire/intake'
import {
  begin,
  createLogger,
  houseSettings,
  type Log,
  readSettings,
  systemClock,
} from '@newswire/runtime'
import {
  connectStore,
  createItemsProjector,
  createTaggedProjector,
  resetReadModels,
  type Store,
} from '@newswire/store'
import { retagCommand } from './retag.js'
import { findRunning, startServers } from './servers/index.js'
import { StartError, sayWhatToDo } from './start-error.js'

const help = `newswire: the terminal of Newswire

  newswire status            what waits at each stage
  newswire ingest FILE…      takes wire texts in, as if they were dropped
  newswire retag             says what this program's vocabulary would change in public items
    --apply                  and changes it: feeds follow, webhooks are told nothing
    --tell matches           tells webhooks that the new tags bring an item to
    --tell everyone          tells all webhooks whose filter takes it
    --json                   for scripts
  newswire rebuild           makes the read models in Redis again from JetStream
  newswire admin-key         makes a new admin key in place of the old one, and prints it
  newswire help              this page

It works on the Newswire that runs on DATA_DIR, or starts its servers for as long as it needs them.

  npx newswire ingest release.txt
  DATA_DIR=/srv/newswire npx newswire status
  npx newswire retag --apply
`

/** Where NATS and Redis answer, and how to let go of them. */
interface Ground {
  readonly natsUrl: string
  readonly redisUrl: string
  readonly log: Log
  readonly bus: Bus
}

const commands: Record<string, (ground: Ground, args: readonly string[]) => Promise<void>> = {
  status,
  ingest,
  rebuild,
  retag: ({ bus }, args) =>
    retagCommand(bus, args, { text: say, progress: (text) => void process.stderr.write(text) }),
  'admin-key': adminKey,
}

async function main(): Promise<void> {
  const [name = 'help', ...args] = process.argv.slice(2)
  if (name === 'help' || name === '--help') return say(help)
  const command = commands[name]
  if (!command) throw new StartError(`There is no command "${name}". Try: newswire help`)
  const settings = readSettings(houseSettings)
  const log = createLogger({ name: 'newswire', level: 'error', destination: process.stderr })
  const dataDir = resolve(settings.DATA_DIR)
  const found = findRunning(dataDir)
  const own = found?.natsUrl && found.redisUrl ? undefined : await startServers({ dataDir, log })
  const natsUrl = own?.natsUrl ?? found?.natsUrl ?? ''
  const redisUrl = own?.redisUrl ?? found?.redisUrl ?? ''
  try {
    await using bus = await connectBus({ url: natsUrl, name: 'terminal', log }).catch(sayWhatToDo)
    await command({ natsUrl, redisUrl, log, bus }, args)
  } finally {
    await own?.stop()
  }
}

async function status({ bus, redisUrl, log }: Ground): Promise<void> {
  await using store = await connectStore({ url: redisUrl, bus, log }).catch(sayWhatToDo)
  const [groups, letters, items] = await Promise.all([
    bus.groups(),
    bus.deadLetters.count(),
    store.count(),
  ])
  for (const { group, pending, inFlight } of groups) {
    say(`${group.padEnd(16)} ${pending} waiting, ${inFlight} in work\n`)
  }
  say(`${items} items are public. ${letters} dead letters wait for a look.\n`)
}

async function ingest({ bus }: Ground, files: readonly string[]): Promise<void> {
  if (files.length === 0) throw new StartError('Name at least one file: newswire ingest FILE…')
  for (const file of files) {
    const text = readText(file)
    const source = { source: 'drop', file: basename(file) }
    const { sequence } = await publishText({ bus, clock: systemClock, text, ...source })
    say(`${file} is taken in as number ${sequence}.\n`)
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : `it can't be read (${code})`
    throw new StartError(`${file} is not taken in: ${reason}.`, { cause })
  }
}

/** Empties the read models and, where no projector runs elsewhere, makes them again here. */
async function rebuild({ bus, redisUrl, log }: Ground): Promise<void> {
  await resetReadModels({ url: redisUrl, log })
  await using store = await connectStore({ url: redisUrl, bus, log }).catch(sayWhatToDo)
  const fail = (error: Error) => {
    throw error
  }
  const projectors = [
    await createItemsProjector({ url: redisUrl, bus, log }).start({ fail }),
    await createTaggedProjector({ url: redisUrl, bus, log }).start({ fail }),
  ]
  await untilCurrent(bus, store)
  for (const projector of projectors) await projector.stop()
  say(`The read models are made again: ${await store.count()} items are public.\n`)
}

const lookMs = 200

async function untilCurrent(bus: Bus, store: Store): Promise<void> {
  const streams = await bus.streams()
  const last = (name: string) => streams.find(({ stream }) => stream === name)?.lastSequence ?? 0
  const goal = { items: last('ITEMS'), tagged: last('TAGGED') }
  for (;;) {
    const done = await store.positions()
    say(`\r${done.items + done.tagged} of ${goal.items + goal.tagged} facts read `)
    if (done.items >= goal.items && done.tagged >= goal.tagged) break
    await new Promise((wake) => setTimeout(wake, lookMs))
  }
  say('\n')
}

async function adminKey({ bus }: Ground): Promise<void> {
  const { key } = await newAdminKey({ keys: await bus.register('keys', keyRowSchema) })
  say(
    `The new admin key is ${key}\nIt is shown this once; the one that Newswire made before is revoked.\n`,
  )
}

function say(text: string): void {
  process.stdout.write(text)
}

await begin(main)
