/** One piece of markup in an XML text; `end` is exclusive. */
export interface Mark {
  readonly kind: 'open' | 'close' | 'empty' | 'cdata' | 'comment' | 'instruction' | 'doctype'
  /** Of an element, as written with its prefix; else empty. */
  readonly name: string
  readonly start: number
  readonly end: number
}

const fences = [
  { kind: 'comment', opens: '<!--', closes: '-->' },
  { kind: 'cdata', opens: '<![CDATA[', closes: ']]>' },
  { kind: 'instruction', opens: '<?', closes: '?>' },
] as const

/**
 * The markup of a text from left to right, each character read once: hostile text costs no more
 * than its length. Ends silently where the text breaks off; the parser is who complains.
 */
export function* marksOf(xml: string): Generator<Mark> {
  let at = 0
  while (at < xml.length) {
    const start = xml.indexOf('<', at)
    if (start < 0) return
    const mark = markAt(xml, start)
    if (!mark) return
    yield mark
    at = mark.end
  }
}

function markAt(xml: string, start: number): Mark | undefined {
  for (const { kind, opens, closes } of fences) {
    if (!xml.startsWith(opens, start)) continue
    const end = xml.indexOf(closes, start + opens.length)
    return end < 0 ? undefined : { kind, name: '', start, end: end + closes.length }
  }
  const end = tagEnd(xml, start + 1)
  if (end < 0) return undefined
  if (xml[start + 1] === '!') return { kind: 'doctype', name: '', start, end }
  if (xml[start + 1] === '/') return { kind: 'close', name: nameAt(xml, start + 2), start, end }
  const kind = xml[end - 2] === '/' ? 'empty' : 'open'
  return { kind, name: nameAt(xml, start + 1), start, end }
}

/**
 * Past the `>` that ends a tag or DOCTYPE; one within quotes or an internal subset ends nothing.
 */
function tagEnd(xml: string, from: number): number {
  let depth = 0
  for (let at = from; at < xml.length; at += 1) {
    const char = xml.charAt(at)
    if (char === '>' && depth <= 0) return at + 1
    depth += nesting[char] ?? 0
    if (char !== '"' && char !== "'") continue
    at = xml.indexOf(char, at + 1)
    if (at < 0) return -1
  }
  return -1
}

const nesting: Readonly<Record<string, number>> = { '[': 1, ']': -1 }

const namePattern = /[^\s/>]{0,200}/y

function nameAt(xml: string, at: number): string {
  namePattern.lastIndex = at
  return namePattern.exec(xml)?.[0] ?? ''
}

/** `feed` of `atom:feed`. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
