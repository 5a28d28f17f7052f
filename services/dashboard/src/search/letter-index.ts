import type { Bus, Stored, Subscription } from '@newswire/bus'
import { type Audit as AuditEntry, type DeadLetter, fold } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import { endOf, follow } from '../figures/follow.js'

/**
 * Newest letters that are searched, and characters of each; those looked at in one search, and at a
 * time: many may have gone since.
 */
export const letterLimits = {
  ...{ lettersMax: 10_000, charsMax: 600 },
  ...{ looksMax: 1_000, looksAtOnceMax: 20 },
} as const

export interface LetterIndexOptions {
  readonly bus: Pick<Bus, 'replay' | 'streams' | 'deadLetters'>
  readonly log: Log
  /** One came, or somebody replayed or discarded one, by whichever process. */
  readonly onChange: () => void
}

/** Words of the newest dead letters. What went otherwise than by hand is found out when shown. */
export class LetterIndex {
  readonly #texts = new Map<number, string>()
  readonly #options: LetterIndexOptions
  #running: readonly Subscription[] = []

  constructor(options: LetterIndexOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    const { bus, log } = this.#options
    const after = Math.max(0, (await endOf(bus, 'dead')) - letterLimits.lettersMax)
    const audited = await endOf(bus, 'audit')
    this.#running = [
      await follow({
        ...{ bus, log, fact: 'dead', after },
        onFact: ({ sequence, value }) => this.#add(sequence, value),
      }),
      await follow({
        ...{ bus, log, fact: 'audit', after: audited },
        onFact: ({ value }) => this.#noteChange(value),
      }),
    ]
  }

  async stop(): Promise<void> {
    for (const each of this.#running) await each.stop()
  }

  /** Newest first: letters that have all words. */
  async find(query: string, limit: number): Promise<Stored<DeadLetter>[]> {
    const words = fold(query).split(' ').filter(Boolean)
    if (words.length === 0) return []
    const hits: number[] = []
    for (const [sequence, text] of this.#texts) {
      if (words.every((word) => text.includes(word))) hits.push(sequence)
    }
    const { looksMax, looksAtOnceMax } = letterLimits
    const wanted = hits.reverse().slice(0, looksMax)
    const found: Stored<DeadLetter>[] = []
    for (let from = 0; from < wanted.length && found.length < limit; from += looksAtOnceMax) {
      found.push(...(await this.#standing(wanted.slice(from, from + looksAtOnceMax))))
    }
    return found.slice(0, limit)
  }

  async #standing(sequences: readonly number[]): Promise<Stored<DeadLetter>[]> {
    const { deadLetters } = this.#options.bus
    const letters = await Promise.all(sequences.map((sequence) => deadLetters.get(sequence)))
    for (const [at, sequence] of sequences.entries()) {
      if (letters[at] === undefined) this.#texts.delete(sequence)
    }
    return letters.filter((letter) => letter !== undefined)
  }

  #noteChange({ action, subject }: AuditEntry): void {
    if (!action.startsWith('dead-letter.')) return
    this.#texts.delete(Number(subject))
    this.#options.onChange()
  }

  #add(sequence: number, letter: DeadLetter): void {
    this.#options.onChange()
    this.#texts.set(sequence, textOf(letter))
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= letterLimits.lettersMax) break
      this.#texts.delete(oldest)
    }
  }
}

function textOf({ stage, stream, sequence, subject, error, input }: DeadLetter): string {
  const fields =
    typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {}
  const said = ['id', 'headline', 'source', 'body'].map((name) => fields[name])
  const texts = said.filter((value) => typeof value === 'string')
  const parts = [stage, stream, String(sequence), subject, error.message, ...texts]
  return fold(parts.join(' ').slice(0, letterLimits.charsMax))
}
