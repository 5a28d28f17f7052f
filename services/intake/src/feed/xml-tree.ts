import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { resolved, type XmlElement } from './element.js'
import { FeedError } from './feed-error.js'
import { type NamespaceScope, outermostScope, scopeWithin, settledName } from './namespaces.js'
import type { ReadLimits } from './reader.js'
import { withoutReferences } from './references.js'

interface TreeOptions {
  /** Where the feed was found. */
  readonly base: string
  readonly limits: Pick<ReadLimits, 'depthMax' | 'entryTagsMax' | 'attributesMax'>
  /** Gets each entry once it is whole; the tree does not keep it. */
  readonly onEntry: (entry: XmlElement) => void
}

interface Tree {
  readonly root: XmlElement | undefined
  readonly isCut: boolean
  readonly broken?: XmlElement
}

interface Frame {
  readonly element: XmlElement
  readonly scope: NamespaceScope
}

const entryNames: ReadonlySet<string> = new Set(['item', 'entry'])
/** Their own text is only the space between elements. */
const structuralNames: ReadonlySet<string> = new Set([
  ...entryNames,
  'rss',
  'rdf:rdf',
  'channel',
  'feed',
])
const noAttributes: Readonly<Record<string, string>> = Object.freeze({})

/**
 * Reads XML as a stream that never refuses a fault: what is not closed closes with its parent, an
 * entry also where the next one begins. `isCut` tells that the text ends within the feed; `broken`
 * is the entry that it ends in, which `onEntry` does not get. FeedError where a limit is passed.
 */
export function readTree(xml: string, options: TreeOptions): Tree {
  const builder = new TreeBuilder(xml, options)
  // Without `end()`, which would hand out what is open as if it were whole.
  new Tokenizer({ xmlMode: true, decodeEntities: false }, builder).write(xml)
  const isRootClosing = builder.depth === 1 && /<\/[^<>]{0,80}$/.test(xml.slice(-100))
  const { root, openEntry } = builder
  const isCut = builder.isCut && !isRootClosing
  return { root, isCut, ...(openEntry === undefined ? {} : { broken: openEntry }) }
}

/** What htmlparser2's tokenizer calls; the methods have its names and get places in the text. */
class TreeBuilder implements TokenizerCallbacks {
  root: XmlElement | undefined
  readonly #xml: string
  readonly #options: TreeOptions
  readonly #frames: Frame[] = []
  /** How many of a name are open: an end tag without its element must cost nothing. */
  readonly #open = new Map<string, number>()
  #hasEntryOpen = false
  /** The default namespace of the open entry. */
  #entryUri: string | undefined
  #tags = 0
  #tag = ''
  #attributes: [name: string, value: string][] = []

  constructor(xml: string, options: TreeOptions) {
    this.#xml = xml
    this.#options = options
  }

  get depth(): number {
    return this.#frames.length
  }

  get openEntry(): XmlElement | undefined {
    return this.#frames.find(({ element }) => entryNames.has(element.name))?.element
  }

  /** Where RSS has closed its channel only the last tag is missing, and no entry. */
  get isCut(): boolean {
    const [outer, inner] = this.#frames
    if (outer === undefined) return this.root === undefined
    return inner !== undefined || outer.element.name !== 'rss' || !hasChannel(outer.element)
  }

  onopentagname(start: number, end: number): void {
    const { entryTagsMax } = this.#options.limits
    this.#tag = this.#xml.slice(start, end)
    this.#attributes = []
    this.#tags += 1
    if (this.#tags > entryTagsMax) {
      throw new FeedError(`One entry of the feed has more than ${entryTagsMax} tags.`)
    }
  }

  onattribname(start: number, end: number): void {
    const { attributesMax } = this.#options.limits
    this.#attributes.push([this.#xml.slice(start, end), ''])
    if (this.#attributes.length > attributesMax) {
      throw new FeedError(`A tag of the feed has more than ${attributesMax} attributes.`)
    }
  }

  onattribdata(start: number, end: number): void {
    const attribute = this.#attributes.at(-1)
    if (attribute) attribute[1] += this.#xml.slice(start, end)
  }

