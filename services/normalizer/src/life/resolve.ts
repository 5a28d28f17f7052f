import type { Bus } from '@newswire/bus'
import {
  itemIdOf,
  type Kin,
  kinOf,
  lookupTokens,
  type NormalizedItem,
  type Notice,
  uriOf,
} from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import type { Draft } from '../draft.js'
import type { Aliases } from './aliases.js'
import type { Barrier } from './barrier.js'
import { giveUpNotice } from './give-up.js'
import { maySpeakOf, type Naming, namedAmong, namedLimits } from './named.js'
import { isUnlinked, itemIdIn, unlinkedFlag } from './notice.js'
import { newestOf } from './publish-version.js'

export interface LifeParts {
  bus: Bus
  store: Pick<Store, 'itemState' | 'kin'>
  aliases: Aliases
  barrier: Barrier
  clock: Clock
}

/** Tries after which a notice no longer waits for a read model that is being made again. */
const lagTriesMax = 3

/** How a raw item comes to be worked on. */
export interface Coming {
  rawSequence: number
  /** 1 for the first try. */
  deliveries: number
  /** When it came in. */
  storedAt: Date
}

/** A draft under the id of the item that it is a version of. */
export interface Placed {
  draft: Draft
  /** It came in under the id of something that was corrected before it came. */
  isCorrected: boolean
}

/** Which item a draft is a version of: by what its id was joined to, or by what it names. */
export async function resolve(parts: LifeParts, draft: Draft, coming: Coming): Promise<Placed> {
  const alias = parts.aliases.known(draft.id)
  if (alias) {
    // A try before this one may have died between the alias and the notice's own end.
    if (coming.deliveries > 1) await giveUpNotice(parts.bus, draft, alias.item)
    const isCorrected = alias.corrected === true && draft.status !== 'canceled'
    return { draft: await joined(parts, draft, alias.item), isCorrected }
  }
  const { notice } = draft
  if (notice === undefined) return { draft, isCorrected: false }
  return { draft: await resolveNotice(parts, { ...draft, notice }, coming), isCorrected: false }
}

type NoticeDraft = Draft & { notice: Notice }

async function resolveNotice(
  parts: LifeParts,
  draft: NoticeDraft,
  { rawSequence, deliveries, storedAt }: Coming,
): Promise<Draft> {
  const isComplete = await parts.barrier.before(rawSequence)
  if (!isComplete && deliveries < lagTriesMax) {
    throw new Error('The index of items is being made again; the notice waits for it.')
  }
  const found = await find(parts, draft)
  if (found) return found
  const ageMs = parts.clock.now().getTime() - storedAt.getTime()
  const ask = () => find(parts, draft)
  return (await parts.barrier.linger(rawSequence, ageMs, ask)) ?? unlinked(draft)
}

async function find(parts: LifeParts, draft: NoticeDraft): Promise<Draft | undefined> {
  const { aliases, bus } = parts
  const alias = await aliases.find(draft.id)
  if (alias) return joined(parts, draft, alias.item)
  const own = await newestOf(bus, draft)
  if (own?.item) return ofItself(draft, own.item)
  return joinNamed(parts, draft)
}

/** The alias to what the notice names, and the draft as a version of that. */
async function joinNamed(parts: LifeParts, draft: NoticeDraft): Promise<Draft | undefined> {
  const { aliases } = parts
  const named = (await byId(parts, draft)) ?? (await byTitle(parts, draft))
  // What was itself left to this notice is no other item.
  if (!named || (await aliases.find(named.id))?.item === draft.id) return undefined
  const at = parts.clock.now().toISOString()
  const { item } = await aliases.join({ id: draft.id, item: named.id, reason: named.reason, at })
  return joined(parts, draft, item)
}

/**
 * A release that was on its way while its notice looked stands beside it, and neither knows of the
 * other. So a notice that found nothing looks once more when it stands: what it finds gets its
 * text, and the notice goes. Undefined where it stays alone.
 */
