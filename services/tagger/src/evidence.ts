import type { Evidence } from '@newswire/model'

export type WeighedEvidence = Evidence & {
  readonly weight: number
  readonly how: NonNullable<Evidence['how']>
}

/** Pieces of evidence that one tag carries; the heaviest are kept. */
export const evidenceMax = 10

const fieldOrder: readonly Evidence['field'][] = ['source', 'dateline', 'headline', 'text']

/**
 * The heaviest pieces, in the order in which a reader meets them. What stands in the headline or
 * the text is quoted from there, where a reader can mark it; the dateline where nothing else led to
 * the tag. What the source itself says is always shown.
 */
export function boundedEvidence(all: readonly WeighedEvidence[]): Evidence[] {
  const isShown = all.some(({ field }) => field === 'headline' || field === 'text')
  return all
    .filter(({ field }) => field !== 'dateline' || !isShown)
    .sort((a, b) => b.weight - a.weight || byPlace(a, b))
    .slice(0, evidenceMax)
    .sort(byPlace)
    .map((piece) => ({ ...piece, weight: Math.round(piece.weight * 1000) / 1000 }))
}

function byPlace(a: Evidence, b: Evidence): number {
  return fieldOrder.indexOf(a.field) - fieldOrder.indexOf(b.field) || a.start - b.start
}
