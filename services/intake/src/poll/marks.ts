import { intakeLimits } from '../limits.js'

/** Content hash by key of what a source has shown; what left its feed first is first. */
export type Marks = ReadonlyMap<string, string>

/** 72 bits tell the entries of one source apart, 48 bits the texts of one entry. */
const keyChars = 12
const hashChars = 8
const markChars = keyChars + hashChars

export interface Marked {
  readonly key: string
  readonly contentHash: string
}

export function isKnown(marks: Marks, { key, contentHash }: Marked): boolean {
  return marks.get(key.slice(0, keyChars)) === contentHash.slice(0, hashChars)
}

/** From the row's text: twenty characters an entry, so that ten thousand sources fit a register. */
export function readMarks(text: string): Marks {
  const marks = new Map<string, string>()
  for (let at = 0; at + markChars <= text.length; at += markChars) {
    marks.set(text.slice(at, at + keyChars), text.slice(at + keyChars, at + markChars))
  }
  return marks
}

export function writeMarks(marks: Marks): string {
  return [...marks].map(([key, hash]) => key + hash).join('')
}

/**
 * What the feed holds stands last, and before it a tail of what has left it: entries come back when
 * a cache behind the source is old. The tail is as long as the feed is, or a little longer.
 */
export function remembered(marks: Marks, entries: readonly Marked[]): Marks {
  const { seenTailMin, seenTailFactor, seenMax } = intakeLimits
  const shown = new Map(
    entries.map(({ key, contentHash }) => [
      key.slice(0, keyChars),
      contentHash.slice(0, hashChars),
    ]),
  )
  const tail = [...marks].filter(([key]) => !shown.has(key))
  const tailMax = Math.max(seenTailMin, shown.size * seenTailFactor)
  return new Map([...tail.slice(-tailMax), ...shown].slice(-seenMax))
}
