import { type DeadLetter, type Fact, facts } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import type { StoredMsg, StreamState } from 'nats'
import type { Appender } from './append.js'
import type { DeadLetters, Stored } from './bus.js'
import { eraseLetters, eraseMessage } from './erase.js'
import { letterIn, redoSubject, storedAtHeader } from './letter.js'
import { letterReadsMax, letterScanMax } from './limits.js'
import type { Link } from './link.js'
import { stageLetters } from './stage-letters.js'
import { messageAt, newestOn } from './stored.js'
import { redoStream } from './streams.js'

type Letter = Stored<Fact<'dead'>>
type Page = Parameters<DeadLetters['list']>[0]

const { stream: deadStream, subject: deadSubject } = facts.dead

interface DeadLettersOptions {
  readonly link: Link
  readonly append: Appender
  readonly log: Log
}

export function createDeadLetters({ link, append, log }: DeadLettersOptions): DeadLetters {
  async function get(sequence: number): Promise<Letter | undefined> {
    const message = await link.attempt(() => messageAt(link, deadStream, sequence))
    return message && storedLetter(message)
  }

  // Erased, not only unlinked: a dead letter may hold what must not stay.
  const discard = (sequence: number) => eraseMessage(link, deadStream, sequence)

  return {
    list: (options) => listLetters({ link, log }, options),
    get,
    async of(stage, inputSequence) {
      const subject = deadSubject({ stage, sequence: inputSequence })
      const message = await link.attempt(() => newestOn(link, deadStream, subject))
      return message && storedLetter(message)
    },
    async replay(sequence) {
      const letter = await get(sequence)
      if (letter === undefined) throw new Error(`There is no dead letter ${sequence}.`)
      await append({
        stream: redoStream,
        subject: redoSubject(letter.value.stream, letter.value.stage),
        data: Buffer.from(JSON.stringify(letter.value)),
        // A dead letter's sequence is never given twice: a second click hands nothing over again.
        id: `redo:${sequence}`,
        headers: { [storedAtHeader]: await storedAtOf(link, letter.value) },
      })
      await discard(sequence)
    },
    discard,
    erase: (inputs) => eraseLetters(link, inputs),
    async count() {
      const { state } = await link.attempt(() => link.jsm.streams.info(deadStream))
      return state.messages
    },
  }
}

/** When the input was stored, or when it died where it is no longer in its stream. */
async function storedAtOf(link: Link, { stream, sequence, at }: DeadLetter): Promise<string> {
  const input = await link.attempt(() => messageAt(link, stream, sequence))
  return input ? input.time.toISOString() : at
}

function storedLetter(message: StoredMsg): Letter {
  return {
    value: letterIn(message.data),
    sequence: message.seq,
    subject: message.subject,
    storedAt: message.time,
  }
}

/** Reads DEAD backwards until the page is full or `letterScanMax` were read. */
async function listLetters(
  of: { link: Link; log: Log },
  { limit, before = Number.POSITIVE_INFINITY, stage }: Page,
): Promise<Letter[]> {
  const { link } = of
  const { state } = await link.attempt(() =>
    link.jsm.streams.info(deadStream, { deleted_details: true }),
  )
  const top = Math.min(state.last_seq, before - 1)
  const standing =
    stage === undefined
      ? backwards(top, state)
      : stageLetters(of, { stage, first: state.first_seq, top })
  const letters: Letter[] = []
  for (let read = 0; read < letterScanMax && letters.length < limit; read += letterReadsMax) {
    const sequences = await take(standing, letterReadsMax)
    if (sequences.length === 0) break
    const messages = await Promise.all(
      sequences.map((sequence) => link.attempt(() => messageAt(link, deadStream, sequence))),
    )
    letters.push(...messages.filter((message) => message !== undefined).map(storedLetter))
  }
  return letters.slice(0, limit)
}

function* backwards(from: number, { first_seq: first, deleted }: StreamState): Generator<number> {
  const gone = new Set(deleted)
  for (let sequence = from; sequence >= first && sequence > 0; sequence -= 1) {
    if (!gone.has(sequence)) yield sequence
  }
}

async function take(
  sequences: Generator<number> | AsyncGenerator<number>,
  count: number,
): Promise<number[]> {
  const taken: number[] = []
  while (taken.length < count) {
    const { value, done } = await sequences.next()
    if (done) break
    taken.push(value)
  }
  return taken
}
