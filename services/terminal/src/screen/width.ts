import { eastAsianWidth } from 'get-east-asian-width'

const ellipsis = '…'
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const ascii = /^[ -~]*$/

/** The columns that a clean text takes: wide signs and emoji take two, combining ones none. */
export function widthOf(text: string): number {
  if (ascii.test(text)) return text.length
  let width = 0
  for (const { segment } of segmenter.segment(text)) width += widthOfSign(segment)
  return width
}

function widthOfSign(sign: string): number {
  if (/^\p{M}+$/u.test(sign)) return 0
  if (/\p{Emoji_Presentation}|\ufe0f|\p{Regional_Indicator}/u.test(sign)) return 2
  return eastAsianWidth(sign.codePointAt(0) ?? 0)
}

/** At most so many columns; what is cut off ends in an ellipsis. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  if (columns < 1) return ''
  let kept = ''
  let width = 0
  for (const { segment } of segmenter.segment(text)) {
    width += widthOfSign(segment)
    if (width > columns - 1) break
    kept += segment
  }
  return `${kept.trimEnd()}${ellipsis}`
}

/** Lines of at most so many columns, broken between words where that is possible. */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((paragraph) => wrapLine(paragraph, columns))
}

function wrapLine(text: string, columns: number): string[] {
  const lines: string[] = []
  // What is indented stays so.
  const [margin = ''] = /^ */.exec(text) ?? []
  let line = ''
  for (const word of text.trimStart().split(/ +/u)) {
    const longer = line === '' ? `${lines.length === 0 ? margin : ''}${word}` : `${line} ${word}`
    if (widthOf(longer) <= columns) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    const parts = broken(word, columns)
    lines.push(...parts.slice(0, -1))
    line = parts.at(-1) ?? ''
  }
  return [...lines, line]
}

/** A word that is wider than the terminal, and writing without spaces. */
function broken(word: string, columns: number): string[] {
  const parts: string[] = []
  let part = ''
  let width = 0
  for (const { segment } of segmenter.segment(word)) {
    const more = widthOfSign(segment)
    if (width + more > columns && part !== '') {
      parts.push(part)
      part = ''
      width = 0
    }
    part += segment
    width += more
  }
  return [...parts, part]
}
