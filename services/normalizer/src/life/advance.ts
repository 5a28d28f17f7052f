import { type Settlement, settle } from '@newswire/model'
import { defined } from '../defined.js'
import type { Draft } from '../draft.js'
import { amend, settledNotice, withMark } from './amend.js'
import { contentHashOf } from './content-hash.js'
import { withStandingEmbargo } from './embargo.js'
import { isByGuid } from './identify.js'
import { type Course, comeAfter, lookAround, lookBack } from './look.js'
import {
  type Base,
  finishWithdrawal,
  newestOf,
  type Outcome,
  publishVersion,
  type Step,
  triesMax,
} from './publish-version.js'
import { type Coming, type LifeParts, resolve, resolveLate } from './resolve.js'

export type { Outcome } from './publish-version.js'
export type { LifeParts } from './resolve.js'

export interface Arriving extends Coming {
  draft: Draft
  /** It is an entry of a feed. */
  isEntry: boolean
}

/** What became of a raw item, and the id of the item that it was about. */
export interface Advanced {
  id: string
  outcome: Outcome
}

/**
 * Writes a draft as the next version of its item, if it is one, by compare-and-set on what stands
 * (design: order of versions). The read model may lag behind the stream: then the set fails, and
 * the stream itself is asked. Safe to run twice, late, and beside itself.
 */
export async function advance(
  parts: LifeParts,
  { draft: given, isEntry, ...coming }: Arriving,
): Promise<Advanced> {
  const { draft, isCorrected } = await resolve(parts, given, coming)
  const course: Course = {
    parts,
    draft,
    rawSequence: coming.rawSequence,
    isByGuid: isEntry && isByGuid(draft),
    base: await parts.store.itemState(draft.id),
    hasLooked: false,
  }
  const late = isCorrected ? await comeAfter(course) : undefined
  const outcome = late ?? (await write(course))
  return (await foundLate(course, outcome)) ?? { id: course.draft.id, outcome }
}

/** A notice that stands alone looks once more: see `resolveLate`. */
async function foundLate(course: Course, { outcome }: Outcome): Promise<Advanced | undefined> {
  const { parts, rawSequence } = course
  if (outcome !== 'version' && outcome !== 'repeated') return undefined
  const draft = await resolveLate(parts, course.draft, { rawSequence })
  if (draft === undefined) return undefined
  const base = await parts.store.itemState(draft.id)
  return { id: draft.id, outcome: await write({ ...course, draft, base, hasLooked: true }) }
}

async function write(course: Course): Promise<Outcome> {
  const { bus } = course.parts
  for (let tries = 0; tries < triesMax; tries += 1) {
    const step = settleOn(course)
    const seen = (await lookAround(course, step)) ?? (await lookBack(course, step))
    if (seen === 'again') continue
    const outcome = seen ?? (await tryStep(course, step))
    if (outcome) return outcome
    course.base = await newestOf(bus, course.draft)
  }
  throw new Error('Other workers kept writing newer versions of the same item.')
}

/** Undefined where what stands has to be read, as a whole or anew. */
async function tryStep(course: Course, step: Step): Promise<Outcome | undefined> {
  const { settlement } = step
  const { base, parts } = course
  if (settlement.outcome !== 'version') return ended(course, { ...step, settlement })
  // A change is rare and needs what stands as a whole; a new item costs no reading.
  if (base !== undefined && base.item === undefined) return undefined
  const outcome = await publishVersion(parts.bus, { ...step, settlement }, base)
  return outcome && finished(course, outcome)
}

function settleOn({ base, draft: given, rawSequence }: Course): Step {
  const draft = withStandingEmbargo(given, base)
  const { sourceVersion, modified, via } = draft
  const contentHash = contentHashOf(draft)
  const precedence = { rawSequence, contentHash, ...defined({ sourceVersion, modified }) }
  const settlement = settle(base, {
    ...precedence,
    ...defined({ via }),
    status: draft.status,
    complete: draft.body.complete,
    corrects: draft.isCorrection,
  })
  return { draft, settlement, precedence }
}

/** The notice that took the release back before it came has found it. */
async function finished({ parts, settles, rawSequence }: Course, outcome: Outcome) {
  if (settles) await amend(parts.bus, settles, { rawSequence, change: settledNotice })
  return outcome
}

type Unwritten = Step & { settlement: Exclude<Settlement, { outcome: 'version' }> }

async function ended(course: Course, step: Unwritten): Promise<Outcome> {
  const { parts, draft, base, rawSequence } = course
  const { settlement, precedence } = step
  const { remember, ...told } = settlement
  const own = base?.lineage.find((entry) => entry.rawSequence === rawSequence)
  if (remember) {
    const { via } = draft
    const mark = { ...precedence, ...defined({ via }), withdrawn: true as const }
    await amend(parts.bus, draft, {
      rawSequence,
      change: (item) => withMark(item, { version: item.version, ...mark }),
    })
  }
  if (!base || !own || isNoted(base, rawSequence)) return told
  const isOwnWithdrawal =
    base.status === 'canceled' && base.lineage.at(-1)?.rawSequence === rawSequence
  if (isOwnWithdrawal) await finishWithdrawal(parts.bus, draft, base.version)
  return { outcome: 'repeated' }
}

/** Whether the mark was kept without a version of its own. */
function isNoted({ lineage }: Base, rawSequence: number): boolean {
  const own = lineage.find((entry) => entry.rawSequence === rawSequence)
  return lineage.some(
    (entry) => entry.version === own?.version && entry.rawSequence !== rawSequence && own.withdrawn,
  )
}
