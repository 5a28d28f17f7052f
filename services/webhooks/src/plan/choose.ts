import {
  compareRevisions,
  deliveryIdOf,
  laneWaitMsMax,
  type PlannedDelivery,
  type Receivers,
  revisionOf,
  type TaggedItem,
} from '@newswire/model'
import { eventTypeOf } from '../deliver/events.js'
import type { WebhookRow } from '../registry/webhook-row.js'

/** As much of an endpoint as decides what it gets. */
export interface Listener {
  readonly row: Pick<
    WebhookRow,
    'id' | 'status' | 'since' | 'seesPrivate' | 'events' | 'activeSince' | 'retiredAt' | 'updatedAt'
  >
}

/** What stands when an item version is planned. */
export interface Standings {
  /** The tagging that is announced. */
  readonly told: TaggedItem
  /** What is sent: that, or a later tagging of the same version. */
  readonly item: TaggedItem
  /** Where it stands in stream TAGGED. */
  readonly sequence: number
  /** Endpoints that the tagging brings the item to. */
  readonly matched: Iterable<string>
  /** Who was sent an earlier version, of all shards. */
  readonly receivers: Receivers | undefined
  /** Undefined for endpoints of other shards, and for those that are deleted. */
  readonly endpointOf: (endpoint: string) => Listener | undefined
  /** Whether the endpoint has acknowledged a version; undefined where its lane has ended. */
  readonly knows: (endpoint: string) => boolean | undefined
  /** The last sequence that the endpoint was given. */
  readonly lastOf: (endpoint: string) => number | undefined
  readonly now: Date
}

/**
 * Who gets an item version: those whose filter takes it, and everyone who was ever sent the item,
 * whatever their filter says today. A withdrawal goes to the latter only. Nobody gets a revision
 * that is not newer than what was planned for him, so choosing twice changes nothing; and nobody is
 * told again of a version that he has, where only its tags or its story are others, unless whoever
 * had it tagged again asks for that; nor anyone, where he asks for silence.
 */
export function choose(standings: Standings): PlannedDelivery[] {
  const { told, item, matched, receivers, endpointOf } = standings
  if (told.announce === 'nobody') return []
  const isWithdrawal = item.status !== 'usable'
  const before = Object.keys(receivers?.endpoints ?? {})
  const candidates = new Set([...(isWithdrawal ? [] : matched), ...before])
  return [...candidates].flatMap((id) => {
    const endpoint = endpointOf(id)
    const sent = receivers?.endpoints[id]
    if (!endpoint || (sent && hasVersion(sent.revision, told))) return []
    return deliveryFor(standings, endpoint, sent) ?? []
  })
}

/** What an endpoint was planned last of the item; undefined where that is nothing. */
type Sent = Receivers['endpoints'][string] | undefined

function deliveryFor(
  standings: Standings,
  endpoint: Listener,
  sent: Sent,
): PlannedDelivery | undefined {
  const { item, lastOf } = standings
  const { id, status } = endpoint.row
  // What was planned while it was disabled was never sent.
  const isNew = !sent || sent.unsent === true
  const isFor = sent ? isNextFor(standings, endpoint, isNew) : isFirstFor(standings, endpoint)
  if (!isFor) return undefined
  return {
    id: deliveryIdOf(id, item.id, revisionOf(item)),
    endpoint: id,
    sequence: (lastOf(id) ?? 0) + 1,
    ...(sent ? { previous: sent.sequence } : {}),
    ...(sent && isNew ? { knows: false } : {}),
    ...(isNew && status === 'disabled' ? { unsent: true } : {}),
  }
}

function hasVersion(revision: string, { version, tagging, announce }: TaggedItem): boolean {
  const from = announce === 'everyone' ? tagging : 0
  return compareRevisions(revision, revisionOf({ version, tagging: from })) >= 0
}

function isFirstFor({ item, sequence, now }: Standings, { row }: Listener): boolean {
  return (
    // What it misses is in the ledger as failed, and can be replayed.
    (row.status !== 'disabled' || isMissedFor(row, now)) &&
    // Tagged again or not: what was accepted before the registration is not for it.
    (item.firstSequence ?? sequence) > row.since &&
    (item.rights !== 'private' || row.seesPrivate) &&
    row.events.includes(eventTypeOf(item, false))
  )
}

/**
 * What takes an item back is never filtered out for who was sent the item. A text that has become
 * private is not for who may not see such ones, whatever he has.
 */
function isNextFor({ item, knows }: Standings, { row }: Listener, isNew: boolean): boolean {
  const known = knows(row.id)
  const type = eventTypeOf(item, known ?? !isNew)
  if (type === 'item.withdrawn') return true
  // It takes the place of an older text that still waits, and is dropped in its own turn.
  if (item.rights === 'private' && !row.seesPrivate) return known !== undefined
  return row.events.includes(type)
}

/** A disabled webhook that took calls once is not forgotten at once: it may come back. */
function isMissedFor({ activeSince, retiredAt, updatedAt }: Listener['row'], now: Date): boolean {
  if (activeSince === undefined || retiredAt !== undefined) return false
  return now.getTime() - Date.parse(updatedAt) < laneWaitMsMax
}
