import type { Msg, NatsConnection } from 'nats'

/** A message as JetStream gave it to a consumer. */
export interface Given {
  readonly subject: string
  readonly data: Uint8Array
  readonly headers: Msg['headers']
  /** Where acknowledgements go. */
  readonly reply: string
  /** Position in the stream. */
  readonly sequence: number
  /** Position in what this consumer was given: 1, 2, …; a gap means that something was lost. */
  readonly consumerSequence: number
  /** 1 for the first time. */
  readonly deliveries: number
  readonly storedAt: Date
  /** Messages that the consumer has not given yet. */
  readonly pending: number
}

const nanosPerMs = 1_000_000n

/**
 * Reads the reply subject (ADR-15): `$JS.ACK.<stream>.<consumer>.<deliveries>.<stream sequence>.
 * <consumer sequence>.<nanoseconds>.<pending>`; newer servers put domain and account behind `ACK`.
 */
export function givenOf(message: Msg): Given | undefined {
  const { reply } = message
  if (!reply?.startsWith('$JS.ACK.')) return undefined
  const tokens = reply.split('.')
  const [deliveries, sequence, consumerSequence, nanoseconds, pending] = tokens.slice(
    tokens.length >= 11 ? 6 : 4,
  )
  if (pending === undefined) return undefined
  return {
    subject: message.subject,
    data: message.data,
    headers: message.headers,
    reply,
    sequence: Number(sequence),
    consumerSequence: Number(consumerSequence),
    deliveries: Number(deliveries),
    storedAt: new Date(Number(BigInt(nanoseconds ?? 0) / nanosPerMs)),
    pending: Number(pending),
  }
}

/** What is said to the server about a message; lost with the connection, then it comes again. */
export function acknowledge(nc: NatsConnection, { reply }: Given): void {
  say(nc, reply, '+ACK')
}

/** "I am still at it": the time of `ack_wait` begins anew. */
export function stillWorking(nc: NatsConnection, { reply }: Given): void {
  say(nc, reply, '+WPI')
}

export function giveBack(nc: NatsConnection, { reply }: Given, delayMs: number): void {
  // 2.9.10 takes a delay of 0 for none said, which is what it means.
  say(nc, reply, `-NAK ${JSON.stringify({ delay: delayMs * 1_000_000 })}`)
}

function say(nc: NatsConnection, reply: string, word: string): void {
  if (!nc.isClosed() && !nc.isDraining()) nc.publish(reply, word)
}
