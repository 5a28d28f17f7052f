import type { Log } from '@newswire/runtime'
import { headers as createHeaders } from 'nats'
import { type AppendFault, appendFaultOf } from './api-error.js'
import type { Published } from './bus.js'
import { BusDownError, FactTooLargeError, StreamFullError, WrongSequenceError } from './errors.js'
import type { Fill } from './fill.js'
import { headerBytesMax, messageBytesMax, publishDelaysMs, requestTimeoutMs } from './limits.js'
import type { Link } from './link.js'
import { newestOn } from './stored.js'

/** One message for a stream. */
export interface Append {
  readonly stream: string
  readonly subject: string
  readonly data: Uint8Array
  /** Nats-Msg-Id. */
  readonly id: string
  /** Nats-Expected-Last-Subject-Sequence. */
  readonly expect?: number | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** Takes less room than what it replaces: goes into a full stream too. */
  readonly frees?: boolean
}

export type Appender = (message: Append) => Promise<Published>

export interface AppenderOptions {
  readonly link: Link
  readonly fill: Fill
  readonly log: Log
}

/** The largest payload that the server and every stream take. */
export function payloadBytesMax({ nc }: Link): number {
  return Math.min(messageBytesMax, nc.info?.max_payload ?? messageBytesMax) - headerBytesMax
}

/**
 * Stores a message and awaits the acknowledgement. One round trip, unless something fails.
 *
 * nats-server 2.9.10 looks at the id before it compares the sequence (measured): inside the window
 * a repeat is answered as a duplicate, whatever it expects. Outside the window a repeat whose first
 * acknowledgement was lost meets its own message as "wrong sequence": hence the look at its id.
 */
export function createAppender({ link, fill, log }: AppenderOptions): Appender {
  async function outcome(message: Append): Promise<Published | Passing> {
    try {
      return await once(link, message)
    } catch (error) {
      const fault = appendFaultOf(error)
      if (fault === 'passing') return new Passing(error)
      if (fault === 'wrong sequence') return ownOrThrow(message, error)
      if (fault === 'full') fill.refused(message.stream)
      throw refusal(fault, message, error)
    }
  }

  async function ownOrThrow(message: Append, cause: unknown): Promise<Published | Passing> {
    const { stream, subject, id } = message
    try {
      const newest = await link.attempt(() => newestOn(link, stream, subject))
      if (newest?.header.get('Nats-Msg-Id') === id) return { sequence: newest.seq, duplicate: true }
    } catch (error) {
      return new Passing(error)
    }
    throw refusal('wrong sequence', message, cause)
  }

  function refuseEarly(message: Append): void {
    if (message.data.byteLength > payloadBytesMax(link)) throw refusal('too large', message)
    if (!message.frees && fill.isBrimming(message.stream)) throw refusal('full', message)
  }

  return async function append(message) {
    const { stream } = message
    refuseEarly(message)
    for (let tries = 0; ; tries += 1) {
      const result = await outcome(message)
      if (!(result instanceof Passing)) return result
      const wait = publishDelaysMs[tries]
      if (wait === undefined) {
        const text = `Stream ${stream} did not answer in ${tries + 1} tries.`
        throw new BusDownError(text, { cause: result.error })
      }
      log.warn({ stream, tries: tries + 1, err: result.error }, 'publish not answered; again')
      await link.pause(wait)
    }
  }
}

/** A failure that another try may not meet. */
class Passing {
  readonly error: unknown
  constructor(error: unknown) {
    this.error = error
  }
}

async function once(
  link: Link,
  { subject, data, id, expect, headers }: Append,
): Promise<Published> {
  const head = createHeaders()
  for (const [name, value] of Object.entries(headers ?? {})) head.set(name, value)
  const ack = await link.attempt(() =>
    link.js.publish(subject, data, {
      msgID: id,
      headers: head,
      timeout: requestTimeoutMs,
      ...(expect === undefined ? {} : { expect: { lastSubjectSequence: expect } }),
    }),
  )
  return { sequence: ack.seq, duplicate: ack.duplicate }
}

function refusal(
  fault: Exclude<AppendFault, 'passing'>,
  { stream, data }: Append,
  cause?: unknown,
): Error {
  switch (fault) {
    case 'wrong sequence':
      return new WrongSequenceError(`Another message is the newest on this subject of ${stream}.`, {
        cause,
      })
    case 'full':
      return new StreamFullError(
        `Stream ${stream} is full. Raise its bytesMax, or let old messages go.`,
        { cause },
      )
    case 'too large':
      return tooLarge(stream, data.byteLength, cause)
    case 'closed':
      return new BusDownError('The bus is closed.', { cause })
  }
}

export function tooLarge(stream: string, bytes: number, cause?: unknown): FactTooLargeError {
  return new FactTooLargeError(`${bytes} bytes are more than stream ${stream} takes.`, { cause })
}
