import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Bus, FactTooLargeError } from '@newswire/bus'
import type { RawItem } from '@newswire/model'
import type { Clock, Log, Metrics, RunningWorker, Worker } from '@newswire/runtime'
import { intakeLimits } from '../limits.js'
import { publishRaw, rawId } from '../publish.js'
import type { Accepted } from '../push/accept.js'
import { sentenceOf } from '../sentence.js'
import type { SourceRows } from '../sources/rows.js'
import { DropError, readDropped } from './file-kind.js'
import { startForgetting } from './forget.js'
import { isMissing, isSame, lookInto, type Seen, statOf } from './look.js'
import { openPlaces, type Place } from './places.js'
import { putAway } from './put-away.js'

export interface DropOptions {
  readonly bus: Bus
  readonly folder: string
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  /** Rows of kind `drop` name subfolders. Absent: the folder alone. */
  readonly sources?: Pick<SourceRows, 'register'>
  /** Between two looks; for writers that pause longer than the default, `dropLookMs`. */
  readonly lookMs?: number
}

/**
 * A folder, and subfolders that sources name → item.raw. A file is taken when two looks see it the
 * same; it moves to `done/` once the bus has it, or to `failed/` with its reason. Any number of
 * processes may look into one folder: the publish id comes from the content, so a file that two of
 * them take is stored once.
 */
export function createDropWorker(options: DropOptions): Worker {
  return { name: 'drop', start: () => startDrop(options) }
}

async function startDrop(options: DropOptions): Promise<RunningWorker> {
  const { log, lookMs = intakeLimits.dropLookMs } = options
  const places = await openPlaces(options)
  const forgetter = await startForgetting({ ...options, places })
  const take = createTaker(options)
  const stopping = new AbortController()
  let seen = new Map<string, Seen>()

  async function lookOnce(): Promise<void> {
    const before = seen
    seen = new Map()
    for (const place of await places.current()) await lookAt(place, before)
    await forgetter.look()
  }

  async function lookAt(place: Place, before: ReadonlyMap<string, Seen>): Promise<void> {
    for (const file of await lookInto(place.folder, intakeLimits.dropFilesPerLookMax)) {
      if (stopping.signal.aborted) return
      const path = join(place.folder, file.name)
      seen.set(path, file)
      if (isSame(before.get(path), file)) await take(place, file)
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

  await places.current()
  const running = run()
  return {
    async stop() {
      stopping.abort()
      await running
      await forgetter.stop()
      await places.stop()
    },
  }
}

/** Takes one complete file. Throws where the bus refuses it: the file then stays where it is. */
function createTaker({ bus, clock, log, metrics }: DropOptions) {
  const dropped = metrics.counter({
    name: 'newswire_files_dropped_total',
    help: 'Files taken from the drop folder by result: done or failed.',
    labels: ['result'],
  })

  async function fail({ folder }: Place, name: string, reason: string): Promise<void> {
    await putAway(folder, name, { to: 'failed', reason })
    dropped.add(1, { result: 'failed' })
    log.warn({ file: name, reason }, 'dropped file failed')
  }

  /** The file moves only when all of its releases are stored; taken again, they meet their ids. */
  async function store(place: Place, name: string, bytes: Uint8Array): Promise<void> {
    const releases = await readDropped(name, bytes)
    for (const release of releases) {
      const raw = rawOf(release, { place, name, now: clock.now() })
      const { sequence } = await publishRaw(bus, raw, rawId('drop', raw.contentType, raw.body))
      log.info({ raw: sequence, file: name }, 'dropped file taken')
    }
    await putAway(place.folder, name, { to: 'done' })
    dropped.add(1, { result: 'done' })
  }

  return async (place: Place, file: Seen): Promise<void> => {
    const { name, size } = file
    if (size > intakeLimits.messageBytesMax) {
      return fail(place, name, `The file is larger than ${intakeLimits.messageBytesMax} bytes.`)
    }
    if (size === 0 && isYoung(file, clock, intakeLimits.dropEmptyGraceMs)) return
    const bytes = await readWhole(place.folder, file)
    if (!bytes) return
    await store(place, name, bytes).catch((error: unknown) => {
      if (!(error instanceof DropError || error instanceof FactTooLargeError)) throw error
      const mayGrow = error instanceof DropError && error.isCut
      if (mayGrow && isYoung(file, clock, intakeLimits.dropCutGraceMs)) return
      return fail(place, name, sentenceOf(error))
    })
  }
}

/** Its writer may have opened it and not begun, or stalled half-way. */
function isYoung(file: Seen, clock: Clock, graceMs: number): boolean {
  return clock.now().getTime() - file.modifiedMs < graceMs
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

function rawOf(
  release: Accepted,
  { place, name, now }: { place: Place; name: string; now: Date },
): RawItem {
  const { source, wire, rights } = place
  return {
    ...release,
    source,
    door: 'drop',
    received: now.toISOString(),
    rights,
    file: name,
    ...(wire === undefined ? {} : { wire }),
  }
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}
