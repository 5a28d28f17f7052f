/** Buckets of the linear model: a power of two. */
export const bucketCount = 2 ** 16
/** Letters of the pieces that a longer word is also known by. */
const pieceChars = 5
/** Words up to here are known as a whole only. */
const wholeCharsMax = 5
const wordCharsMin = 3
const seed = 0x811c9dc5
const prime = 0x01000193

/** Whether a folded word can say anything of a topic. */
export function isTelling(key: string): boolean {
  return key.length >= wordCharsMin && !/\d/.test(key)
}

/**
 * The buckets of a word: itself first, then its pieces of five letters, so that a compound or an
 * inflection that was never seen is known by its parts.
 */
export function bucketsOf(key: string): number[] {
  const buckets = [bucketOf(`${key} `)]
  if (key.length <= wholeCharsMax) return buckets
  const bounded = `<${key}>`
  for (let at = 0; at + pieceChars <= bounded.length; at += 1) {
    buckets.push(bucketOf(bounded.slice(at, at + pieceChars)))
  }
  return buckets
}

/** FNV-1a, 32 bits, mixed once more so that its low bits depend on all letters. */
function bucketOf(text: string): number {
  let hash = seed
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), prime)
  }
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return ((hash ^ (hash >>> 12)) >>> 0) % bucketCount
}
