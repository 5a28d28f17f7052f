import { type DefaultTreeAdapterTypes, parseFragment, serialize } from 'parse5'
import type { FeedDocument, XmlElement } from './document.js'
import { acceptedAttributes, acceptedElements, htmlElements } from './html-names.js'

/*
 * What may stand in a text, a date, an address, a piece of HTML. Each gives the faults, in words.
 * Where the validator of the W3C has a name for the fault, the words begin with it.
 */

/** RFC 822 as the validator wants it: RFC 2822 without comments, day of the week right. */
export function dateFaults822(text: string): string[] {
  const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
  const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
  const zone = '(?:[+-]\\d{4}|UT|GMT|[ECMP][SD]T|Z)'
  const form = `^(?:${day}, )?\\d{1,2} ${month} \\d{4} \\d\\d:\\d\\d(?::\\d\\d)? ${zone}$`
  if (!new RegExp(form).test(text)) return [`InvalidRFC2822Date: ${text}`]
  const date = new Date(text)
  const right = date.toUTCString().slice(0, 3)
  if (/(?:GMT|UT|Z)$/.test(text) && text.includes(',') && !text.startsWith(right)) {
    return [`IncorrectDOW: ${text}`]
  }
  return plausible(date, text)
}

export function dateFaults3339(text: string): string[] {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/
  const date = new Date(text)
  if (!form.test(text) || Number.isNaN(date.getTime())) return [`InvalidRFC3339Date: ${text}`]
  return plausible(date, text)
}

const earliest = new Date('1990-01-01T00:00:00Z')
const aheadMs = 600_000

function plausible(date: Date, text: string): string[] {
  const isLate = date.getTime() > Date.now() + aheadMs
  return date < earliest || isLate ? [`ImplausibleDate: ${text}`] : []
}

