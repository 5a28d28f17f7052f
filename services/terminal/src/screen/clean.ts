import { stripVTControlCharacters } from 'node:util'

/**
 * What a terminal would obey or hide: C0 and C1 controls (ESC and CSI among them), DEL, marks that
 * turn the direction of writing, and signs without a width that can hide in a word.
 */
const dangerous =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu
const dangerousInLines = new RegExp(`(?!\\n)${dangerous.source}`, 'gu')
/** A text from outside, fit for one line of a terminal: no control character gets through. */
export function clean(text: string): string {
  // Sequences as a whole first: what is left of one without its ESC would be noise.
  return stripVTControlCharacters(text)
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/gu, ' ')
    .replace(dangerous, '')
    .toWellFormed()
}

/** The same for a text of several lines, whose ends are kept. */
export function cleanLines(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r\n?|\u0085|\u2028|\u2029/gu, '\n')
    .replaceAll('\t', '  ')
    .replace(dangerousInLines, '')
    .toWellFormed()
}

/** JSON that says the same, and in which nothing is obeyed by the terminal that shows it. */
export function safeJson(value: unknown, indent?: number): string {
  const escaped = (sign: string) =>
    Array.from(
      { length: sign.length },
      (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join('')
  // Line ends and spaces of the layout are JSON's own; within texts they are escaped already.
  return JSON.stringify(value, null, indent).replace(dangerousInLines, escaped)
}
