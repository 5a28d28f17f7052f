import { type Fact, type FactName, facts } from '@newswire/model'
import type { Stored } from './bus.js'
import { factsReadMax, letterReadsMax } from './limits.js'
import type { Link } from './link.js'
import { messageAt, orNone, storedFact } from './stored.js'

/** Facts of a stream, newest first; `before` is an exclusive sequence. Gaps are passed by. */
export async function newestFacts<N extends FactName>(
  link: Link,
  name: N,
  { limit, before = Number.POSITIVE_INFINITY }: { limit: number; before?: number },
): Promise<Stored<Fact<N>>[]> {
  const { stream } = facts[name]
  const { state } = await link.ask(() => link.jsm.streams.info(stream))
  const found: Stored<Fact<N>>[] = []
  let top = Math.min(state.last_seq, before - 1)
  for (let read = 0; read < factsReadMax && found.length < limit; read += letterReadsMax) {
    const count = Math.min(letterReadsMax, top - state.first_seq + 1)
    if (count <= 0) break
    const sequences = Array.from({ length: count }, (_, ago) => top - ago)
    const messages = await Promise.all(
      sequences.map((sequence) => link.ask(() => messageAt(link, stream, sequence))),
    )
    const standing = messages.filter((message) => message !== undefined)
    found.push(...standing.map((message) => storedFact(name, message)))
    top -= count
  }
  return found.slice(0, limit)
}

/** When the first fact behind a sequence was stored; undefined where none stands there. */
export async function storedAfter(
  link: Link,
  name: FactName,
  sequence: number,
): Promise<Date | undefined> {
  const query = { seq: sequence + 1, next_by_subj: '>' }
  const message = await link.ask(() =>
    orNone(link.jsm.streams.getMessage(facts[name].stream, query)),
  )
  return message?.time
}
