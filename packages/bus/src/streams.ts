import { setTimeout as delay } from 'node:timers/promises'
import { facts, type StreamName, streamNames } from '@newswire/model'
import {
  DiscardPolicy,
  type JetStreamManager,
  nanos,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from 'nats'
import { apiErrorCode, apiErrors } from './api-error.js'
import { GiB, MiB, messageBytesMax, overlapDelaysMs } from './limits.js'

/** How much a stream keeps. */
export interface StreamLimit {
  readonly bytesMax: number
  /** 0 keeps for ever. */
  readonly ageMsMax: number
}

export type StreamLimits = Readonly<Record<StreamName, StreamLimit>>

const dayMs = 24 * 60 * 60 * 1_000
const duplicateWindowMs = 2 * 60 * 1_000

/**
 * The server sets the bytes of all streams aside at once and refuses a stream that its disk has no
 * room for: together they must fit a small machine (13 GiB).
 */
export const streamLimitsDefault: StreamLimits = {
  RAW: { bytesMax: 2 * GiB, ageMsMax: 30 * dayMs },
  ITEMS: { bytesMax: 4 * GiB, ageMsMax: 0 },
  TAGGED: { bytesMax: 4 * GiB, ageMsMax: 0 },
  DELIVERIES: { bytesMax: GiB, ageMsMax: 90 * dayMs },
  RECEIVERS: { bytesMax: 512 * MiB, ageMsMax: 0 },
  RECEIPTS: { bytesMax: 128 * MiB, ageMsMax: 30 * dayMs },
  DEAD: { bytesMax: 512 * MiB, ageMsMax: 90 * dayMs },
  AUDIT: { bytesMax: 128 * MiB, ageMsMax: 365 * dayMs },
}

/** Streams of which only the newest fact of each subject is kept. */
const compacted: ReadonlySet<StreamName> = new Set(['RECEIVERS', 'RECEIPTS'])

/** Dead letters on their way back to a group: `redo.<stream>.<group>`, gone when acknowledged. */
export const redoStream = 'REDO'
/**
 * How the tries of facts that were given more than once ended: `attempt.<stream>.<group>.<seq>`.
 */
export const attemptStream = 'ATTEMPTS'

type Wanted = Pick<StreamConfig, 'name' | 'subjects'> & Partial<StreamConfig>

function factStream(name: StreamName, { bytesMax, ageMsMax }: StreamLimit): Wanted {
  const subjects = Object.values(facts)
    .filter(({ stream }) => stream === name)
    .map(({ pattern }) => pattern)
  return {
    ...base(name, subjects, bytesMax, ageMsMax),
    max_msgs_per_subject: compacted.has(name) ? 1 : -1,
  }
}

function base(name: string, subjects: string[], bytesMax: number, ageMsMax: number): Wanted {
  return {
    name,
    subjects,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_bytes: bytesMax,
    max_age: nanos(ageMsMax),
    max_msg_size: messageBytesMax,
    duplicate_window: nanos(
      ageMsMax === 0 ? duplicateWindowMs : Math.min(duplicateWindowMs, ageMsMax),
    ),
  }
}

/** Every stream of the house as the server should have it. */
export function wantedStreams(limits: StreamLimits): Wanted[] {
  return [
    ...streamNames.map((name) => factStream(name, limits[name])),
    {
      ...base(redoStream, ['redo.*.*'], 256 * MiB, 0),
      retention: RetentionPolicy.Workqueue,
    },
    {
      ...base(attemptStream, ['attempt.*.*.*'], 64 * MiB, 7 * dayMs),
      max_msgs_per_subject: 1,
      // A forgotten try costs one more try: better than a group that can't go on.
      discard: DiscardPolicy.Old,
    },
  ]
}

/**
 * Makes the stream, or changes the limits of the one that stands. Safe beside another process:
 * while that one makes the same stream, 2.9.10 may say that the subjects overlap with an existing
 * one.
 */
export async function ensureStream(jsm: JetStreamManager, wanted: Wanted): Promise<void> {
  try {
    await addOrUpdate(jsm, wanted)
  } catch (error) {
    throw apiErrorCode(error) === apiErrors.noStorageLeft ? noRoom(wanted, error) : error
  }
}

async function addOrUpdate(jsm: JetStreamManager, wanted: Wanted): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await jsm.streams.add(wanted)
      return
    } catch (error) {
      const code = apiErrorCode(error)
      if (code === apiErrors.streamNameInUse) break
      const wait = overlapDelaysMs[tries]
      if (code !== apiErrors.subjectsOverlap || wait === undefined) throw error
      await delay(wait)
    }
  }
  await jsm.streams.update(wanted.name, wanted)
}

function noRoom({ name, max_bytes: bytes }: Wanted, cause: unknown): Error {
  return new Error(
    `The NATS server has no room for stream ${name} (${bytes} bytes). Lower streamLimits.${name}.bytesMax or raise the server's jetstream max_file_store.`,
    { cause },
  )
}
