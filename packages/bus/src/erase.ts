import { type FactKeys, type FactName, facts, type StreamName, toToken } from '@newswire/model'
import { apiErrorCode, apiErrors } from './api-error.js'
import { messagesOn } from './history.js'
import { letterIn } from './letter.js'
import type { Link } from './link.js'
import { messageAt, newestOn } from './stored.js'
import { redoStream } from './streams.js'

/**
 * Streams whose writers compare with a subject's newest fact. nats-server 2.9.10 forgets the older
 * ones with it (measured): a writer would be told that nothing ever stood there.
 */
const compared: ReadonlySet<StreamName> = new Set([
  'ITEMS',
  'TAGGED',
  'DELIVERIES',
  'RECEIVERS',
  'OUT',
])

const goneCodes: ReadonlySet<number | undefined> = new Set([
  apiErrors.messageNotDeleted,
  apiErrors.noMessage,
  apiErrors.sequenceNotFound,
])

/**
 * Overwrites a message on the server's disk and takes it out of its stream. False where it is gone.
 */
export async function eraseMessage(link: Link, stream: string, sequence: number): Promise<boolean> {
  try {
    return await link.attempt(() => link.jsm.streams.deleteMessage(stream, sequence, true))
  } catch (error) {
    if (goneCodes.has(apiErrorCode(error))) return false
    throw error
  }
}

export async function eraseFact(link: Link, name: FactName, sequence: number): Promise<boolean> {
  const { stream } = facts[name]
  if (compared.has(stream)) {
    const message = await link.attempt(() => messageAt(link, stream, sequence))
    if (message === undefined) return false
    const newest = await link.attempt(() => newestOn(link, stream, message.subject))
    if (newest === undefined || newest.seq <= sequence) {
      throw new Error(`${stream} ${sequence} is the newest of its subject: append the next first.`)
    }
  }
  return eraseMessage(link, stream, sequence)
}

/** The letters first: afterwards nobody could tell which of them hold what is gone. */
export async function eraseOlder<N extends FactName>(
  link: Link,
  name: N,
  keys: FactKeys<N>,
): Promise<void> {
  const { stream, subject } = facts[name]
  const standing: number[] = []
  for await (const { seq } of messagesOn(link, stream, subject(keys as never))) standing.push(seq)
  const older = standing.slice(0, -1)
  if (older.length === 0) return
  await eraseLetters(link, { stream, sequences: new Set(older) })
  for (const sequence of older) await eraseMessage(link, stream, sequence)
}

/** All that was answered of an item: nobody compares with it, so the newest goes too. */
export async function eraseAnswers(link: Link, keys: FactKeys<'answer'>): Promise<void> {
  const { stream, subject } = facts.answer
  for await (const { seq } of messagesOn(link, stream, subject(keys))) {
    await eraseMessage(link, stream, seq)
  }
}

/** All that a subscription was given, oldest first: nothing older is hidden by what is gone. */
export async function eraseOut(
  link: Link,
  { subscription, item }: { readonly subscription: string; readonly item?: string },
): Promise<void> {
  const subject = `out.${toToken(subscription)}.${item === undefined ? '*' : toToken(item)}`
  const { stream } = facts.out
  for await (const { seq } of messagesOn(link, stream, subject)) {
    await eraseMessage(link, stream, seq)
  }
}

/** Dead letters of these inputs, and those on their way back to their stage. */
export async function eraseLetters(
  link: Link,
  { stream, sequences }: { stream: StreamName; sequences: ReadonlySet<number> },
): Promise<number> {
  let erased = 0
  const subjects = [...sequences].map(
    (sequence) => [facts.dead.stream, `dead.*.${sequence}`] as const,
  )
  for (const [from, subject] of [...subjects, [redoStream, `redo.${stream}.*`] as const]) {
    for await (const message of messagesOn(link, from, subject)) {
      const letter = letterIn(message.data)
      if (letter.stream !== stream || !sequences.has(letter.sequence)) continue
      if (await eraseMessage(link, from, message.seq)) erased += 1
    }
  }
  return erased
}
