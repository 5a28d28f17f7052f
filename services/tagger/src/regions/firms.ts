import type { Mention } from './find.js'
import type { Guards } from './gazetteer.js'

/** Words of a firm's name behind the town in it. */
const firmWordsMax = 4

/**
 * "Boston Dynamics", "Lincoln Electric raises": the town that a firm is called by says little of
 * where it is, and nothing of where its news is.
 */
export function isFirmsName({ field, last, end, names }: Mention, guards: Guards): boolean {
  if (!names.every(({ kind }) => kind === 'city' || kind === 'subdivision')) return false
  const { words, text } = field
  let from = end
  let isFirm = false
  for (let at = last + 1; at <= last + firmWordsMax; at += 1) {
    const word = words[at]
    if (!word?.isCapital || !/^(?: | & )$/.test(text.slice(from, word.start))) break
    // Headlines write verbs with a capital too.
    if (guards['firm-verb']?.has(word.key)) break
    isFirm = guards['firm-noun']?.has(word.key) || guards['firm-after']?.has(word.key) || false
    from = word.end
  }
  return isFirm
}
