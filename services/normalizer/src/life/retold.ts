import type { Bus } from '@newswire/bus'
import type { LineageEntry, NormalizedItem } from '@newswire/model'
import type { Draft } from '../draft.js'
import type { Base, Outcome, Step } from './publish-version.js'
import { isCut, relationOf } from './retold-words.js'

const overtaken = 'a correction never loses to its original'

/**
 * The same release comes through many feeds: cut elsewhere, with or without the line above it, from
 * HTML or plain, with `(FOTO)` or without. Such a copy is no version: not of the newest text, and
 * least of all where it copies a text that was corrected since. A source that changes its own words
 * has edited them: only a cut and a photo's mark are no edit. Undefined where it is a version.
 */
export async function retold(
  bus: Pick<Bus, 'history'>,
  base: Base,
  { draft, settlement, precedence }: Step,
): Promise<Outcome | undefined> {
  const { item, version } = base
  const isVersion = settlement.outcome === 'version' && settlement.change !== 'withdrawal'
  if (!isVersion || item?.status !== 'usable') return undefined
  if (draft.embargoUntil !== item.embargoUntil) return undefined
  const isLater = isDatedLater(precedence.modified, item.precedence.modified)
  const relation = relationTo(draft, item, base.lineage.at(-1))
  // What the source calls newer may be shorter because something was taken out of it.
  const isCopy = !isLater || isCut(draft.body.text)
  const isSaid = relation === 'same' || (relation === 'less' && isCopy)
  if (isSaid) return unchanged(version, version)
  if (isLater || draft.source === item.source || base.lineage.length < 2) return undefined
  return await retoldBefore(bus, { base, item, draft, isMore: relation === 'more' })
}

interface Copy {
  base: Base
  item: NormalizedItem
  draft: Draft
  /** It tells what stands, and more. */
  isMore: boolean
}

/** A copy of an earlier version, which comes through a slower feed. */
async function retoldBefore(
  bus: Pick<Bus, 'history'>,
  { base, item, draft, isMore }: Copy,
): Promise<Outcome | undefined> {
  const { version, lineage } = base
  for await (const { value: before } of bus.history('item.normalized', item)) {
    if (before.version >= version || before.status !== 'usable') continue
    const entry = lineage.find((each) => each.version === before.version)
    const relation = relationTo(draft, before, entry)
    const isLonger = relation === 'more' && !isMore && draft.source !== before.source
    if (relation === 'same' || relation === 'less' || isLonger) {
      return unchanged(version, before.version)
    }
    if (isWholeOfCorrected({ base, item, draft, isMore }, before)) {
      return { outcome: 'superseded', version, reason: overtaken }
    }
  }
  return undefined
}

/** Texts of two ids, and a correction and its original, are two texts however alike they are. */
function relationTo(draft: Draft, item: NormalizedItem, entry: LineageEntry | undefined) {
  const isOneVoice = entry?.via === draft.via && (entry?.corrects ?? false) === draft.isCorrection
  return isOneVoice && draft.body.complete === item.body.complete
    ? relationOf(draft, item)
    : 'other'
}

/** The full text behind the teaser of what was corrected since. */
function isWholeOfCorrected({ base, item, draft }: Copy, before: NormalizedItem): boolean {
  const isCorrected = base.lineage.at(-1)?.corrects === true && !draft.isCorrection
  const isWhole = draft.body.complete && !before.body.complete
  if (!isCorrected || !isWhole) return false
  const teaser = { ...before, source: '' }
  return relationOf(draft, teaser) === 'more' && relationOf(item, teaser) !== 'more'
}

function unchanged(version: number, told: number): Outcome {
  return { outcome: 'unchanged', version, reason: `the text tells what version ${told} tells` }
}

function isDatedLater(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && Date.parse(one) > Date.parse(other)
}
