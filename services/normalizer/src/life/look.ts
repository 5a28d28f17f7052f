import { erasedByLaw, itemIdOf, kinOf, titleSimilarity, uriOf } from '@newswire/model'
import type { Draft } from '../draft.js'
import { amend, settledNotice } from './amend.js'
import { names, relativesOf, withStory } from './first-version.js'
import { stableGuid } from './identify.js'
import { isUnlinked } from './notice.js'
import { type Base, type ItemKeys, newestOf, type Outcome, type Step } from './publish-version.js'
import { kinOfDraft, type LifeParts } from './resolve.js'
import { retold } from './retold.js'

/** A raw item on its way to become a version. */
export interface Course {
  readonly parts: LifeParts
  readonly rawSequence: number
  /** An entry of a feed whose guid is no id of a wire. */
  readonly isByGuid: boolean
  draft: Draft
  base: Base | undefined
  /** The index of kin was asked. */
  hasLooked: boolean
  /** A notice that has found this release, and says so once it is written. */
  settles?: ItemKeys
}

const overtaken = 'a correction never loses to its original'
/** Two entries under one guid whose titles are less alike tell two stories. */
const sameGuidTitleMin = 0.3

/** Before a first version: does something that stands bear on it? */
export async function lookAround(
  course: Course,
  { settlement, precedence }: Step,
): Promise<Outcome | 'again' | undefined> {
  const { draft, base, parts, isByGuid } = course
  const isNew = base === undefined && settlement.outcome === 'version'
  const speaksOfOther = draft.notice !== undefined || draft.via !== undefined
  if (!isNew || course.hasLooked || speaksOfOther || draft.status === 'canceled') return undefined
  course.hasLooked = true
  const { contentHash } = precedence
  const found = await relativesOf(parts.store, { draft, contentHash, isByGuid })
  course.draft = found.draft
  if (found.sameStory !== undefined) return goOnAs(course, found.sameStory)
  // Where nothing bears on it, what was settled stands.
  if (found.notice === undefined) return found.draft === draft ? undefined : 'again'
  const { id, wire, notice } = found.notice
  if (notice?.kind === 'withdrawal') {
    course.draft = { ...draft, status: 'canceled' }
    course.settles = { id, wire }
    return 'again'
  }
  const reason = 'A notice that came in before it names its title, issuer and day.'
  const at = parts.clock.now().toISOString()
  const alias = await parts.aliases.join({ id: draft.id, item: id, reason, corrected: true, at })
  course.draft = { ...draft, id: alias.item, uri: uriOf(alias.item), wire, via: draft.id }
  return (await comeAfter(course)) ?? 'again'
}

/**
 * What was corrected before it came: kept as a receipt, not as a version, unless the source dates
 * it later than its correction. Undefined then.
 */
export async function comeAfter(course: Course): Promise<Outcome | undefined> {
  const { parts, draft, rawSequence } = course
  course.base = await newestOf(parts.bus, draft)
  const { base } = course
  if (!base) throw new Error('Stream ITEMS holds no version of the item that the alias leads to.')
  if (base.lineage.at(-1)?.erased) {
    return { outcome: 'superseded', version: base.version, reason: erasedByLaw }
  }
  await amend(parts.bus, draft, { rawSequence, change: settledNotice })
  const modified = base.lineage.at(-1)?.modified
  const isLater =
    draft.modified !== undefined &&
    modified !== undefined &&
    Date.parse(draft.modified) > Date.parse(modified)
  if (isLater) return undefined
  return { outcome: 'superseded', version: base.version, reason: overtaken }
}

/** Before a next version: is it one of this item at all? */
export async function lookBack(course: Course, step: Step): Promise<Outcome | 'again' | undefined> {
  const { base, draft, parts, isByGuid } = course
  const { outcome } = step.settlement
  if (base === undefined || outcome === 'unchanged') return undefined
  if (base.item === undefined) {
    if (!isByGuid || outcome === 'version') return undefined
    course.base = await newestOf(parts.bus, draft)
    return 'again'
  }
  const other = isByGuid ? otherStory(base.item, draft) : undefined
  if (other !== undefined) return goOnAs(course, other)
  if (outcome !== 'version') return undefined
  if (isNamedByStanding(base, draft)) return comeUnderOneId(course, base)
  const copy = await retold(parts.bus, base, step)
  return copy ?? (await lookForStory(course, base, step.precedence.contentHash))
}

/** The original came in after its notice, and under the same id. */
function comeUnderOneId(course: Course, { item, version }: Base): Outcome | 'again' | undefined {
  if (item?.notice?.kind !== 'withdrawal') {
    return { outcome: 'superseded', version, reason: overtaken }
  }
  if (course.draft.status === 'canceled') return undefined
  course.draft = { ...course.draft, status: 'canceled' }
  return 'again'
}

function isNamedByStanding({ item }: Base, draft: Draft): boolean {
  if (item === undefined || !isUnlinked(item)) return false
  if (draft.notice !== undefined || draft.via !== undefined) return false
  return names(kinOf(item), kinOfDraft(draft), draft)
}

/** A full text may show what its teaser did not. What a person has said of the story stays. */
async function lookForStory(
  course: Course,
  { item, complete, lineage }: Base,
  contentHash: string,
): Promise<'again' | undefined> {
  const { draft, parts } = course
  const isFuller = draft.body.complete && !complete && draft.status !== 'canceled'
  const isTold = item?.story !== undefined || lineage.some(({ byPerson }) => byPerson === true)
  if (!isFuller || isTold || course.hasLooked) return undefined
  course.hasLooked = true
  course.draft = await withStory(parts.store, draft, contentHash)
  return course.draft === draft ? undefined : 'again'
}

async function goOnAs(course: Course, id: string): Promise<'again'> {
  const { draft, parts } = course
  course.draft = { ...draft, id, uri: uriOf(id) }
  course.base = await parts.store.itemState(id)
  return 'again'
}

/** The id of an entry by its page, where its guid is that of another story with another page. */
function otherStory(standing: Base['item'], draft: Draft): string | undefined {
  const [page, standingPage] = [draft.sourceUrl, standing?.sourceUrl].map((url) =>
    url === undefined ? undefined : stableGuid(url),
  )
  if (standing === undefined || page === undefined || page === standingPage) return undefined
  const id = itemIdOf(draft.wire, page)
  if (id === draft.id) return undefined
  return titleSimilarity(standing.headline, draft.headline) < sameGuidTitleMin ? id : undefined
}
