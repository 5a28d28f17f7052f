import { facts } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import { BusDownError } from './errors.js'
import {
  arrivalsAheadMax,
  letterWindowGrowth,
  letterWindowMin,
  requestTimeoutMs,
} from './limits.js'
import type { Link } from './link.js'
import { Reader } from './reader.js'

const { stream, subject } = facts.dead

interface Span {
  readonly stage: string
  readonly first: number
  readonly top: number
}

/**
 * Where the letters of one stage stand, newest first. A stream is read forwards only: hence windows
 * of it, each behind the one before and longer, without the letters of other stages or any body.
 */
export async function* stageLetters(
  of: { link: Link; log: Log },
  { stage, first, top }: Span,
): AsyncGenerator<number> {
  for (let [from, to, size] = [top, top, letterWindowMin]; to >= first; to = from - 1) {
    from = Math.max(first, to - size + 1)
    yield* (await sequencesWithin(of, { stage, first: from, top: to })).reverse()
    size *= letterWindowGrowth
  }
}

/** Errors: BusDownError where the server does not tell them all within `requestTimeoutMs`. */
function sequencesWithin(
  { link, log }: { link: Link; log: Log },
  { stage, first, top }: Span,
): Promise<number[]> {
  const found: number[] = []
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      reader.stop()
      reject(new BusDownError(`Stream ${stream} did not tell its letters in time.`))
    }, requestTimeoutMs)
    const done = () => {
      clearTimeout(late)
      reader.stop()
      resolve(found)
    }
    const reader = new Reader({
      ...{ link, log, stream, onIdle: done },
      start: () => ({ after: found.at(-1) ?? first - 1, on: onStage(stage), isBare: true }),
      room: () => arrivalsAheadMax,
      onBegin: (waiting) => {
        if (waiting === 0) done()
      },
      onGiven: ({ sequence, pending }) => {
        if (sequence <= top) found.push(sequence)
        if (sequence >= top || pending === 0) done()
      },
    })
    reader.begin().catch((error: unknown) => {
      clearTimeout(late)
      reader.stop()
      reject(error)
    })
  })
}

/** The last token is the input's own sequence. */
function onStage(stage: string): string {
  return subject({ stage, sequence: 0 }).replace(/0$/, '*')
}
