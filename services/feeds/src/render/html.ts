import { escapeHtml } from '@newswire/model'
import {
  blocks,
  headings,
  hidden,
  inline,
  parents,
  tableParts,
  voids,
  walls,
} from './html-shape.js'
import { webAddress } from './web-address.js'

// No part of a match crosses a `<`, so hostile text costs one pass and no more.
const pieces =
  /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][a-z0-9]*)((?:[^"'<>]|"[^"<]*"|'[^'<]*')*)>|[^<]+|</gi
const attributes = /([a-z][a-z-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)'|([^\s"'<>]+))/gi
const reference = /&(?:(amp|lt|gt|quot|apos|nbsp);|#(\d{1,7});|#x([0-9a-f]{1,6});)|&/gi

/** How deep elements may stand in each other; deeper tags go, their text stays. */
const depthMax = 100

/**
 * HTML that parses without an error (HTML, section 13.2) and holds nothing that runs, whatever
 * comes in: every element of a short list, closed, where it may stand; links absolute, http(s) or
 * mailto; no other attribute but `colspan` and `rowspan`. Items are sanitised when they are
 * normalised; this keeps the feed right where that has let something through or was older.
 */
export function tidyHtml(html: string): string {
  const page = new Page()
  for (const [piece, slash, tag, attribute = ''] of html.matchAll(pieces)) {
    if (tag !== undefined) page.tag(tag.toLowerCase(), slash === '/', attribute)
    else if (!piece.startsWith('<!--')) page.text(piece)
  }
  return page.end()
}

class Page {
  #written = ''
  readonly #open: string[] = []
  /** The element whose content is left out, or none. */
  #hiding = ''

  tag(name: string, isEnd: boolean, attribute: string): void {
    if (this.#hiding !== '') {
      if (isEnd && name === this.#hiding) this.#hiding = ''
    } else if (isEnd) this.#close(name)
    else if (hidden.has(name)) this.#hiding = name
    else this.#openTag(name, attribute)
  }

  text(piece: string): void {
    if (this.#hiding !== '') return
    if (piece.trim() !== '') this.#enterCell()
    this.#written += textOf(piece)
  }

  #openTag(name: string, attribute: string): void {
    if (!blocks.has(name) && !inline.has(name)) return
    if (this.#open.length >= depthMax || (name === 'a' && this.#open.includes('a'))) return
    if (parents[name] !== undefined) {
      if (!this.#enter(name)) return
    } else this.#makeRoom(name)
    this.#start(name, attribute)
  }

  #close(name: string): void {
    const at = this.#open.lastIndexOf(name)
    if (at < 0) return
    const within = this.#open.slice(at + 1)
    if (!parents[name] && name !== 'table' && within.some((each) => walls.has(each))) return
    this.#closeDownTo(at)
  }

  end(): string {
    this.#closeDownTo(0)
    return this.#written
  }

  #start(name: string, attribute: string): void {
    this.#written += `<${name}${attributesOf(name, attribute)}>`
    if (!voids.has(name)) this.#open.push(name)
  }

  #closeDownTo(depth: number): void {
    while (this.#open.length > depth) this.#written += `</${this.#open.pop()}>`
  }

  /** A part of a table closes what stands open in the table until it fits; else it is left out. */
  #enter(name: string): boolean {
    const { in: wanted, missing } = parents[name] ?? { in: [] }
    const table = this.#open.lastIndexOf('table')
    if (table < 0) return false
    const at = this.#open.findLastIndex((each, index) => index >= table && wanted.includes(each))
    if (at >= 0) {
      this.#closeDownTo(at + 1)
      return true
    }
    if (missing === undefined || !this.#enter(missing)) return false
    this.#start(missing, '')
    return true
  }

  /** What is no part of a table and comes in between its parts gets a cell. */
  #enterCell(): void {
    const current = this.#open.at(-1) ?? ''
    if (!tableParts.has(current)) return
    if (current !== 'tr') this.#start('tr', '')
    this.#start('td', '')
  }

  /** Closes what may not stand around a new element. */
  #makeRoom(name: string): void {
    this.#enterCell()
    if (inline.has(name)) return
    this.#closeNearest((each) => each === 'p')
    if (headings.has(name)) this.#closeNearest((each) => headings.has(each))
    if (name === 'li') this.#closeNearest((each) => each === 'li', ['ul', 'ol'])
  }

  #closeNearest(isIt: (name: string) => boolean, stops: readonly string[] = []): void {
    const at = this.#open.findLastIndex(isIt)
    const stop = this.#open.findLastIndex((each) => walls.has(each) || stops.includes(each))
    if (at > stop) this.#closeDownTo(at)
  }
}

/** References that every reader knows stay; every other `&` is a sign like others. */
function textOf(piece: string): string {
  if (!/[&<>]/.test(piece)) return piece
  const kept = piece.replace(reference, (match, named, decimal, hex) => {
    if (named) return match.toLowerCase()
    if (match === '&') return '&amp;'
    const code = Number.parseInt(decimal ?? hex, decimal ? 10 : 16)
    return isCharacter(code) ? escapeHtml(String.fromCodePoint(code)) : ''
  })
  return kept.replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a
  if (code > 0x10_ffff || (code >= 0x7f && code < 0xa0)) return false
  return !/\p{Surrogate}|\p{Noncharacter_Code_Point}|\ufffd/u.test(String.fromCodePoint(code))
}

function attributesOf(name: string, attribute: string): string {
  if (attribute === '' || (name !== 'a' && name !== 'td' && name !== 'th')) return ''
  let written = ''
  const seen = new Set<string>()
  for (const [, key = '', double, single, bare] of attribute.matchAll(attributes)) {
    const kept = attributeOf(name, key.toLowerCase(), double ?? single ?? bare ?? '')
    if (kept === undefined || seen.has(key.toLowerCase())) continue
    seen.add(key.toLowerCase())
    written += ` ${key.toLowerCase()}="${kept}"`
  }
  return written
}

function attributeOf(name: string, key: string, value: string): string | undefined {
  if (name === 'a' && key === 'href') return linkOf(value)
  if (name === 'a' && key === 'rel') return /^[a-z ]+$/.test(value) ? value : undefined
  const isCell = name === 'td' || name === 'th'
  if (isCell && (key === 'colspan' || key === 'rowspan')) {
    return /^[1-9]\d{0,2}$/.test(value) ? value : undefined
  }
  return undefined
}

function linkOf(value: string): string | undefined {
  const plain = value.includes('&') ? plainOf(value) : value
  if (/^mailto:[\w.%+-]+@[\w.-]+$/i.test(plain)) return plain
  const address = webAddress(plain)
  return address === undefined ? undefined : escapeHtml(address)
}

function plainOf(value: string): string {
  return value
    .replace(/&#(\d{1,7});|&#x([0-9a-f]{1,6});/gi, (_, decimal, hex) =>
      characterOf(Number.parseInt(decimal ?? hex, decimal ? 10 : 16)),
    )
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function characterOf(code: number): string {
  return isCharacter(code) ? String.fromCodePoint(code) : ''
}
