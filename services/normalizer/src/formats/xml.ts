import { PermanentError } from '@newswire/bus'
import { type AnyNode, type Document, type Element, isCDATA, isTag, isText } from 'domhandler'
import { parseDocument } from 'htmlparser2'
import { readHtml } from '../html/html.js'
import { doubleDecoded } from './double-encoded.js'
import { isDeeperThan } from './xml-depth.js'

/** Levels of nesting; a news item with a table in its text has about twenty. */
const depthMax = 200
const elementsMax = 60_000

/**
 * The root element of an XML text. Names keep their case, prefixes are looked through, entities are
 * decoded once, CDATA is text. Nothing that a DOCTYPE declares or names is ever resolved.
 * PermanentError where there is no element, or more of them than a release has.
 */
export function parseXml(text: string): Element {
  const xml = withoutHtmlEntities(doubleDecoded(text))
  if (isDeeperThan(depthMax, xml)) throw tooLarge()
  const document = parseDocument(xml, { xmlMode: true })
  assertBounded(document)
  const root = document.children.find(isTag)
  if (root) return root
  throw new PermanentError('The XML has no element; send the release as NewsML-G2, NewsML or NITF.')
}

const entity = /&([A-Za-z][A-Za-z0-9]{1,30});/g
const xmlEntities = new Set(['amp', 'lt', 'gt', 'quot', 'apos'])
/** HTML has some two thousand names, of which a release uses a few. */
const entityNamesMax = 300

/** XHTML names characters that XML itself does not know: `&nbsp;`, `&eacute;`. */
function withoutHtmlEntities(text: string): string {
  const known = new Map<string, string>()
  return text.replace(entity, (whole: string, name: string) => {
    if (xmlEntities.has(name)) return whole
    if (known.size >= entityNamesMax && !known.has(name)) return whole
    const decoded = known.get(name) ?? (name === 'nbsp' ? '\u00A0' : readHtml(whole).text)
    known.set(name, decoded)
    return /[<&]/.test(decoded) ? whole : decoded
  })
}

function tooLarge(): PermanentError {
  return new PermanentError(
    `The XML has more than ${depthMax} levels or ${elementsMax} elements; send the text alone.`,
  )
}

function assertBounded(document: Document): void {
  let level: readonly AnyNode[] = document.children
  let elements = 0
  for (let depth = 0; level.length > 0; depth += 1) {
    const inner = level.filter(isTag)
    elements += inner.length
    if (depth > depthMax || elements > elementsMax) {
      throw tooLarge()
    }
    level = inner.flatMap((element) => element.children)
  }
}

/** `headline` of `nar:headline`. */
export function nameOf(element: Element): string {
  return element.name.slice(element.name.indexOf(':') + 1)
}

export function elementsOf(parent: Element | undefined): Element[] {
  return parent?.children.filter(isTag) ?? []
}

/** The children of a name; without a parent there are none. */
export function childrenOf(parent: Element | undefined, name: string): Element[] {
  return elementsOf(parent).filter((element) => nameOf(element) === name)
}

/** The first element at the end of a path of names. */
export function at(parent: Element | undefined, ...path: readonly string[]): Element | undefined {
  let found = parent
  for (const name of path) found = childrenOf(found, name)[0]
  return found
}

/** The element itself and all within it that have the name, in document order. */
export function allOf(root: Element | undefined, name: string): Element[] {
  const found: Element[] = []
  const open: Element[] = root ? [root] : []
  for (let element = open.pop(); element; element = open.pop()) {
    if (nameOf(element) === name) found.push(element)
    for (const inner of elementsOf(element).toReversed()) open.push(inner)
  }
  return found
}

/** An attribute's value, trimmed, whatever its prefix; undefined where it is empty. */
export function attributeOf(element: Element | undefined, name: string): string | undefined {
  if (!element) return undefined
  const own = element.attribs[name] ?? prefixed(element, name)
  const value = own?.trim() ?? ''
  return value === '' ? undefined : value
}

function prefixed(element: Element, name: string): string | undefined {
  const key = Object.keys(element.attribs).find((one) => one.endsWith(`:${name}`))
  return key === undefined ? undefined : element.attribs[key]
}

/** All text within an element as one line; undefined where there is none. */
export function textOf(element: Element | undefined): string | undefined {
  const text = rawTextOf(element).replace(/\s+/g, ' ').trim()
  return text === '' ? undefined : text
}

/** What stands in these begins a line: its words never run into those before it. */
const lines = new Set(['p', 'br', 'li', 'div', 'tr', 'td', 'hl1', 'hl2', 'byttl', 'name', 'state'])

/** All text within an element as it stands. */
export function rawTextOf(element: Element | undefined): string {
  const parts: string[] = []
  const open: AnyNode[] = element ? [element] : []
  for (let node = open.pop(); node; node = open.pop()) {
    if (isText(node)) parts.push(node.data)
    if (!isTag(node) && !isCDATA(node)) continue
    if (parts.length > 0 && beginsLine(node)) parts.push(' ')
    for (const inner of node.children.toReversed()) open.push(inner)
  }
  return parts.join('')
}

function beginsLine(node: AnyNode): boolean {
  return isTag(node) && lines.has(nameOf(node))
}
