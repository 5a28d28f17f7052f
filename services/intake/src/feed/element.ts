/** An element of a feed; `name` is told by its namespace (`title`, `dc:date`, `xhtml:div`). */
export interface XmlElement {
  readonly name: string
  /** By lower-case name; `rdf:about`, `xml:base`. References are decoded. */
  readonly attributes: Readonly<Record<string, string>>
  /** What relative addresses within it are relative to. */
  readonly base: string
  /** Text with its references decoded, and elements, in document order. */
  readonly children: (string | XmlElement)[]
}

export function elementsOf(parent: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = []
  for (const child of parent.children) {
    if (typeof child !== 'string' && child.name === name) found.push(child)
  }
  return found
}

/** The text of an element and of those within it, trimmed; undefined where there is none. */
export function textOf(element: XmlElement | undefined): string | undefined {
  if (element === undefined) return undefined
  const [only] = element.children
  const isPlain = element.children.length === 1 && typeof only === 'string'
  const text = (isPlain ? only : textWithin(element)).trim()
  return text === '' ? undefined : text
}

function textWithin({ children }: XmlElement): string {
  return children
    .map((child) => (typeof child === 'string' ? child : ` ${textWithin(child)} `))
    .join('')
}

/** The first text that an element of one of these names has, in the order of the names. */
export function firstText(parent: XmlElement, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    for (const child of parent.children) {
      if (typeof child === 'string' || child.name !== name) continue
      const text = textOf(child)
      if (text !== undefined) return text
    }
  }
  return undefined
}

export function attributeOf(element: XmlElement, name: string): string | undefined {
  const value = element.attributes[name]?.trim()
  return value === '' ? undefined : value
}

/** An address against the one that it is relative to; what is no address stays as it stands. */
export function resolved(address: string | undefined, base: string): string | undefined {
  const text = address?.trim()
  if (text === undefined || text === '') return undefined
  if (/^https?:\/\//i.test(text) || URL.canParse(text)) return text
  return URL.canParse(text, base) ? new URL(text, base).href : text
}