  onopentagend(): void {
    if (this.#frames.length >= this.#options.limits.depthMax) {
      throw new FeedError(`The feed is nested deeper than ${this.#options.limits.depthMax} levels.`)
    }
    const tag = this.#tag
    const outer = this.#frames.at(-1)?.scope ?? outermostScope()
    const hasAttributes = this.#attributes.length > 0
    const scope = hasAttributes ? scopeWithin(outer, this.#attributes) : outer
    const name = this.#nameOf(tag, scope)
    if (entryNames.has(name)) this.#beginEntry(scope)
    const parent = this.#frames.at(-1)?.element
    const attributes = hasAttributes ? attributesOf(this.#attributes, scope) : noAttributes
    const base = baseWithin(parent?.base ?? this.#options.base, attributes)
    const element: XmlElement = { name, attributes, base, children: [] }
    this.root ??= element
    if (!entryNames.has(name)) parent?.children.push(element)
    this.#frames.push({ element, scope })
    this.#open.set(name, (this.#open.get(name) ?? 0) + 1)
  }

  onselfclosingtag(): void {
    this.onopentagend()
    this.#close()
  }

  onclosetag(start: number, end: number): void {
    const top = this.#frames.at(-1)
    if (top === undefined) return
    const tag = this.#xml.slice(start, end)
    // An element of another vocabulary that is not closed holds up no end of an entry.
    for (const name of [this.#nameOf(tag, top.scope), settledName(tag, top.scope)]) {
      if (this.#closeDownTo(name)) return
    }
  }

  ontext(start: number, end: number): void {
    this.#addText(start, end, withoutReferences)
  }

  oncdata(start: number, end: number, offset: number): void {
    this.#addText(start, end - offset, (text) => text)
  }

  onattribend(): void {}
  onattribentity(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  ontextentity(): void {}
  onend(): void {}

  #addText(start: number, end: number, read: (text: string) => string): void {
    const element = this.#frames.at(-1)?.element
    if (element === undefined || structuralNames.has(element.name)) return
    element.children.push(read(this.#xml.slice(start, end)))
  }

  #closeDownTo(name: string): boolean {
    const count = this.#open.get(name) ?? 0
    if (count === 0) return false
    while (this.#open.get(name) === count) this.#close()
    return true
  }

  /** Within an entry the `item` of another vocabulary, told by its default namespace, is none. */
  #nameOf(tag: string, scope: NamespaceScope): string {
    const name = settledName(tag, scope)
    if (!this.#hasEntryOpen || !entryNames.has(name)) return name
    const uri = tag.includes(':') ? this.#entryUri : scope.uris['']
    return uri === this.#entryUri || !uri ? name : `foreign:${name}`
  }

  #beginEntry(scope: NamespaceScope): void {
    while (this.#hasEntryOpen) this.#close()
    this.#entryUri = scope.uris['']
    this.#hasEntryOpen = true
    this.#tags = 0
  }

  #close(): void {
    const element = this.#frames.pop()?.element
    if (element === undefined) return
    const count = this.#open.get(element.name) ?? 0
    if (count > 1) this.#open.set(element.name, count - 1)
    else this.#open.delete(element.name)
    if (!entryNames.has(element.name)) return
    this.#hasEntryOpen = false
    this.#tags = 0
    this.#options.onEntry(element)
  }
}

function hasChannel(root: XmlElement): boolean {
  return root.children.some((child) => typeof child !== 'string' && child.name === 'channel')
}

function attributesOf(
  written: readonly (readonly [name: string, value: string])[],
  scope: NamespaceScope,
): Record<string, string> {
  const attributes = Object.create(null) as Record<string, string>
  for (const [name, value] of written) {
    const known = (name.includes(':') ? settledName(name, scope) : name).toLowerCase()
    // Of two attributes of a name the first one counts.
    attributes[known] ??= withoutReferences(value)
  }
  return attributes
}

/** Within `xml:base` (CDF writes `BASE`) addresses are relative to it, if it is one of the web. */
function baseWithin(outer: string, attributes: Readonly<Record<string, string>>): string {
  const given = attributes['xml:base'] ?? attributes['base']
  if (given === undefined) return outer
  const base = resolved(given, outer)
  return base !== undefined && /^https?:/i.test(base) ? base : outer
}