export async function resolveLate(
  parts: LifeParts,
  draft: Draft,
  { rawSequence }: Pick<Coming, 'rawSequence'>,
): Promise<Draft | undefined> {
  const { notice } = draft
  if (notice === undefined || !isUnlinked(draft)) return undefined
  const ask = () => joinNamed(parts, { ...draft, notice })
  const found = await parts.barrier.linger(rawSequence, Number.POSITIVE_INFINITY, ask)
  if (!found) return undefined
  await giveUpNotice(parts.bus, draft, found.id)
  return withoutFlags(found)
}

function withoutFlags(draft: Draft): Draft {
  return { ...draft, flags: draft.flags.filter((flag) => !flag.endsWith('-unlinked')) }
}

/** The notice came in under the id of the release that it speaks of, or came before, unlinked. */
function ofItself(draft: NoticeDraft, own: NormalizedItem): Draft {
  if (isUnlinked(own)) return unlinked(draft)
  const { notice, ...rest } = draft
  return notice.kind === 'withdrawal' ? { ...rest, status: 'canceled' } : rest
}

function unlinked(draft: NoticeDraft): Draft {
  const flags = new Set([...draft.flags, unlinkedFlag(draft.notice.kind)])
  return { ...draft, flags: [...flags] }
}

async function joined({ store }: LifeParts, draft: Draft, item: string): Promise<Draft> {
  const { notice, ...rest } = draft
  const state = await store.itemState(item)
  const status = notice?.kind === 'withdrawal' ? 'canceled' : draft.status
  const wire = state?.wire ?? draft.wire
  return { ...rest, id: item, uri: uriOf(item), wire, status, via: draft.id }
}

interface Found {
  id: string
  reason: string
}

/**
 * What the notice names by an id of its wire. A notice speaks of releases of its own wire and
 * issuer alone: whoever can get a text onto any wire could take back the releases of all others.
 */
async function byId(
  { store, aliases, bus }: LifeParts,
  draft: NoticeDraft,
): Promise<Found | undefined> {
  const { notice, wire, id } = draft
  for (const named of notice.ids) {
    const given = itemIdIn(named) ?? itemIdOf(wire, named)
    const target = aliases.known(given)?.item ?? given
    if (target === id) continue
    const state = await store.itemState(target)
    if (state?.wire !== wire) continue
    const item = (await newestOf(bus, { wire, id: target }))?.item
    if (!item || !maySpeakOf(draft, item.issuer.name)) continue
    return { id: target, reason: `The notice names it as ${named.slice(0, 200)}.` }
  }
  return undefined
}

async function byTitle(
  { store, aliases }: LifeParts,
  draft: NoticeDraft,
): Promise<Found | undefined> {
  const naming = namingOf(draft)
  const { notice } = draft
  const issuer = notice.issuer ?? draft.issuer.name
  const title = notice.title ?? draft.headline
  const tokens = lookupTokens({ issuer, title })
  const candidates = await store.kin({ tokens, days: namedLimits.windowDays })
  const found = namedAmong(
    naming,
    candidates
      .filter((candidate) => !isUnlinked(candidate))
      // What was joined to another item goes on as that one.
      .map((candidate) => ({
        ...candidate,
        id: aliases.known(candidate.id)?.item ?? candidate.id,
      })),
  )
  if (!found) return undefined
  return { id: found.id, reason: `The notice names its title, issuer and day.` }
}

function namingOf(draft: NoticeDraft): Naming {
  const { id, wire, headline, published, notice } = draft
  const { signature } = kinOfDraft(draft)
  return { id, wire, headline, published, notice, signature, issuer: draft.issuer.name }
}

/** A draft as the index of kin would show it. */
export function kinOfDraft(draft: Draft, contentHash = ''): Kin {
  return kinOf({ ...draft, version: 1, precedence: { rawSequence: 0, contentHash } })
}
