import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Bus, FactTooLargeError } from '@newswire/bus'
import type { RawItem } from '@newswire/model'
import type { Clock, Log, Metrics, RunningWorker, Worker } from '@newswire/runtime'
import { intakeLimits } from '../limits.js'
import { publishRaw, rawId } from '../publish.js'
import { sentenceOf } from '../sentence.js'
import { DropError, readDropped } from './file-kind.js'
import { isMissing, isSame, lookInto, type Seen, statOf } from './look.js'
import { putAway } from './put-away.js'

export interface DropOptions {
  readonly bus: Bus
  readonly folder: string
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Between two looks; for writers that pause longer than the default, `dropLookMs`. */
  readonly lookMs?: number
}

const dropSource = 'drop'

/**
 * A folder → item.raw. A file is taken when two looks see it the same; it moves to `done/` once the
 * bus has it, or to `failed/` with its reason. Any number of processes may look into one folder:
 * the publish id comes from the content, so a file that two of them take is stored once.
 */
export function createDropWorker(options: DropOptions): Worker {
  return { name: 'drop', start: () => startDrop(options) }
}

async function startDrop(options: DropOptions): Promise<RunningWorker> {
  const { folder, log, lookMs = intakeLimits.dropLookMs } = options
  for (const part of ['done', 'failed']) await mkdir(join(folder, part), { recursive: true })
  const take = createTaker(options)
  const stopping = new AbortController()
  let seen = new Map<string, Seen>()

  async function lookOnce(): Promise<void> {
    const files = await lookInto(folder, intakeLimits.dropFilesPerLookMax)
    const before = seen
    seen = new Map(files.map((file) => [file.name, file]))
    for (const file of files) {
      if (stopping.signal.aborted) return
      if (isSame(before.get(file.name), file)) await take(file)
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const restMs = await lookOnce().then(
        () => lookMs,
        (error: unknown) => {
          log.warn({ err: error }, 'drop folder not taken in')
          return intakeLimits.dropRestMs
        },
      )
      // Looks are apart by this rest, or a file that is being written would seem complete.
      await rest(restMs, stopping.signal)
    }
  }

  const running = run()
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** Takes one complete file. Throws where the bus refuses it: the file then stays where it is. */
function createTaker({ bus, folder, clock, log, metrics }: DropOptions) {
  const dropped = metrics.counter({
    name: 'newswire_files_dropped_total',
    help: 'Files taken from the drop folder by result: done or failed.',
    labels: ['result'],
  })

  async function fail(name: string, reason: string): Promise<void> {
    await putAway(folder, name, { to: 'failed', reason })
    dropped.add(1, { result: 'failed' })
    log.warn({ file: name, reason }, 'dropped file failed')
  }

  async function store(name: string, bytes: Uint8Array): Promise<void> {
    const raw = rawOf(name, bytes, clock.now())
    const { sequence } = await publishRaw(bus, raw, rawId('drop', raw.contentType, raw.body))
    await putAway(folder, name, { to: 'done' })
    dropped.add(1, { result: 'done' })
    log.info({ raw: sequence, file: name }, 'dropped file taken')
  }

  return async (file: Seen): Promise<void> => {
    const { name, size } = file
    if (size > intakeLimits.itemBytesMax) {
      return fail(name, `The file is larger than ${intakeLimits.itemBytesMax} bytes.`)
    }
    if (size === 0 && isYoung(file, clock)) return
    const bytes = await readWhole(folder, file)
    if (!bytes) return
    await store(name, bytes).catch((error: unknown) => {
      if (!(error instanceof DropError || error instanceof FactTooLargeError)) throw error
      return fail(name, sentenceOf(error))
    })
  }
}

/** Its writer may have opened it and not begun. */
function isYoung(file: Seen, clock: Clock): boolean {
  return clock.now().getTime() - file.modifiedMs < intakeLimits.dropEmptyGraceMs
}

/** The bytes of a file; undefined where it was written to, or taken away, while it was read. */
async function readWhole(folder: string, file: Seen): Promise<Uint8Array | undefined> {
  try {
    const bytes = await readFile(join(folder, file.name))
    return isSame(file, await statOf(folder, file.name)) ? bytes : undefined
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function rawOf(name: string, bytes: Uint8Array, now: Date): RawItem {
  return {
    ...readDropped(name, bytes),
    source: dropSource,
    door: 'drop',
    received: now.toISOString(),
    rights: 'full',
    file: name,
  }
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}
