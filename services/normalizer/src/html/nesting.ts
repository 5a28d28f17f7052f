import { PermanentError } from '@newswire/bus'

/** Parsers of HTML take quadratic time on what is nested without end. */
const depthMax = 500
/** A release of 1 MiB has fewer. */
const tagsMax = 60_000
const linesMax = 50_000
/** A text of 1 MiB in which every sign is written as a number has fewer. */
const entitiesMax = 200_000

const tag = /<(?<close>\/?)(?<name>[a-z][a-z0-9]*)/giu
/** These end by themselves, so that a row of them is no nesting. */
const flat = new Set(
  'p li td th tr dt dd br img hr input meta link option col thead tbody tfoot'.split(' '),
)

/** PermanentError for HTML with more tags or entities, or deeper tags, than a release has. */
export function assertShallow(html: string): void {
  if (countOf('&', html, entitiesMax) > entitiesMax) {
    throw new PermanentError(
      `The HTML has more than ${entitiesMax} entities; send its signs as they are, in UTF-8.`,
    )
  }
  let depth = 0
  let isTooMuch = countOf('<', html, tagsMax) > tagsMax
  for (const { groups } of isTooMuch ? [] : html.matchAll(tag)) {
    if (flat.has(groups?.['name']?.toLowerCase() ?? '')) continue
    depth = Math.max(0, depth + (groups?.['close'] === '' ? 1 : -1))
    isTooMuch ||= depth > depthMax
  }
  if (!isTooMuch) return
  throw new PermanentError(
    `The HTML has more than ${tagsMax} tags or ${depthMax} levels; send it as plain text.`,
  )
}

/** PermanentError for text with more lines than a release has. */
export function assertFewLines(text: string): void {
  if (countOf('\n', text, linesMax) <= linesMax) return
  throw new PermanentError(
    `The text has more than ${linesMax} lines; join those that belong together.`,
  )
}

/** How often the sign stands in the text; counting ends above `enough`. */
function countOf(sign: string, text: string, enough: number): number {
  let count = 0
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
    count += 1
    if (count > enough) break
  }
  return count
}
