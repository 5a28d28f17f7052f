import type { StreamName } from '@newswire/model'
import type { Link } from './link.js'
import { orNone } from './stored.js'

/**
 * The sequence of the last message that a stream took before an instant, by the server's clock; 0
 * where it holds none. Halves the stream until it is found: some twenty reads in a million.
 */
export async function positionAt(link: Link, stream: StreamName, instant: Date): Promise<number> {
  const { state } = await link.attempt(() => link.jsm.streams.info(stream))
  let before = Math.max(state.first_seq - 1, 0)
  let from = state.last_seq + 1
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2)
    // What was erased has left gaps: the next one that stands speaks for them.
    const query = { seq: middle, next_by_subj: '>' }
    const message = await link.attempt(() => orNone(link.jsm.streams.getMessage(stream, query)))
    if (message === undefined || message.time >= instant) from = middle
    else before = Math.min(message.seq, from - 1)
  }
  return before
}
