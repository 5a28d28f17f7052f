import { stripIllegal } from '../decode/legal.js'
import { attributeOf, textOf, type XmlElement } from './element.js'
import { withAddresses } from './relative.js'

const markupTypes = /^(?:xhtml|xml|application\/xhtml\+xml|application\/xml|text\/xml)$/
const plainTypes = /^(?:text|plain|text\/plain)$/
const textTypes = /^(?:text|plain|html|xhtml|xml|escaped)$|^text\/|[+/]xml$/
const base64Pattern = /^[\sA-Za-z\d+/=]*$/

/** Names in the namespace of XHTML and without one read the same in markup. */
const localName = (name: string) => name.slice(name.indexOf(':') + 1)

/**
 * The text or HTML that an element carries, by its `type` and `mode`: escaped HTML decoded once,
 * XHTML as markup without Atom's wrapper (RFC 4287 section 3.1.1), base64 decoded. Markup that
 * stands naked in an element for escaped text is taken as it is meant.
 */
export function markupOf(element: XmlElement | undefined): string | undefined {
  if (element === undefined) return undefined
  const type = (attributeOf(element, 'type') ?? '').toLowerCase()
  if (isBase64(element, type)) return fromBase64(textOf(element))
  if (!element.children.some((child) => typeof child !== 'string')) {
    const text = textOf(element)
    return text === undefined || plainTypes.test(type) ? text : withAddresses(text, element.base)
  }
  const isMarkup = markupTypes.test(type)
  const markup = serialised(isMarkup ? unwrapped(element) : element, isMarkup).trim()
  return markup === '' ? undefined : withAddresses(markup, element.base)
}

/** As `markupOf`, for a place that holds HTML: text that only looks like markup is escaped. */
export function htmlOf(element: XmlElement | undefined): string | undefined {
  const text = markupOf(element)
  if (text === undefined || element === undefined) return text
  const isPlain = plainTypes.test((attributeOf(element, 'type') ?? '').toLowerCase())
  return isPlain ? escapedWhereMarkup(text) : text
}

/** Plain text for a place that may hold HTML. */
export function escapedWhereMarkup(text: string): string {
  return /<[a-z!/]|&#?\w+;/i.test(text) ? escaped(text) : text
}

function isBase64(element: XmlElement, type: string): boolean {
  if (attributeOf(element, 'mode')?.toLowerCase() === 'base64') return true
  return type.includes('/') && !textTypes.test(type)
}

function fromBase64(text: string | undefined): string | undefined {
  if (text === undefined || !base64Pattern.test(text)) return text
  const decoded = new TextDecoder('utf-8').decode(Buffer.from(text, 'base64'))
  return decoded.includes('\uFFFD') ? text : stripIllegal(decoded).trim()
}

/** Without the `div` that only holds the rest together. */
function unwrapped(element: XmlElement): XmlElement {
  const whole = element.children.filter((child) => typeof child !== 'string' || child.trim() !== '')
  const [only] = whole
  const isWrapper = whole.length === 1 && typeof only === 'object' && localName(only.name) === 'div'
  return isWrapper ? only : element
}

/** Text is escaped from the first element on: what stands before it was escaped by its author. */
function serialised({ children }: XmlElement, isMarkup: boolean): string {
  let isWithinMarkup = isMarkup
  const parts: string[] = []
  for (const child of children) {
    if (typeof child === 'string') {
      parts.push(isWithinMarkup ? escaped(child) : child)
      continue
    }
    isWithinMarkup = true
    parts.push(tagged(child))
  }
  return parts.join('')
}

function tagged(element: XmlElement): string {
  const name = localName(element.name)
  const attributes = Object.entries(element.attributes)
    .filter(([attribute]) => !attribute.startsWith('xml'))
    .map(([attribute, value]) => ` ${attribute}="${escaped(value).replace(/"/g, '&quot;')}"`)
    .join('')
  if (element.children.length === 0) return `<${name}${attributes}/>`
  return `<${name}${attributes}>${serialised(element, true)}</${name}>`
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
