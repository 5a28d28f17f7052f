/** A line that is longer was never wrapped: it is a paragraph. */
const wrapWidthMax = 90
const wrapWidthMin = 50
/** Wires wrap at "about" 80: a word that would have ended this near the width did not fit. */
const slackChars = 3
const softLineMin = 60

const indented = /^(?: {2,}|\t)/
const bullet = /^\s*(?:[•●▪◦‣*·–—]|--|-|\d{1,2}[.)])\s+\S/
const urlOnly = /^\s*\(?https?:\/\/\S+\)?\s*$/i
const sentenceEnd = /[.!?:;]["'”’»)\]]*$/

export interface UnwrapOptions {
  /** Lines that are a paragraph of their own whatever stands around them. */
  standsAlone: (line: string) => boolean
}

/**
 * Paragraphs of a plain text that may be hard-wrapped. Lines of one sentence are joined by a space,
 * never by nothing, since that glues words; a line end that the author meant stays as `\n`.
 */
export function unwrap(lines: readonly string[], options: UnwrapOptions): string[] {
  const width = wrapWidthOf(lines)
  return groupLines(lines, options).map((group) =>
    joinLines(
      group.map((index) => lines[index] ?? ''),
      width,
    ),
  )
}

/** The lines of each paragraph, by their numbers; empty lines belong to none. */
export function groupLines(lines: readonly string[], { standsAlone }: UnwrapOptions): number[][] {
  const width = wrapWidthOf(lines)
  const paragraphs: number[][] = []
  let open: number[] | undefined
  let alone = false
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') {
      open = undefined
      continue
    }
    const isAlone = standsAlone(line)
    const [first = 0] = open ?? []
    const opens = opensParagraph(line, lines[index - 1] ?? '', lines[first] ?? '', width)
    if (!open || isAlone || alone || opens) {
      open = []
      paragraphs.push(open)
    }
    open.push(index)
    alone = isAlone
  }
  return paragraphs
}

/** The longest line where the text looks hard-wrapped, else 0. */
function wrapWidthOf(lines: readonly string[]): number {
  let width = 0
  for (const line of lines) width = Math.max(width, line.trimEnd().length)
  return width >= wrapWidthMin && width <= wrapWidthMax ? width : 0
}

function opensParagraph(line: string, before: string, first: string, width: number): boolean {
  if (bullet.test(line)) return !isProse(before, line, width)
  // The lines of a bullet hang under its text.
  if (indented.test(line)) return !bullet.test(first)
  if (width > 0) return false
  return line.length > wrapWidthMax || before.length > wrapWidthMax
}

/** A dash that a wrap brought to the start of a line: `customers - \n- who` is no bullet. */
function isProse(before: string, line: string, width: number): boolean {
  return /^[-–—]\s/.test(line) && isSoft(before, line, width) && !sentenceEnd.test(before.trimEnd())
}

function joinLines(lines: readonly string[], width: number): string {
  let text = lines[0]?.trim() ?? ''
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue
    text += (isSoft(lines[index - 1] ?? '', line, width) ? ' ' : '\n') + line.trim()
  }
  return text
}

/** Whether the line end is the wrap's, not the author's: the next word would not have fitted. */
function isSoft(line: string, next: string, width: number): boolean {
  if (width === 0 || urlOnly.test(next) || urlOnly.test(line)) return false
  const length = line.trimEnd().length
  if (length >= softLineMin && !sentenceEnd.test(line.trimEnd())) return true
  const word = /^\s*(\S*)/.exec(next)?.[1] ?? ''
  return length + 1 + word.length > width - slackChars
}