/** An absolute address: http(s), or a URN of RFC 8141 (the old form, which is narrower). */
export function uriFaults(text: string): string[] {
  // The specific string of RFC 2141 §2.2; then the signs of RFC 3986 §2 without brackets.
  const urn = /^urn:[a-z\d][a-z\d-]{0,30}[a-z\d]:(?:[\w().,:;=@+!*$'-]|%[\da-f]{2})+$/i
  const full = /^[a-z][\w+.-]*:[\w!#$&'()*+,./:;=?@~%-]+$/i
  if (/^urn:/i.test(text)) return urn.test(text) ? [] : [`InvalidURN: ${text}`]
  if (!full.test(text)) return [`InvalidFullLink: ${text}`]
  if (/^https?:/i.test(text) && !URL.canParse(text)) return [`InvalidLink: ${text}`]
  return /^(?:https?|mailto|tag):/i.test(text) ? [] : [`SchemeNotIANARegistered: ${text}`]
}

/** The one spelling of an address that RFC 3986 §6.2.2 calls normal. */
export function canonicalFaults(text: string): string[] {
  if (!/^https?:/i.test(text) || !URL.canParse(text)) return []
  const decoded = /%(?:2[DdEe]|3\d|[46][1-9A-Fa-f]|[57][\dAa]|5[Ff]|7[Ee])/.exec(text)
  const isLower = /%(?:[a-f][\da-fA-F]|\d[a-f])/.test(text)
  const isOther = new URL(text).href !== text
  return isOther || isLower || decoded ? [`NonCanonicalURI: ${text}`] : []
}

export function languageFaults(text: string): string[] {
  return /^(?!und\b)[a-z]{2}(?:-[A-Za-z0-9]{2,8})*$/.test(text) ? [] : [`InvalidLanguage: ${text}`]
}

/** C1 signs and U+FFFD, and UTF-8 that was read as Latin-1 and written again. */
export function characterFaults(text: string): string[] {
  const c1 = [...text].filter((sign) => (sign >= '\u0080' && sign <= '\u009f') || sign === '\ufffd')
  const twice = /[\u00c2\u00c3][\u0080-\u00bf]/.test(text)
  return c1.length > 0 || twice ? [`BadCharacters: ${JSON.stringify(text.slice(0, 60))}`] : []
}

/**
 * Text that is no HTML and does not look like it. As the validator does, it lets pass what is
 * escaped with hexadecimal references in the source, as the RSS profile advises.
 */
export function plainTextFaults({ source, root }: FeedDocument, element: XmlElement): string[] {
  const { text, lines } = element
  return plainFaults(text, isEscapedInHex(source, lines), root.local === 'rss')
}

/** Of an attribute: it has no lines of its own. */
export function plainFaults(text: string, isEscaped: boolean, isRss: boolean): string[] {
  const ends = [...text.matchAll(/<\/(\w+)>/g)].map(([, name = '']) => name.toLowerCase())
  const tag = ends.find((name) => htmlElements.has(name))
  if (tag) return [`ContainsHTML: </${tag}> in ${JSON.stringify(text)}`]
  if (isEscaped) return []
  const names = [...text.matchAll(/&(#?\w+)/g)].map(([, name = '']) => name)
  const entity = names.find((name) => name.startsWith('#') || isEntity(name))
  if (entity) return [`ContainsHTML: &${entity} in ${JSON.stringify(text)}`]
  const looks = isRss && /&#[x0-9]|<[/a-zA-Z]/.test(text)
  return looks ? [`CharacterData: ${JSON.stringify(text)}`] : []
}

function isEscapedInHex(source: string, [start, end]: XmlElement['lines']): boolean {
  const rows = source.split('\n').slice(start - 1, end)
  return rows.some((row) => row.includes('&#x'))
}

/** Whether HTML knows `&name;`. */
function isEntity(name: string): boolean {
  return /\D/.test(name) ? serialize(parseFragment(`&${name};`)) !== `&amp;${name};` : true
}

/** HTML that is right by the letter, does nothing and points to whole addresses only. */
export function htmlFaults(html: string): string[] {
  const faults: string[] = []
  const tree = parseFragment(html, {
    onParseError: ({ code }) => faults.push(`NotHtml: ${code} in ${html.slice(0, 80)}`),
  })
  const written = tagsOf(html)
  const nested = tagsOf(serialize(tree))
  if (written !== nested) faults.push(`NotHtml: nested wrongly: ${written} is read as ${nested}`)
  return [...faults, ...tree.childNodes.flatMap(nodeFaults)]
}

/** Rows of a table may stand without tbody, which parsers put in. */
function tagsOf(html: string): string {
  const tags = [...html.matchAll(/<(\/?[a-z][\w:-]*)/gi)].map(([, name = '']) => name.toLowerCase())
  return tags.filter((name) => !name.endsWith('tbody')).join(' ')
}

function nodeFaults(node: DefaultTreeAdapterTypes.ChildNode): string[] {
  if (!('tagName' in node)) return []
  const { tagName, attrs, childNodes } = node
  if (!htmlElements.has(tagName)) return [`NotHtml: <${tagName}>`]
  if (!acceptedElements.has(tagName)) return [`SecurityRisk: <${tagName}>`]
  const faults = attrs.flatMap(({ name, value }) => attributeFaults(tagName, name, value))
  return [...faults, ...childNodes.flatMap(nodeFaults)]
}

function attributeFaults(tag: string, name: string, value: string): string[] {
  if (name === 'style') return [`DangerousStyleAttr: ${tag} style=${value}`]
  if (!acceptedAttributes.has(name) && !name.startsWith('data-')) {
    return [`SecurityRiskAttr: ${tag} ${name}`]
  }
  if (!['href', 'src', 'poster', 'cite', 'srcset'].includes(name)) return []
  if (!/^\w+:/.test(value.trim())) return [`ContainsRelRef: ${tag} ${name}=${value}`]
  const isActive = /^\s*(?:javascript|vbscript|data|file):/i.test(value)
  return isActive ? [`SecurityRisk: ${tag} ${name}=${value}`] : []
}

/** RFC 6838 §4.2, without parameters. */
export const mediaTypeForm = /^[a-z\d][\w!#$&^.+-]{0,126}\/[a-z\d][\w!#$&^.+-]{0,126}$/i

export function emailFaults(text: string): string[] {
  return /<[\w.+'-]+@(?:[\w-]+\.)+[\w-]+>/.test(text) ? [`ContainsEmail: ${text}`] : []
}

/** Values that stand more than once. */
export function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))]
}
