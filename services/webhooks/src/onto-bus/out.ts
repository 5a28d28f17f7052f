import { type Bus, type Stored, WrongSequenceError } from '@newswire/bus'
import { outEventSchema } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { AttemptEnd } from '../deliver/attempt-end.js'

/** Only a process that lost its lease in the middle of an attempt can come between. */
const triesMax = 3

export interface OutMessage {
  readonly subscription: string
  readonly item: string
  /** The `webhook-id`. */
  readonly id: string
  /** Gapless per subscription; of two messages of one item the higher one is the newer. */
  readonly sequence: number
  /** Whether an earlier message of the item was planned. */
  readonly isNext: boolean
  /** JSON. */
  readonly body: string
  /** Besides those of Standard Webhooks. */
  readonly headers: Readonly<Record<string, string>>
}

/** Stores a message; never throws. */
export type Out = (message: OutMessage) => Promise<AttemptEnd>

/**
 * One attempt at a subscription on the bus: stored in stream OUT is delivered. The newest version
 * takes the place of what stood on the item's subject, and that is overwritten on the disk. Nothing
 * older is stored behind it, whoever comes late: the server compares.
 */
export function createOut({
  bus,
  clock,
  isStanding,
}: {
  readonly bus: OutBus & Pick<Bus, 'eraseOut'>
  readonly clock: Clock
  /** Whether the subscription is not deleted. */
  readonly isStanding: (subscription: string) => boolean
}): Out {
  return async (message) => {
    const startedAt = clock.now()
    const startedMs = performance.now()
    const detail = () => ({
      startedAt: startedAt.toISOString(),
      latencyMs: Math.round(performance.now() - startedMs),
    })
    try {
      const sequence = await store(bus, message, startedAt)
      // It may have been deleted, and its items taken away, while this one was on its way.
      if (!isStanding(message.subscription)) await bus.eraseOut(message)
      if (sequence === undefined) {
        const error = 'a newer version stands on the bus'
        return { answer: { kind: 'dropped' }, detail: { ...detail(), error } }
      }
      const answer = `Stored as ${sequence} in stream OUT.`
      return { answer: { kind: 'answered', status: 200 }, detail: { ...detail(), answer } }
    } catch (error) {
      const say = error instanceof Error ? error.message : String(error)
      return { answer: { kind: 'failed' }, detail: { ...detail(), error: say }, isOurs: true }
    }
  }
}

type OutBus = Pick<Bus, 'publish' | 'latest' | 'eraseOlder'>

/** Its sequence in OUT; undefined where a newer message of the item stands. */
async function store(bus: OutBus, message: OutMessage, now: Date): Promise<number | undefined> {
  const headers = headersOf(message, now)
  const event = outEventSchema.parse(JSON.parse(message.body))
  for (let tries = 0; tries < triesMax; tries += 1) {
    const mayStand = message.isNext || tries > 0
    const standing = mayStand ? await bus.latest('out', message) : undefined
    try {
      const stored = await beside(standing, message, (options) =>
        bus.publish('out', event, message, { ...options, headers }),
      )
      if (stored && mayStand) await bus.eraseOlder('out', message)
      return stored?.sequence
    } catch (error) {
      if (!(error instanceof WrongSequenceError)) throw error
    }
  }
  throw new Error('Others kept writing the same item to the bus.')
}

/** Stores what is newer than what stands; what stands already is found. */
async function beside(
  standing: Stored<unknown> | undefined,
  { id, sequence }: OutMessage,
  publish: (options: { id: string; expect: number }) => Promise<{ readonly sequence: number }>,
): Promise<{ readonly sequence: number } | undefined> {
  if (!standing) return publish({ id, expect: 0 })
  const place = Number(standing.headers?.['newswire-sequence'] ?? 0)
  if (place >= sequence) return place === sequence ? standing : undefined
  // The same version once more is a message of its own: the server must not take it for a repeat.
  const isAgain = standing.headers?.['webhook-id'] === id
  return publish({ id: isAgain ? `${id}:${sequence}` : id, expect: standing.sequence })
}

function headersOf({ id, headers }: OutMessage, now: Date): Record<string, string> {
  return {
    ...headers,
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
  }
}
