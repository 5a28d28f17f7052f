import { type DeadLetter, deadLetterSchema, type FactName, facts, toToken } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import type { Appender } from './append.js'
import { FactTooLargeError } from './errors.js'
import { letterEnvelopeBytesMax, letterMessageCharsMax, letterStackCharsMax } from './limits.js'
import { shaped, textOf } from './stored.js'

/** The input that is given up on. */
export interface Hopeless {
  readonly stage: string
  readonly fact: FactName
  readonly sequence: number
  readonly subject: string
  /** As it stands in the stream; text where it is no JSON. */
  readonly input: unknown
  readonly deliveries: number
  /** Makes a second burial of the same try the same letter. */
  readonly id: string
}

/** Stores dead letters: nothing is acknowledged as hopeless before that has succeeded. */
export function createUndertaker({ append, log }: { append: Appender; log: Log }) {
  async function store(letter: DeadLetter, id: string): Promise<void> {
    await append({
      stream: facts.dead.stream,
      subject: facts.dead.subject(letter),
      data: Buffer.from(JSON.stringify(letter)),
      id,
    })
  }

  return async function bury(hopeless: Hopeless, error: unknown, now: Date): Promise<void> {
    const letter = letterOf(hopeless, error, now)
    try {
      await store(letter, hopeless.id)
    } catch (cause) {
      if (!(cause instanceof FactTooLargeError)) throw cause
      // Only what came past `publish` can be so large. The whole still stands in its own stream.
      const { stage, sequence } = letter
      log.error({ stage, sequence, err: cause }, 'dead letter cut: its input is too large')
      const head = JSON.stringify(letter.input).slice(0, letterEnvelopeBytesMax)
      await store({ ...letter, input: { cut: true, head } }, hopeless.id)
    }
  }
}

export type Undertaker = ReturnType<typeof createUndertaker>

export function letterOf(
  { stage, fact, sequence, subject, input, deliveries }: Hopeless,
  error: unknown,
  now: Date,
): DeadLetter {
  return {
    stage,
    fact,
    stream: facts[fact].stream,
    sequence,
    subject,
    input,
    error: describe(error),
    deliveries,
    at: now.toISOString(),
  }
}

function describe(error: unknown): DeadLetter['error'] {
  if (!(error instanceof Error)) {
    return { name: 'Error', message: String(error).slice(0, letterMessageCharsMax) }
  }
  const { name, message, stack } = error
  return {
    name,
    message: message.slice(0, letterMessageCharsMax),
    ...(stack === undefined ? {} : { stack: stack.slice(0, letterStackCharsMax) }),
  }
}

/** The message's JSON, or its text where it is none: a dead letter takes anything. */
export function anythingOf(data: Uint8Array): unknown {
  const text = textOf(data)
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export function letterIn(data: Uint8Array): DeadLetter {
  return shaped(deadLetterSchema, anythingOf(data), 'dead letter')
}

export function redoSubject(stream: string, stage: string): string {
  return `redo.${stream}.${toToken(stage)}`
}

/** When the input of a letter on its way back was first stored. */
export const storedAtHeader = 'Newswire-Stored-At'
