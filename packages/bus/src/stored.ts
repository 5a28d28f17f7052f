import { type Fact, type FactName, facts } from '@newswire/model'
import type { StoredMsg } from 'nats'
import type { z } from 'zod'
import { apiErrorCode, apiErrors } from './api-error.js'
import type { Stored } from './bus.js'
import type { Link } from './link.js'

/** A stored message is not what it should be. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError'
}

/** A message's JSON, whatever it is. UnreadableError where it is none. */
export function jsonOf(data: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(data))
  } catch (cause) {
    throw new UnreadableError('The message is not JSON.', { cause })
  }
}

export function textOf(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8')
}

/** A fact in its schema's shape. UnreadableError says what is wrong with it. */
export function factOf<N extends FactName>(name: N, json: unknown): Fact<N> {
  return shaped(facts[name].schema, json, name) as Fact<N>
}

export function shaped<S extends z.ZodType>(schema: S, json: unknown, what: string): z.infer<S> {
  const result = schema.safeParse(json)
  if (result.success) return result.data
  const [first] = result.error.issues
  throw new UnreadableError(
    `The message is no ${what}: ${first?.path.join('.') || 'all of it'}: ${first?.message}`,
    { cause: result.error },
  )
}

/** The newest message of a subject, from the stream's leader: never a stale one. */
export function newestOn(
  link: Link,
  stream: string,
  subject: string,
): Promise<StoredMsg | undefined> {
  return orNone(link.jsm.streams.getMessage(stream, { last_by_subj: subject }))
}

export function messageAt(
  link: Link,
  stream: string,
  sequence: number,
): Promise<StoredMsg | undefined> {
  return orNone(link.jsm.streams.getMessage(stream, { seq: sequence }))
}

/** The message; undefined where the server has none. */
export async function orNone(message: Promise<StoredMsg>): Promise<StoredMsg | undefined> {
  try {
    return await message
  } catch (error) {
    if (apiErrorCode(error) === apiErrors.noMessage) return undefined
    throw error
  }
}

export function storedFact<N extends FactName>(name: N, message: StoredMsg): Stored<Fact<N>> {
  return {
    value: factOf(name, jsonOf(message.data)),
    sequence: message.seq,
    subject: message.subject,
    storedAt: message.time,
    ...headersOf(message),
  }
}

/** Without those that JetStream itself reads. */
function headersOf({ header }: StoredMsg): Pick<Stored<unknown>, 'headers'> {
  const names = header.keys().filter((name) => !name.toLowerCase().startsWith('nats-'))
  if (names.length === 0) return {}
  const pairs = names.map((name) => [name.toLowerCase(), header.get(name)] as const)
  return { headers: Object.fromEntries(pairs) }
}
