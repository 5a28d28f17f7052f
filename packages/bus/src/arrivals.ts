import { facts } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import type { ArrivalsOptions, Subscription } from './bus.js'
import { arrivalsAheadMax } from './limits.js'
import type { Link } from './link.js'
import { Reader } from './reader.js'

/** Where and when facts were stored, without their bodies: for counting. */
export async function followArrivals(
  { link, log }: { link: Link; log: Log },
  { fact, after, onArrival, onCaughtUp }: ArrivalsOptions,
): Promise<Subscription> {
  let last = after
  let isCurrent = false
  const current = () => {
    if (isCurrent) return
    isCurrent = true
    onCaughtUp?.()
  }
  const reader = new Reader({
    link,
    log,
    stream: facts[fact].stream,
    start: () => ({ after: last, isBare: true }),
    room: () => arrivalsAheadMax,
    onBegin: (waiting) => {
      if (waiting === 0) current()
    },
    onGiven: ({ subject, sequence, storedAt, pending }) => {
      last = sequence
      onArrival({ subject, sequence, storedAt })
      if (pending === 0) current()
    },
    onIdle: current,
  })
  await reader.begin()
  return { stop: async () => reader.stop() }
}
