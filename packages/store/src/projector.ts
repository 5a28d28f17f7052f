import type { Bus, Stored } from '@newswire/bus'
import { type Fact, type FactName, facts } from '@newswire/model'
import type { Log, RunningWorker, Worker } from '@newswire/runtime'
import type { Redis } from 'ioredis'
import { projectorLimits as limits } from './limits.js'
import { FellBackError, type Mark, type OpenMark, type Span } from './mark.js'
import { pause } from './pause.js'
import { closeRedis, isBrokenReply, openRedis } from './redis.js'

/** A read model of one kind of fact. Writes are idempotent: any number of projectors may write. */
export interface ReadModel<N extends FactName> {
  readonly fact: N
  /** The form in which it is written: a model of another one is made anew. */
  readonly shape: number
  /** The mark, made now if there is none. */
  open(): Promise<OpenMark>
  mark(): Promise<Mark | undefined>
  /** Writes the facts and the position as one step. FellBackError: nothing was written. */
  apply(span: Span, batch: readonly Stored<Fact<N>>[]): Promise<void>
  /** Empties the model if it is still in this epoch. */
  reset(epoch: string): Promise<void>
}

export interface ProjectorOptions<N extends FactName> {
  readonly name: string
  readonly url: string
  readonly bus: Bus
  readonly log: Log
  readonly modelOn: (redis: Redis) => ReadModel<N>
}

/** Our own code or keys are wrong: trying again would do the same. */
export class BrokenModelError extends Error {
  override readonly name = 'BrokenModelError'
}

/** What one projector knows between its replays. */
interface Course<N extends FactName> {
  readonly options: ProjectorOptions<N>
  readonly model: ReadModel<N>
  readonly onCaughtUp: () => void
  /** Up to where this projector has handled everything; undefined before its first replay. */
  position: number | undefined
  stopped: boolean
  failuresInRow: number
  /** Ends what runs or waits now; its reason says why. */
  ending: AbortController
}

/**
 * Keeps a read model complete: replays the model's stream from the position that Redis holds, and
 * starts again by itself when the replay ends, Redis was emptied, or it fell back.
 */
export function createProjector<N extends FactName>(options: ProjectorOptions<N>): Worker {
  return {
    name: options.name,
    async start(life): Promise<RunningWorker> {
      const redis = await openRedis({ url: options.url, log: options.log, name: options.name })
      const grace = new AbortController()
      const course: Course<N> = {
        options,
        model: options.modelOn(redis),
        onCaughtUp: () => grace.abort(),
        position: undefined,
        stopped: false,
        failuresInRow: 0,
        ending: new AbortController(),
      }
      const running = keepFollowing(course).catch(life.fail)
      await pause(limits.catchUpGraceMs, grace.signal)
      return {
        async stop() {
          course.stopped = true
          course.ending.abort()
          await running
          await closeRedis(redis)
        },
      }
    },
  }
}

async function keepFollowing<N extends FactName>(course: Course<N>): Promise<void> {
  const { log, name } = course.options
  while (!course.stopped) {
    course.ending = new AbortController()
    try {
      await follow(course)
    } catch (error) {
      if (course.stopped) return
      if (isHopeless(error)) throw error
      // To have fallen back is no failure: the next replay mends it, and at once.
      if (!(error instanceof FellBackError)) course.failuresInRow += 1
      log.warn({ err: error, model: name, position: course.position }, 'read model starts again')
      course.ending = new AbortController()
      await pause(backOffMs(course.failuresInRow), course.ending.signal)
    }
  }
}

/** One replay, until it ends. */
async function follow<N extends FactName>(course: Course<N>): Promise<void> {
  const { model, ending } = course
  const { bus, log, name } = course.options
  const mark = await openWithin(course)
  // Behind this projector: Redis fell back. Ahead: others wrote, and ours are still to be told.
  course.position = Math.min(course.position ?? mark.position, mark.position)
  log.info({ model: name, position: course.position }, 'read model follows its stream')
  const subscription = await bus.replay({
    fact: model.fact,
    after: course.position,
    batchMax: limits.batchMax,
    handle: (batch) => applyBatch(course, mark.epoch, batch).catch(endingWith(ending)),
    onCaughtUp: course.onCaughtUp,
    onEnd: (error) => ending.abort(error),
  })
  try {
    while (!ending.signal.aborted) {
      await pause(limits.watchIntervalMs, ending.signal)
      if (!ending.signal.aborted) await checkStands(course, mark.epoch)
    }
  } finally {
    await subscription.stop()
  }
  if (!course.stopped) throw ending.signal.reason
}

/** The replay's own report may wrap what was thrown: the first reason is the one that counts. */
function endingWith(ending: AbortController): (error: unknown) => never {
  return (error) => {
    ending.abort(error)
    throw error
  }
}

async function applyBatch<N extends FactName>(
  course: Course<N>,
  epoch: string,
  batch: readonly Stored<Fact<N>>[],
): Promise<void> {
  const last = batch.at(-1)
  if (last === undefined) return
  await course.model.apply({ epoch, after: course.position ?? 0, upTo: last.sequence }, batch)
  course.position = last.sequence
  course.failuresInRow = 0
}

/** Redis may be emptied while no fact comes: then no write would notice. */
async function checkStands<N extends FactName>(course: Course<N>, epoch: string): Promise<void> {
  const own = course.position ?? 0
  const mark = await course.model.mark()
  if (mark?.epoch !== epoch) throw new FellBackError('redis was emptied')
  if (mark.position < own) {
    throw new FellBackError(`redis fell back from position ${own} to ${mark.position}`)
  }
}

/**
 * Opens the model, emptied if it has another form, or is ahead of its stream. Then the stream lost
 * facts (another data folder, a power cut), and what the model holds beyond its end never was or
 * will be another fact.
 */
async function openWithin<N extends FactName>(course: Course<N>): Promise<Mark> {
  const { bus, log, name } = course.options
  const model = course.model
  // In this order: the position never runs ahead of a stream that was looked at later.
  const mark = await model.open()
  if (mark.shape !== model.shape) {
    log.warn({ model: name, shape: mark.shape }, 'read model has another form and is made anew')
    await model.reset(mark.epoch)
    return await openWithin(course)
  }
  const streams = await bus.streams()
  const stream = streams.find((each) => each.stream === facts[model.fact].stream)
  if (stream === undefined || mark.position <= stream.lastSequence) return mark
  log.warn(
    { model: name, position: mark.position, lastSequence: stream.lastSequence },
    'read model is ahead of its stream and is made anew',
  )
  await model.reset(mark.epoch)
  return await model.open()
}

function isHopeless(error: unknown): boolean {
  return (
    error instanceof BrokenModelError ||
    error instanceof TypeError ||
    error instanceof SyntaxError ||
    isBrokenReply(error)
  )
}

function backOffMs(failuresInRow: number): number {
  if (failuresInRow === 0) return 0
  return Math.min(limits.backOffMsMin * 2 ** (failuresInRow - 1), limits.backOffMsMax)
}
