import { type Source, type SourcePosition, toToken } from '@newswire/model'
import type { Rhythm, Rhythms } from '../figures/rhythm.js'
import type { SourceFigures } from './shapes.js'

/** How a source is, against its own rhythm. */
export function sourceFigures(
  source: Source,
  position: SourcePosition | undefined,
  { rhythms, now }: { rhythms: Rhythms; now: Date },
): SourceFigures {
  const { id, name, wire, kind } = source
  const rhythm = rhythms.of(toToken(id))
  const lastItemAt = rhythm?.lastAt?.toISOString() ?? position?.lastItemAt ?? null
  const usualPerHour = rhythm?.usualPerHour(now) ?? null
  const figures = {
    ...{ id, name, wire, kind, lastItemAt, usualPerHour },
    nextPollAt: (source.enabled && position?.nextPollAt) || null,
  }
  return { ...figures, ...stateOf({ source, position, rhythm, usualPerHour, rhythms, now }) }
}

interface SourceFacts {
  readonly source: Source
  readonly position: SourcePosition | undefined
  readonly rhythm: Rhythm | undefined
  readonly usualPerHour: number | null
  readonly rhythms: Rhythms
  readonly now: Date
}

function stateOf(facts: SourceFacts): Pick<SourceFigures, 'state' | 'because' | 'says'> {
  const { source, position, rhythm, usualPerHour, rhythms, now } = facts
  if (!source.enabled) {
    return source.goneAt
      ? { state: 'paused', because: 'gone', says: 'It said that it is gone for good.' }
      : { state: 'paused', because: 'disabled', says: 'Somebody has disabled it.' }
  }
  if (position && position.failuresInRow > 0) {
    const says = position.lastError ?? 'The last poll failed.'
    return { state: 'failing', because: 'failing', says }
  }
  if (rhythms.isRead && rhythm?.silence(now).isSilent) {
    const says = `It is silent against its own rhythm: at this time of the week ${usualPerHour} items an hour are usual, and the chance of such a silence is below one in a hundred.`
    return { state: 'silent', because: 'silent', says }
  }
  if (rhythm?.isLearnt(now)) {
    return { state: 'well', because: 'usual', says: 'It answers, and brings what is usual.' }
  }
  const hasBrought = rhythm?.lastAt !== undefined || position?.lastItemAt !== undefined
  const says = 'Its rhythm is being learnt: that takes a week.'
  return { state: hasBrought ? 'well' : 'new', because: 'learning', says }
}
