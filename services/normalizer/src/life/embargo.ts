import { untilReleased } from '@newswire/model'
import type { Draft } from '../draft.js'
import type { Base } from './publish-version.js'

/**
 * Silence lifts an embargo only where the whole text comes again under its own id and is no
 * correction: a teaser, the full text behind one, and a notice speak of something else.
 */
export function withStandingEmbargo(draft: Draft, base: Base | undefined): Draft {
  const standing = base?.embargoUntil
  if (base === undefined || standing === undefined || draft.embargoUntil !== undefined) return draft
  const isWholeAgain = draft.body.complete && base.complete
  if (isWholeAgain && draft.via === undefined && !draft.isCorrection) return draft
  const waits = standing === untilReleased ? ['embargo-unreadable'] : []
  return { ...draft, embargoUntil: standing, flags: [...new Set([...draft.flags, ...waits])] }
}
