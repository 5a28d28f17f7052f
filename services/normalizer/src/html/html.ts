import { Parser } from 'htmlparser2'
import { cleanText, oneLine } from '../text/characters.js'
import { assertShallow } from './nesting.js'

const paragraphTags = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol table pre blockquote section article header footer div figure dl hr'.split(
    ' ',
  ),
)
const lineTags = new Set(['br', 'li', 'tr', 'dt', 'dd', 'figcaption', 'caption'])
/** What stands inside of these is never text. */
const silentTags = new Set(
  'script style template noscript iframe object svg math head title textarea select'.split(' '),
)
/** A smaller picture counts visits. */
const pictureSidePxMin = 3

export interface HtmlContents {
  /** Paragraphs parted by a blank line, list items and rows on lines of their own. */
  text: string
  /** Targets of links, in document order. */
  hrefs: string[]
  images: { url: string; caption: string | undefined }[]
}

/**
 * One pass over HTML, however broken: its text by block structure, its links and pictures.
 * PermanentError where it is nested without end.
 */
export function readHtml(html: string): HtmlContents {
  assertShallow(html)
  const writer = new BlockWriter()
  const hrefs: string[] = []
  const images: HtmlContents['images'] = []
  const parser = new Parser({
    onopentag: (name, attributes) => {
      writer.open(name)
      if (name === 'a' && attributes['href']) hrefs.push(attributes['href'].trim())
      if (name === 'img' && isPicture(attributes)) {
        images.push({ url: attributes['src'] ?? '', caption: attributes['alt'] || undefined })
      }
    },
    ontext: (text) => writer.text(text),
    onclosetag: (name) => writer.close(name),
  })
  parser.end(html)
  return { text: writer.result(), hrefs, images }
}

/**
 * The HTML without the words of some lines of its text; `dropped` numbers the lines that are not
 * empty. Tags stay, since they may reach beyond the line: the sanitiser takes what is left empty.
 */
export function dropLines(html: string, dropped: ReadonlySet<number>): string {
  const writer = new BlockWriter()
  const kept: string[] = []
  let from = 0
  const drop = () => {
    kept.push(html.slice(from, parser.startIndex))
    from = parser.endIndex + 1
  }
  const parser: Parser = new Parser({
    onopentag: (name) => {
      const line = writer.lines
      writer.open(name)
      if (name === 'br' && writer.lines > line && dropped.has(line)) drop()
    },
    ontext: (text) => {
      const first = writer.lines
      writer.text(text)
      // Preformatted text may be several lines: it goes if all of them do.
      if (isRangeIn(first, writer.lastLine, dropped)) drop()
    },
    onclosetag: (name) => writer.close(name),
  })
  parser.end(html)
  return kept.join('') + html.slice(from)
}

function isRangeIn(first: number, last: number, numbers: ReadonlySet<number>): boolean {
  if (last < first) return false
  for (let number = first; number <= last; number += 1) if (!numbers.has(number)) return false
  return true
}

/** A tag or an entity may begin here: an `&` before a space is only an `&`. */
const markup = /<|&[#\p{L}]/u

/** The text of a piece that may be HTML or plain. */
export function plainText(piece: string): string {
  return markup.test(piece) ? readHtml(piece).text : cleanText(piece).trim()
}

function isPicture(attributes: Record<string, string>): boolean {
  const sides = [attributes['width'], attributes['height']].filter((side) => side !== undefined)
  return attributes['src'] !== undefined && !sides.some((side) => Number(side) < pictureSidePxMin)
}

/** Text pieces and the breaks between them. */
class BlockWriter {
  #parts: string[] = []
  #line = ''
  #silent = 0
  #preformatted = 0
  /** How many lines are finished, the empty ones left out. */
  lines = 0

  /** The number of the last line that has words so far. */
  get lastLine(): number {
    return this.#line.trim() === '' ? this.lines - 1 : this.lines
  }

  open(name: string): void {
    if (silentTags.has(name)) this.#silent += 1
    if (name === 'pre') this.#preformatted += 1
    this.#breakAt(name)
    if (name === 'td' || name === 'th') this.#line += ' '
    if (name === 'li') this.#line += '• '
  }

  close(name: string): void {
    if (silentTags.has(name)) this.#silent = Math.max(0, this.#silent - 1)
    if (name === 'pre') this.#preformatted = Math.max(0, this.#preformatted - 1)
    if (name !== 'br') this.#breakAt(name)
  }

  text(text: string): void {
    if (this.#silent > 0) return
    const lines = this.#preformatted > 0 ? text.split('\n') : [text]
    for (const [index, line] of lines.entries()) {
      if (index > 0) this.#endLine()
      this.#line += line
    }
  }

  result(): string {
    this.#endLine()
    return this.#parts
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  }

  #breakAt(name: string): void {
    if (paragraphTags.has(name)) {
      this.#endLine()
      if (this.#parts.at(-1) !== '') this.#parts.push('')
    } else if (lineTags.has(name)) this.#endLine()
  }

  #endLine(): void {
    const line = oneLine(this.#line)
    if (line !== '' && line !== '•') {
      this.#parts.push(line)
      this.lines += 1
    }
    this.#line = ''
  }
}

const inlineTag =
  /<\/?(?:a|abbr|b|big|cite|code|del|em|font|i|ins|mark|q|s|small|span|strike|strong|style|sub|sup|u)(?:\s[^<>]{0,500})?\/?>/giu
const blockTag =
  /<\/?(?:br|center|div|h[1-6]|hr|img|li|ol|p|script|table|td|tr|ul)(?:\s[^<>]{0,500})?\/?>/giu

/** With its markup; what is longer is no title, and is sent away as one. */
const titleCharsMax = 50_000

/**
 * A title as one line of text: entities decoded once, tags stripped. Only what is a tag by name
 * counts as one, since titles hold `<` and `>` as signs.
 */
export function titleText(given: string): string {
  const title = given.slice(0, titleCharsMax)
  if (!markup.test(title)) return oneLine(title)
  const decoded = readHtml(withoutTags(title).replace(/</g, '&lt;')).text
  return oneLine(withoutTags(decoded))
}

function withoutTags(title: string): string {
  return title.replace(inlineTag, '').replace(blockTag, ' ')
}
