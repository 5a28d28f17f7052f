import { SaxesParser } from 'saxes'

/** An element as a strict parser read it. */
export interface XmlElement {
  /** As written, with its prefix. */
  readonly name: string
  readonly local: string
  /** Its namespace; empty for none. */
  readonly uri: string
  /** Attributes by name as written, declarations of namespaces left out. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** Its own text, not its children's; white space at the ends is cut. */
  readonly text: string
  /** Of the source, from 1: where its start tag and its end tag end. */
  readonly lines: readonly [start: number, end: number]
  /** The nearest xml:lang; empty where none is set. */
  readonly language: string
}

/** What a validator sees of one answer. */
export interface FeedDocument {
  readonly root: XmlElement
  /** Prefix and namespace of every declaration, in the order of the document. */
  readonly namespaces: readonly (readonly [prefix: string, uri: string])[]
  readonly source: string
  /** The address that was asked. */
  readonly url: string
  /** The field Content-Type. */
  readonly mediaType: string
}

/** One rule: a sentence for each place where the document breaks it. */
export type Rule = (document: FeedDocument) => readonly string[]

interface OpenElement extends XmlElement {
  readonly children: XmlElement[]
  text: string
  lines: [number, number]
}

/**
 * Reads XML 1.0 with namespaces.
 *
 * @throws Error with line and column where the text is not well-formed.
 */
export function readXml(source: string): Pick<FeedDocument, 'root' | 'namespaces' | 'source'> {
  const parser = new SaxesParser({ xmlns: true })
  const open: OpenElement[] = []
  const namespaces: [string, string][] = []
  let root: XmlElement | undefined
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, local, uri, ns, attributes }) => {
    namespaces.push(...Object.entries(ns))
    const all = Object.values(attributes)
    const own = all.filter((each) => each.name !== 'xmlns' && each.prefix !== 'xmlns')
    const language = all.find((each) => each.name === 'xml:lang')?.value
    const element: OpenElement = {
      ...{ name, local, uri, children: [], text: '', lines: [parser.line, parser.line] },
      attributes: new Map(own.map((each) => [each.name, each.value])),
      language: language ?? open.at(-1)?.language ?? '',
    }
    open.at(-1)?.children.push(element)
    open.push(element)
    root ??= element
  })
  const addText = (text: string) => {
    const element = open.at(-1)
    if (element) element.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const element = open.pop()
    if (!element) return
    element.text = element.text.trim()
    element.lines = [element.lines[0], parser.line]
  })
  parser.write(source).close()
  if (!root) throw new Error('The document has no element.')
  return { root, namespaces, source }
}

/** Asks for a feed and reads its answer; the address is the one that was served in the end. */
export async function askFeed(url: string): Promise<FeedDocument> {
  const answer = await fetch(url)
  const source = await answer.text()
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${source.slice(0, 300)}`)
  const mediaType = answer.headers.get('content-type') ?? ''
  return { ...readXml(source), url: answer.url, mediaType }
}

/** The element and all below it, in document order. */
export function everyElement(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap(everyElement)]
}

/** Children of one name, by local name and namespace. */
export function childrenOf(element: XmlElement, local: string, uri = element.uri): XmlElement[] {
  return element.children.filter((child) => child.local === local && child.uri === uri)
}

/** Namespaces that feeds use, by the prefix that validators and readers expect. */
export const namespaceUris = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  dcterms: 'http://purl.org/dc/terms/',
  fh: 'http://purl.org/syndication/history/1.0',
  media: 'http://search.yahoo.com/mrss/',
  sy: 'http://purl.org/rss/1.0/modules/syndication/',
  thr: 'http://purl.org/syndication/thread/1.0',
  georss: 'http://www.georss.org/georss',
} as const

/** Tombstones (RFC 6721) have a namespace that the validator of the W3C does not know. */
export const tombstoneUri = 'http://purl.org/atompub/tombstones/1.0'
