import { diffWordsWithSpace } from 'diff'

/** Two texts that differ in everything are given up after this time: the page must stay alive. */
const compareMsMax = 400
/** Characters of what stayed that are shown on either side of a change. */
const nearChars = 100

export interface Piece {
  readonly kind: 'same' | 'added' | 'removed' | 'gap'
  readonly text: string
}

/** Word by word; undefined where the texts are too different to be compared in time. */
export function compare(older: string, newer: string): Piece[] | undefined {
  const parts = diffWordsWithSpace(older, newer, { timeout: compareMsMax })
  if (parts === undefined) return undefined
  return parts.flatMap(({ value, added, removed }, at): Piece[] => {
    if (added) return [{ kind: 'added', text: value }]
    if (removed) return [{ kind: 'removed', text: value }]
    return near(value, at === 0, at === parts.length - 1)
  })
}

/** What stayed the same is shortened to what stands near a change. */
function near(text: string, isFirst: boolean, isLast: boolean): Piece[] {
  const start = isFirst ? 0 : nearChars
  const end = isLast ? 0 : nearChars
  if (text.length <= start + end + nearChars) return [{ kind: 'same', text }]
  const pieces: Piece[] = []
  if (start > 0) pieces.push({ kind: 'same', text: text.slice(0, start).replace(/\S*$/u, '') })
  pieces.push({ kind: 'gap', text: ' … ' })
  if (end > 0) pieces.push({ kind: 'same', text: text.slice(-end).replace(/^\S*/u, '') })
  return pieces
}
