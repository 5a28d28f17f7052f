import { setTimeout as delay } from 'node:timers/promises'
import { facts, type StreamName, streamNames } from '@newswire/model'
import {
  DiscardPolicy,
  type JetStreamManager,
  millis,
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

/** What is not said stays as it stands; a stream that is made now has it from the defaults. */
export type StreamLimits = Partial<Readonly<Record<StreamName, Partial<StreamLimit>>>>

const dayMs = 24 * 60 * 60 * 1_000
const duplicateWindowMs = 2 * 60 * 1_000

/**
 * The server sets the bytes of all streams aside at once and refuses a stream that its disk has no
 * room for: together they must fit a small machine (13 GiB).
 */
export const streamLimitsDefault: Readonly<Record<StreamName, StreamLimit>> = {
  RAW: { bytesMax: 2 * GiB, ageMsMax: 30 * dayMs },
  ITEMS: { bytesMax: 4 * GiB, ageMsMax: 0 },
  TAGGED: { bytesMax: 4 * GiB, ageMsMax: 0 },
  DELIVERIES: { bytesMax: 768 * MiB, ageMsMax: 90 * dayMs },
  ANSWERS: { bytesMax: 256 * MiB, ageMsMax: 90 * dayMs },
  RECEIVERS: { bytesMax: 512 * MiB, ageMsMax: 0 },
  OUT: { bytesMax: 256 * MiB, ageMsMax: 7 * dayMs },
  RECEIPTS: { bytesMax: 128 * MiB, ageMsMax: 30 * dayMs },
  DEAD: { bytesMax: 512 * MiB, ageMsMax: 90 * dayMs },
  AUDIT: { bytesMax: 128 * MiB, ageMsMax: 365 * dayMs },
}

/** Streams of which only the newest fact of each subject is kept. */
const compacted: ReadonlySet<StreamName> = new Set(['RECEIVERS', 'RECEIPTS'])

/**
 * Streams that lose their oldest entries when they are full, where all others take nothing more.
 * The ledger's checkpoint holds what must outlive its entries, what receivers answered is there to
 * be looked at, a lost receipt is an answer that is missed, and what a consumer inside the house
 * left lying is in the ledger: none of them may stop deliveries or the normalizer.
 */
const rolling: ReadonlySet<StreamName> = new Set(['DELIVERIES', 'ANSWERS', 'OUT', 'RECEIPTS'])

/** Dead letters on their way back to a group: `redo.<stream>.<group>`, gone when acknowledged. */
export const redoStream = 'REDO'
/**
 * How the tries of facts that were given more than once ended: `attempt.<stream>.<group>.<seq>`.
 */
export const attemptStream = 'ATTEMPTS'

type Wanted = Pick<StreamConfig, 'name' | 'subjects'> & Partial<StreamConfig>

function factStream(name: StreamName): Wanted {
  const subjects = Object.values(facts)
    .filter(({ stream }) => stream === name)
    .map(({ pattern }) => pattern)
  return {
    ...base(name, subjects),
    max_msgs_per_subject: compacted.has(name) ? 1 : -1,
    ...(rolling.has(name) ? { discard: DiscardPolicy.Old } : {}),
  }
}

function base(name: string, subjects: string[]): Wanted {
  return {
    name,
    subjects,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_msg_size: messageBytesMax,
  }
}

function limited({ bytesMax, ageMsMax }: StreamLimit): Partial<StreamConfig> {
  const windowMs = ageMsMax === 0 ? duplicateWindowMs : Math.min(duplicateWindowMs, ageMsMax)
  return { max_bytes: bytesMax, max_age: nanos(ageMsMax), duplicate_window: nanos(windowMs) }
}

/** A stream as the server should have it. */
export interface StreamWish {
  readonly config: Wanted
  /** For a stream that is made now. */
  readonly limits: StreamLimit
  /** For one that stands. */
  readonly change: Partial<StreamLimit>
}

/** Every stream of the house. */
export function wantedStreams(limits: StreamLimits): StreamWish[] {
  return [
    ...streamNames.map((name) => wish(factStream(name), streamLimitsDefault[name], limits[name])),
    wish(
      { ...base(redoStream, ['redo.*.*']), retention: RetentionPolicy.Workqueue },
      { bytesMax: 256 * MiB, ageMsMax: 0 },
    ),
    wish(
      {
        ...base(attemptStream, ['attempt.*.*.*']),
        max_msgs_per_subject: 1,
        // A forgotten try costs one more try: better than a group that can't go on.
        discard: DiscardPolicy.Old,
      },
      { bytesMax: 64 * MiB, ageMsMax: 7 * dayMs },
    ),
  ]
}

function wish(config: Wanted, limits: StreamLimit, change: Partial<StreamLimit> = {}): StreamWish {
  return { config, limits: { ...limits, ...change }, change }
}

/**
 * Makes the stream, or changes those limits of the one that stands that are said: a process that
 * says nothing leaves them to the one that does. Safe beside another process: while that one makes
 * the same stream, 2.9.10 may say that the subjects overlap with an existing one.
 */
export async function ensureStream(jsm: JetStreamManager, wished: StreamWish): Promise<void> {
  const { config, limits, change } = wished
  try {
    if (await isMade(jsm, { ...config, ...limited(limits) })) return
    const { config: stands } = await jsm.streams.info(config.name)
    const standing = { bytesMax: stands.max_bytes, ageMsMax: millis(stands.max_age) }
    await jsm.streams.update(config.name, { ...config, ...limited({ ...standing, ...change }) })
  } catch (error) {
    throw apiErrorCode(error) === apiErrors.noStorageLeft ? noRoom(wished, error) : error
  }
}

/** False where another one stands under that name. */
async function isMade(jsm: JetStreamManager, wanted: Wanted): Promise<boolean> {
  for (let tries = 0; ; tries += 1) {
    try {
      await jsm.streams.add(wanted)
      return true
    } catch (error) {
      const code = apiErrorCode(error)
      if (code === apiErrors.streamNameInUse) return false
      const wait = overlapDelaysMs[tries]
      if (code !== apiErrors.subjectsOverlap || wait === undefined) throw error
      await delay(wait)
    }
  }
}

function noRoom({ config: { name }, limits: { bytesMax } }: StreamWish, cause: unknown): Error {
  return new Error(
    `The NATS server has no room for stream ${name} (${bytesMax} bytes). Lower streamLimits.${name}.bytesMax or raise the server's jetstream max_file_store.`,
    { cause },
  )
}
