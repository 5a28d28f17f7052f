/** How the failing receiver is at a moment. */
export type Mood = 'broken' | 'slow' | 'well'

const spells: readonly { readonly mood: Mood; readonly ms: number }[] = [
  { mood: 'broken', ms: 20_000 },
  { mood: 'slow', ms: 15_000 },
  { mood: 'well', ms: 40_000 },
]
const roundMs = spells.reduce((all, { ms }) => all + ms, 0)

/** Broken for 20 s, slow for 15 s, well for 40 s, and again. */
export function moodAt(sinceStartMs: number): Mood {
  let left = sinceStartMs % roundMs
  for (const { mood, ms } of spells) {
    if (left < ms) return mood
    left -= ms
  }
  return 'well'
}
