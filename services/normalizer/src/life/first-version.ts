import {
  issuerKeyOf,
  itemIdOf,
  type Kin,
  lookupTokens,
  openLookupTokens,
  titleKeyOf,
} from '@newswire/model'
import type { Store } from '@newswire/store'
import type { Draft } from '../draft.js'
import { storyOf, storyWindowDays } from '../story/story.js'
import { maySpeakOf, namedAmong } from './named.js'
import { dayOf, isUnlinked, itemIdIn } from './notice.js'
import { kinOfDraft } from './resolve.js'

/** What else there is to know of a release before its first version is written. */
export interface Relatives {
  /** A notice that came in before what it speaks of: this release. */
  notice?: Kin
  /** The same story, which its feed shows under a new guid. */
  sameStory?: string
  /** The draft with its story, where it tells the same release as another item. */
  draft: Draft
}

/** Days that a notice is looked for by the release that comes in after it. */
const lateDaysMax = 7
const sameStoryMs = 48 * 3_600_000

export interface Newcomer {
  draft: Draft
  contentHash: string
  /** An entry of a feed whose guid is no id of a wire. */
  isByGuid: boolean
}

/** One question to the index of kin. */
export async function relativesOf(
  store: Pick<Store, 'kin'>,
  { draft, contentHash, isByGuid }: Newcomer,
): Promise<Relatives> {
  const { id, headline } = draft
  const issuer = draft.issuer.name
  const tokens = [
    ...lookupTokens({ issuer, ...(isByGuid ? { title: headline } : {}) }),
    ...openLookupTokens({ id, issuer, headline }),
  ]
  const days = Math.max(lateDaysMax, storyWindowDays)
  const found = await store.kin({ tokens, days })
  // The releases of one issuer on one wire are the most, and no news: they cost nothing more.
  const kin = found.filter((one) => isByGuid || isUnlinked(one) || isElsewhere(one, draft))
  if (kin.length === 0) return { draft }
  const own = kinOfDraft(draft, contentHash)
  const notice = noticeOf(own, draft, kin)
  if (notice) return { draft, notice }
  const sameStory = isByGuid ? sameStoryIn(own, kin) : undefined
  if (sameStory !== undefined) return { draft, sameStory }
  const story = storyOf(own, kin)
  return { draft: story ? { ...draft, ...story } : draft }
}

/** The draft with its story, where its full text shows one that its teaser did not. */
export async function withStory(
  store: Pick<Store, 'kin'>,
  draft: Draft,
  contentHash: string,
): Promise<Draft> {
  const tokens = lookupTokens({ issuer: draft.issuer.name })
  const found = await store.kin({ tokens, days: storyWindowDays })
  const kin = found.filter((one) => isElsewhere(one, draft))
  if (kin.length === 0) return draft
  const story = storyOf(kinOfDraft(draft, contentHash), kin)
  return story ? { ...draft, ...story } : draft
}

function isElsewhere({ wire, language }: Kin, draft: Draft): boolean {
  return wire !== draft.wire || language !== draft.language
}

/** A withdrawal goes before a correction, and the later of two corrections before the earlier. */
function noticeOf(own: Kin, draft: Draft, kin: readonly Kin[]): Kin | undefined {
  const naming = kin
    .filter((other) => other.id !== own.id && isUnlinked(other))
    .filter((other) => names(other, own, draft))
  const rank = ({ notice, published }: Kin) =>
    `${notice?.kind === 'withdrawal' ? 1 : 0}${published}`
  return naming.toSorted((a, b) => (rank(a) < rank(b) ? 1 : -1))[0]
}

/** Whether an unlinked notice speaks of this release. */
export function names(
  notice: Kin,
  own: Kin,
  draft: Pick<Draft, 'dateline' | 'published'>,
): boolean {
  if (notice.notice === undefined || notice.wire !== own.wire) return false
  const ids = notice.notice.ids.map((id) => itemIdIn(id) ?? itemIdOf(notice.wire, id))
  if (ids.includes(own.id)) {
    const issuer = { name: notice.issuer }
    return maySpeakOf({ notice: notice.notice, issuer }, own.issuer)
  }
  // A release of a later day than the notice itself is the next of a series.
  if (dayOf(draft) > (notice.signature.date ?? notice.published.slice(0, 10))) return false
  return namedAmong({ ...notice, notice: notice.notice, id: '' }, [own]) !== undefined
}

/** Feeds that make a new guid each time show one story with one title, one time or one text. */
function sameStoryIn(own: Kin, kin: readonly Kin[]): string | undefined {
  const [title, issuer] = [titleKeyOf(own.headline), issuerKeyOf(own.issuer)]
  const same = kin.find(
    (other) =>
      other.wire === own.wire &&
      other.source === own.source &&
      titleKeyOf(other.headline) === title &&
      issuerKeyOf(other.issuer) === issuer &&
      Math.abs(Date.parse(other.published) - Date.parse(own.published)) <= sameStoryMs &&
      (other.contentHash === own.contentHash || other.published === own.published),
  )
  return same?.id
}
