import type { Evidence } from '@newswire/model'

export type WeighedEvidence = Evidence & { readonly weight: number }

/** Pieces of evidence that one tag carries; the heaviest are kept. */
export const evidenceMax = 10

const fieldOrder: readonly Evidence['field'][] = ['source', 'dateline', 'headline', 'text']

/**
 * The heaviest pieces, in the order in which a reader meets them. What stands in the headline or
 * the text is quoted from there alone: a reader can mark it. The dateline and the source's own
 * words are quoted where nothing else led to the tag.
 */
export function boundedEvidence(all: readonly WeighedEvidence[]): Evidence[] {
  const shown = all.filter(({ field }) => field === 'headline' || field === 'text')
  return [...(shown.length > 0 ? shown : all)]
    .sort((a, b) => b.weight - a.weight || byPlace(a, b))
    .slice(0, evidenceMax)
    .sort(byPlace)
    .map((piece) => ({ ...piece, weight: Math.round(piece.weight * 1000) / 1000 }))
}

function byPlace(a: Evidence, b: Evidence): number {
  return fieldOrder.indexOf(a.field) - fieldOrder.indexOf(b.field) || a.start - b.start
}
