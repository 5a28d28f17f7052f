import { escapeHtml } from '@newswire/model'
import { type AnyNode, type Element, isCDATA, isTag, isText } from 'domhandler'
import { parseDocument } from 'htmlparser2'
import { assertShallow } from '../html/nesting.js'
import { isCountingPixel, withoutTracker } from './trackers.js'
import { nameOf } from './xml.js'

/** What of a document's markup is no text of the release. */
export interface MarkupRules {
  /** Elements that are left out, with all within them. */
  readonly drops: (element: Element) => boolean
  /** Elements that HTML has under another name: NITF's `hl2` is an `h3`. */
  readonly names?: Readonly<Record<string, string>>
}

const endless = new Set(['br', 'hr', 'img'])
/** These hold settings and signs, never text of the release. */
const silent = new Set(['script', 'style', 'head', 'title', 'meta', 'link', 'template'])
const attributes: Readonly<Record<string, readonly string[]>> = {
  img: ['alt', 'width', 'height'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
}

/** The nodes as HTML: trackers out of links and pictures, nothing in it that the rules drop. */
export function markupOf(
  nodes: readonly AnyNode[],
  rules: MarkupRules,
  isPreformatted = false,
): string {
  return nodes.map((node) => nodeMarkup(node, rules, isPreformatted)).join('')
}

/** HTML that came as a string, under the same rules. PermanentError where it nests without end. */
export function cleanMarkup(html: string, rules: MarkupRules): string {
  assertShallow(html)
  return markupOf(parseDocument(html).children, rules)
}

function nodeMarkup(node: AnyNode, rules: MarkupRules, isPreformatted: boolean): string {
  if (isText(node)) return escapeHtml(isPreformatted ? node.data : oneSpaced(node.data))
  if (isCDATA(node)) return markupOf(node.children, rules, isPreformatted)
  return isTag(node) ? elementMarkup(node, rules, isPreformatted) : ''
}

/** An XML file's own line ends and indents are no text. */
function oneSpaced(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ')
}

function elementMarkup(element: Element, rules: MarkupRules, isPreformatted: boolean): string {
  const local = nameOf(element).toLowerCase()
  if (silent.has(local) || rules.drops(element)) return ''
  const name = rules.names?.[local] ?? local
  if (name === 'img') return pictureMarkup(element)
  if (endless.has(name)) return `<${name}>`
  const inner = markupOf(element.children, rules, isPreformatted || name === 'pre')
  if (name === 'a') return linkMarkup(element, inner)
  return `<${name}${attributesMarkup(element, name)}>${inner}</${name}>`
}

function pictureMarkup(element: Element): string {
  const src = element.attribs['src'] ?? ''
  if (src === '' || isCountingPixel(src)) return ''
  return `<img src="${escapeHtml(src)}"${attributesMarkup(element, 'img')}>`
}

function linkMarkup(element: Element, inner: string): string {
  const href = withoutTracker(element.attribs['href'] ?? '')
  return href === undefined ? inner : `<a href="${escapeHtml(href)}">${inner}</a>`
}

function attributesMarkup(element: Element, name: string): string {
  const kept = (attributes[name] ?? []).flatMap((key) => {
    const value = element.attribs[key]
    return value === undefined ? [] : [` ${key}="${escapeHtml(value)}"`]
  })
  return kept.join('')
}
