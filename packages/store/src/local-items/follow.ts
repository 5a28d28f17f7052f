import type { Bus, StreamState } from '@newswire/bus'
import { facts } from '@newswire/model'
import type { Log, Worker } from '@newswire/runtime'
import { localLimits as limits } from '../limits.js'
import { pause } from '../pause.js'
import { FolderTakenError, type ItemsFile } from './items-file.js'
import type { Witness } from './mark-file.js'

export interface FollowOptions {
  readonly file: ItemsFile
  readonly bus: Bus
  readonly log: Log
}

/** Keeps the file complete: replays TAGGED from where the file ends, and again when that ends. */
export function createFollower(options: FollowOptions): Worker {
  return {
    name: 'local-items',
    async start({ fail }) {
      const stopping = new AbortController()
      const running = keepFollowing(options, stopping.signal).catch(fail)
      return {
        async stop() {
          stopping.abort()
          await running
        },
      }
    },
  }
}

async function keepFollowing(options: FollowOptions, stopping: AbortSignal): Promise<void> {
  const { file, log } = options
  let failuresInRow = 0
  while (!stopping.aborted) {
    const began = file.position
    const err: unknown = await follow(options, stopping).catch((error: unknown) => error)
    if (stopping.aborted) return
    // Whatever went wrong, items are read from the stream until it is known to be the same.
    file.trust(false)
    if (err instanceof FolderTakenError) return log.error({ err }, 'local items are given up')
    if (err instanceof TypeError || err instanceof RangeError) throw err
    failuresInRow = file.position > began ? 1 : failuresInRow + 1
    log.warn({ err, position: file.position }, 'local items start again')
    await pause(backOffMs(failuresInRow), stopping)
  }
}

/** One replay, until it fails or the worker is stopped. */
async function follow({ file, bus, log }: FollowOptions, stopping: AbortSignal): Promise<void> {
  await settle({ file, bus, log })
  const ending = new AbortController()
  const either = AbortSignal.any([stopping, ending.signal])
  const subscription = await bus.replay({
    fact: 'item.tagged',
    after: file.position,
    batchMax: limits.batchMax,
    handle: (batch) => file.append(batch),
    onCaughtUp: () => log.info({ position: file.position }, 'local items are complete'),
    onEnd: (error) => ending.abort(error),
  })
  try {
    await keepWhole({ file, bus, log }, either)
  } finally {
    await subscription.stop()
  }
  if (ending.signal.aborted) throw ending.signal.reason
  await file.sync()
}

async function keepWhole({ file, bus, log }: FollowOptions, ending: AbortSignal): Promise<void> {
  let lookedAt = performance.now()
  while (!ending.aborted) {
    await pause(limits.syncEveryMs, ending)
    await file.sync()
    if (ending.aborted || performance.now() - lookedAt < limits.retentionEveryMs) continue
    lookedAt = performance.now()
    const from = await oldest(bus).catch((err: unknown) => {
      // Items are read from here also while the server is away.
      log.warn({ err }, 'age of the stream is not known')
    })
    if (from !== undefined) await file.dropBefore(from)
  }
}

/** The file is given to readers only once it is known to come from the stream that stands. */
async function settle({ file, bus, log }: FollowOptions): Promise<void> {
  file.trust(false)
  if (!(await isSameStream({ file, bus }))) {
    log.warn({ position: file.position }, 'local items are of another stream and are made anew')
    await file.clear()
  }
  await file.dropBefore((await oldest(bus)) ?? 0)
  file.trust(true)
  log.info({ position: file.position }, 'local items follow their stream')
}

async function isSameStream({ file, bus }: Pick<FollowOptions, 'file' | 'bus'>): Promise<boolean> {
  if (file.position === 0) return true
  const stream = await taggedStream(bus)
  if (stream === undefined || stream.lastSequence < file.position) return false
  const tell = file.witnesses.map((witness) => isWitnessed(bus, witness))
  const told = await Promise.all(tell)
  return told.includes(true) && !told.includes(false)
}

/** Undefined where the fact is gone: erased by law, or old. */
async function isWitnessed(bus: Bus, witness: Witness): Promise<boolean | undefined> {
  const fact = await bus.read('item.tagged', witness.sequence)
  if (fact === undefined) return undefined
  return fact.subject === witness.subject && fact.storedAt.getTime() === witness.storedAtMs
}

/** The first sequence that the stream still has. */
async function oldest(bus: Bus): Promise<number | undefined> {
  return (await taggedStream(bus))?.firstSequence
}

async function taggedStream(bus: Bus): Promise<StreamState | undefined> {
  const streams = await bus.streams()
  return streams.find(({ stream }) => stream === facts['item.tagged'].stream)
}

function backOffMs(failuresInRow: number): number {
  return Math.min(limits.backOffMsMin * 2 ** (failuresInRow - 1), limits.backOffMsMax)
}
