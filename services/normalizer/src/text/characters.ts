import { withoutIllegal } from '@newswire/model'

const byteOrderMark = /^\uFEFF/
const lineBreaks = /\r\n?|[\u2028\u2029\u0085]/g
const oddSpaces = /[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g
const invisible = /[\u00AD\u200B\u2060]/g

/** Nothing but legal characters that are in NFC by themselves, plain spaces and `\n`. */
const alreadyClean =
  /^[\n\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*$/
/** White space that is no single plain space; those are passed over, since there are many. */
const spaceRuns = / \s+|[^\S ]\s*/g

/**
 * Plain text as the rest of the room expects it: legal characters in NFC, lines that end in `\n`,
 * every space an ordinary one.
 */
export function cleanText(text: string): string {
  if (alreadyClean.test(text)) return text
  return withoutIllegal(text)
    .replace(byteOrderMark, '')
    .replace(lineBreaks, '\n')
    .replace(oddSpaces, ' ')
    .replace(invisible, '')
    .normalize('NFC')
}

/** One line: every run of white space is a single space. */
export function oneLine(text: string): string {
  const clean = cleanText(text)
  return clean.replace(spaceRuns, ' ').trim()
}
