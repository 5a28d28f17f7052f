import {
  compareRevisions,
  deliveryIdOf,
  type PlannedDelivery,
  type Receivers,
  revisionOf,
  type TaggedItem,
} from '@newswire/model'
import { eventTypeOf } from '../deliver/events.js'
import type { Endpoint } from '../registry/directory.js'

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
  readonly endpointOf: (endpoint: string) => Endpoint | undefined
  /** Whether the endpoint has acknowledged a version; undefined where its lane has ended. */
  readonly knows: (endpoint: string) => boolean | undefined
  /** The last sequence that the endpoint was given. */
  readonly lastOf: (endpoint: string) => number | undefined
}

/**
 * Who gets an item version: those whose filter takes it, and everyone who was ever sent the item,
 * whatever their filter says today. A withdrawal goes to the latter only. Nobody gets a revision
 * that is not newer than what was planned for him, so choosing twice changes nothing; and nobody is
 * told again of a version that he has, where only its tags or its story are others, unless whoever
 * had it tagged again asks for that; nor anyone, where he asks for silence.
 */
export function choose(standings: Standings): PlannedDelivery[] {
  const { told, item, matched, receivers, endpointOf, lastOf } = standings
  if (told.announce === 'nobody') return []
  const revision = revisionOf(item)
  const isWithdrawal = item.status === 'canceled'
  const before = Object.keys(receivers?.endpoints ?? {})
  const candidates = new Set([...(isWithdrawal ? [] : matched), ...before])
  return [...candidates].flatMap((id) => {
    const endpoint = endpointOf(id)
    const sent = receivers?.endpoints[id]
    if (!endpoint || (sent && hasVersion(sent.revision, told))) return []
    const isFor = sent ? isNextFor(standings, endpoint) : isFirstFor(standings, endpoint)
    if (!isFor) return []
    return {
      id: deliveryIdOf(id, item.id, revision),
      endpoint: id,
      sequence: (lastOf(id) ?? 0) + 1,
      ...(sent ? { previous: sent.sequence } : {}),
    }
  })
}

function hasVersion(revision: string, { version, tagging, announce }: TaggedItem): boolean {
  const from = announce === 'everyone' ? tagging : 0
  return compareRevisions(revision, revisionOf({ version, tagging: from })) >= 0
}

function isFirstFor({ item, sequence }: Standings, { row }: Endpoint): boolean {
  return (
    row.status !== 'disabled' &&
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
function isNextFor({ item, knows }: Standings, { row }: Endpoint): boolean {
  const type = eventTypeOf(item, knows(row.id) ?? true)
  if (type === 'item.withdrawn') return true
  return row.events.includes(type) && (item.rights !== 'private' || row.seesPrivate)
}
