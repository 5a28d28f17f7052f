import { type Evidence, type Item, type Tag, textOf } from './shapes.js'

/** The name under which the style paints what is marked. */
const highlightName = 'newswire-evidence'

interface Letters {
  /** What is written below an element, without white space. */
  readonly text: string
  /** For each of its units where it stands. */
  readonly at: readonly { readonly node: Text; readonly offset: number }[]
}

const space = /\s/u

/** The page breaks lines where the text has blanks: only what is no white space is compared. */
function lettersOf(root: Element): Letters {
  const at: { node: Text; offset: number }[] = []
  let text = ''
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue
    for (let offset = 0; offset < node.data.length; offset += 1) {
      const unit = node.data.charAt(offset)
      if (space.test(unit)) continue
      text += unit
      at.push({ node, offset })
    }
  }
  return { text, at }
}

function bare(text: string): string {
  return text.replace(/\s+/gu, '')
}

/** Where the words of a tag stand in the page. */
export function rangesOf(tag: Tag, item: Item): Range[] {
  const headline = document.querySelector('.release h1')
  const body = document.querySelector('.release .text')
  const letters = new Map<string, Letters>()
  if (headline) letters.set('headline', lettersOf(headline))
  if (body) letters.set('text', lettersOf(body))
  const fields = new Map([
    ['headline', item.headlines.find(({ role }) => role === 'main')?.value ?? ''],
    ['text', textOf(item)],
  ])
  return tag.evidence.flatMap((evidence) => {
    const shown = letters.get(evidence.field)
    const field = fields.get(evidence.field)
    return shown && field !== undefined ? (rangeOf(evidence, field, shown) ?? []) : []
  })
}

/** Undefined where the page has not these words: its markup may hold more or less than the text. */
function rangeOf({ start, end }: Evidence, field: string, { text, at }: Letters) {
  const words = bare(field.slice(start, end))
  if (words === '') return undefined
  const wanted = bare(field.slice(0, start)).length
  const found = text.startsWith(words, wanted) ? wanted : nearest(text, words, wanted)
  const first = at[found]
  const last = at[found + words.length - 1]
  if (!first || !last) return undefined
  const range = document.createRange()
  range.setStart(first.node, first.offset)
  range.setEnd(last.node, last.offset + 1)
  return range
}

function nearest(text: string, words: string, wanted: number): number {
  const after = text.indexOf(words, wanted)
  const before = text.lastIndexOf(words, wanted)
  if (after < 0 || (before >= 0 && wanted - before < after - wanted)) return before
  return after
}

/** Marks the words of a tag in the text; of none where there is no tag. */
export function mark(ranges: readonly Range[]): void {
  // An old browser has no highlights: the list of words beside the text tells the same.
  if (typeof CSS === 'undefined' || !('highlights' in CSS)) return
  if (ranges.length === 0) CSS.highlights.delete(highlightName)
  else CSS.highlights.set(highlightName, new Highlight(...ranges))
}
