import { htmlOf, markupOf } from './content.js'
import { attributeOf, elementsOf, firstText, textOf, type XmlElement } from './element.js'
import { enclosuresOf } from './enclosures.js'
import { linkOf } from './links.js'
import { present, type RawEntry } from './reader.js'

/** Prefixed elements that other fields of an entry are made of. */
const structural: ReadonlySet<string> = new Set([
  'content:encoded',
  'media:content',
  'media:group',
  'media:thumbnail',
  'xhtml:body',
  'xhtml:div',
])

const wholeTextNames = ['content:encoded', 'content', 'xhtml:body', 'body', 'fullitem'] as const
const summaryNames = ['description', 'summary', 'abstract', 'dc:description'] as const

/** When an entry was published, in the order in which the elements are believed. */
const publishedNames = [
  'pubdate',
  'published',
  'issued',
  'dcterms:issued',
  'created',
  'dcterms:created',
  'dc:date',
  'dcterms:date',
] as const
const updatedNames = ['updated', 'modified', 'dcterms:modified'] as const
const dated: ReadonlySet<string> = new Set([...publishedNames, ...updatedNames])

/** An entry of RSS, Atom, RDF or CDF from its element. */
export function entryOf(
  element: XmlElement,
  keepsExtension: (name: string) => boolean = () => true,
): RawEntry {
  const entry: RawEntry = { categories: [], enclosures: enclosuresOf(element), extensions: {} }
  put(entry, 'guid', firstText(element, 'guid', 'id') ?? attributeOf(element, 'rdf:about'))
  put(entry, 'link', linkOf(element))
  put(entry, 'title', titleOf(element) ?? firstText(element, 'media:title'))
  putTexts(entry, element)
  put(entry, 'published', publishedOf(element))
  put(entry, 'updated', firstText(element, ...updatedNames) ?? attributeOf(element, 'lastmod'))
  put(entry, 'author', authorOf(element))
  for (const category of elementsOf(element, 'category')) {
    const name = attributeOf(category, 'term') ?? textOf(category)
    if (name !== undefined) entry.categories.push(name)
  }
  entry.extensions = extensionsOf(element, keepsExtension)
  return entry
}

type TextField = Exclude<keyof RawEntry, 'categories' | 'enclosures' | 'extensions'>

function put(entry: RawEntry, field: TextField, text: string | undefined): void {
  if (text !== undefined) entry[field] = text
}

/** The title of an entry or a channel: plain or HTML, decoded once. */
function titleOf(element: XmlElement): string | undefined {
  return firstMarkup(element, ['title', 'dc:title'], markupOf)
}

function publishedOf(element: XmlElement): string | undefined {
  return firstText(element, ...publishedNames)
}

/** The date that an entry is sorted by, in milliseconds; NaN for none that can be read. */
export function dateOf(element: XmlElement): number {
  const hasDate = element.children.some((node) => typeof node === 'object' && dated.has(node.name))
  if (!hasDate) return Number.NaN
  return Date.parse(publishedOf(element) ?? firstText(element, ...updatedNames) ?? '')
}

/** The fullest text is the content; of two descriptions the second one is. */
function putTexts(entry: RawEntry, element: XmlElement): void {
  const whole = firstMarkup(element, wholeTextNames, htmlOf)
  const [summary, second] = summariesOf(element)
  const content = whole ?? (second === summary ? undefined : second)
  if (content === undefined) {
    put(entry, 'content', summary ?? firstMarkup(element, ['media:description'], htmlOf))
    return
  }
  put(entry, 'content', content)
  put(entry, 'summary', summary)
}

function summariesOf(element: XmlElement): string[] {
  const summaries: string[] = []
  for (const name of summaryNames) {
    for (const node of elementsOf(element, name)) {
      const text = htmlOf(node)
      if (text !== undefined) summaries.push(text)
    }
  }
  return summaries
}

function firstMarkup(
  element: XmlElement,
  names: readonly string[],
  read: typeof markupOf,
): string | undefined {
  for (const name of names) {
    for (const node of elementsOf(element, name)) {
      const text = read(node)
      if (text !== undefined) return text
    }
  }
  return undefined
}

function authorOf(element: XmlElement): string | undefined {
  const [author] = elementsOf(element, 'author')
  const named = author && firstText(author, 'name', 'email')
  return named ?? textOf(author) ?? firstText(element, 'dc:creator', 'dc:author')
}

/** Every prefixed element, so that no wire's own is lost for being unknown, and `source`. */
function extensionsOf(
  element: XmlElement,
  keeps: (name: string) => boolean,
): RawEntry['extensions'] {
  const extensions: RawEntry['extensions'] = {}
  for (const child of element.children) {
    if (typeof child === 'string' || !isExtension(child.name)) continue
    const text = child.name === 'source' ? sourceOf(child) : textOf(child)
    if (text === undefined || !keeps(child.name)) continue
    const texts = extensions[child.name]
    if (texts) texts.push(text)
    else extensions[child.name] = [text]
  }
  return extensions
}

function isExtension(name: string): boolean {
  return name === 'source' || (name.includes(':') && !structural.has(name))
}

/** RSS names the source as text; Atom has a whole channel there. */
function sourceOf(source: XmlElement): string | undefined {
  const isAtom = source.children.some((child) => typeof child !== 'string')
  return isAtom ? titleOf(source) : textOf(source)
}

/** What the channel says of itself. */
export function channelOf(root: XmlElement): {
  title?: string
  link?: string
  language?: string
} {
  const channels = elementsOf(root, 'channel')
  const places = [...channels, root]
  const first = <T>(read: (place: XmlElement) => T | undefined) => {
    for (const place of places) {
      const value = read(place)
      if (value !== undefined) return value
    }
    return undefined
  }
  return present({
    title: first(titleOf),
    link: first(linkOf),
    language:
      first((place) => firstText(place, 'language', 'dc:language')) ??
      first((place) => attributeOf(place, 'xml:lang') ?? attributeOf(place, 'lang')),
  })
}
