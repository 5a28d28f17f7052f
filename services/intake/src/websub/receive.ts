import type { Bus } from '@newswire/bus'
import type { HubSubscription, Source } from '@newswire/model'
import type { Clock, Log } from '@newswire/runtime'
import { decode } from '../decode/decode.js'
import { FeedError } from '../feed/feed-error.js'
import { readFeed } from '../feed/read-feed.js'
import { piecesOf } from '../poll/piece.js'
import type { Positions } from '../poll/positions.js'
import { oversizeNote, takeIn, toldOf } from '../poll/take-in.js'
import type { Subscriptions } from './subscriptions.js'

export interface ReceiveOptions {
  readonly bus: Bus
  readonly positions: Positions
  readonly subscriptions: Subscriptions
  readonly clock: Clock
  readonly log: Log
}

export interface Pushed {
  readonly source: Source
  readonly subscription: HubSubscription
  readonly body: Uint8Array
  readonly contentType: string | undefined
}

/**
 * Stores what a hub pushed, as a poll would: by the same keys and hashes, so that a poll after it
 * brings nothing twice. A body that is no feed leaves a reason in the row; sent again it would be
 * no better. Throws where the bus can't take it: then the hub must send it again.
 */
export async function receive(pushed: Pushed, options: ReceiveOptions): Promise<number> {
  const { source, subscription, body, contentType } = pushed
  const { positions, subscriptions, clock, log } = options
  const at = clock.now().toISOString()
  const note = (reason: string | undefined) =>
    subscriptions.change(source.id, (row) => row && withPush(row, at, reason))
  try {
    const { text } = decode(body, contentType)
    const { pieces, notes } = piecesOf(await readFeed(text, subscription.base))
    const marks = await positions.marks(source.id)
    const taken = await takeIn(source, pieces, { ...options, marks, door: 'websub' })
    const { fresh, published, oversize } = taken
    if (fresh > 0) {
      const standing = await positions.remember(source.id, toldOf(pieces))
      await positions.change(source.id, (position) => ({
        ...position,
        seenCount: standing.size,
        entries: position.entries + published,
        lastItemAt: at,
      }))
    }
    const leftOut = [...notes, ...oversizeNote(oversize)].join(' ')
    await note(leftOut === '' ? undefined : leftOut)
    log.info({ source: source.id, published }, 'hub push taken')
    return published
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    await note(`The hub pushed what can't be read. ${error.message}`)
    log.warn({ source: source.id, err: error }, 'hub push not read')
    return 0
  }
}

function withPush(
  { reason: _reason, ...row }: HubSubscription,
  lastPushAt: string,
  reason: string | undefined,
): HubSubscription {
  return { ...row, lastPushAt, ...(reason === undefined ? {} : { reason }) }
}
