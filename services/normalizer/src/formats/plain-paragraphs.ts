import { assertFewLines } from '../html/nesting.js'
import { roleOf } from '../text/boilerplate.js'
import { cleanText } from '../text/characters.js'
import { unwrap } from '../text/unwrap.js'

/**
 * Text from a field, wrapped or not, as paragraphs that a blank line parts. PermanentError where it
 * has more lines than a release has.
 */
export function plainParagraphs(text: string): string {
  assertFewLines(text)
  const lines = withoutMargin(cleanText(text).split('\n'))
  const standsAlone = (line: string) => roleOf(line) !== undefined
  return unwrap(lines, { standsAlone }).join('\n\n')
}

const marginCharsMin = 4

/** A field may be indented as a whole, as its XML is; indents within it open paragraphs. */
function withoutMargin(lines: readonly string[]): string[] {
  const margin = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length)
    .reduce((least, one) => Math.min(least, one), Number.MAX_SAFE_INTEGER)
  const kept = lines.map((line) => (margin < marginCharsMin ? line : line.slice(margin)).trimEnd())
  const first = kept.findIndex((line) => line.trim() !== '')
  return kept.map((line, index) => (index === first ? line.trimStart() : line))
}
