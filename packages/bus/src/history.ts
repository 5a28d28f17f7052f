import { type Fact, type FactKeys, type FactName, facts } from '@newswire/model'
import type { StoredMsg } from 'nats'
import type { Stored } from './bus.js'
import type { Link } from './link.js'
import { orNone, storedFact } from './stored.js'

/** Every message that stands on a subject, which may have wildcards, oldest first. */
export async function* messagesOn(
  link: Link,
  stream: string,
  subject: string,
): AsyncGenerator<StoredMsg> {
  let from = 1
  for (;;) {
    // The client's type has this form for direct reads only; every server since 2.9 takes it here.
    const query = { seq: from, next_by_subj: subject }
    const message = await link.attempt(() => orNone(link.jsm.streams.getMessage(stream, query)))
    if (message === undefined) return
    yield message
    from = message.seq + 1
  }
}

export async function* history<N extends FactName>(
  link: Link,
  name: N,
  keys: FactKeys<N>,
): AsyncGenerator<Stored<Fact<N>>> {
  const { stream, subject } = facts[name]
  for await (const message of messagesOn(link, stream, subject(keys as never))) {
    yield storedFact(name, message)
  }
}
