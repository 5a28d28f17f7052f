/**
 * An element as xml2js gives it: its text alone, or an object with its text in `_`, its attributes
 * in `$` and its children as arrays by name.
 */
export type XmlNode = string | { readonly [name: string]: unknown }

/** The elements of a name, whatever rss-parser made of them. */
export function nodesOf(value: unknown): XmlNode[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.filter(isNode)
}

function isNode(value: unknown): value is XmlNode {
  return typeof value === 'string' || (typeof value === 'object' && value !== null)
}

/** The text of an element and of those within it, trimmed; undefined where there is none. */
export function textOf(value: unknown): string | undefined {
  const text = textWithin(value).trim()
  return text === '' ? undefined : text
}

/** The first text that a list of elements has. */
export function firstText(value: unknown): string | undefined {
  for (const node of nodesOf(value)) {
    const text = textOf(node)
    if (text !== undefined) return text
  }
  return undefined
}

export function textsOf(value: unknown): string[] {
  return nodesOf(value).flatMap((node) => textOf(node) ?? [])
}

export function attributeOf(node: XmlNode, name: string): string | undefined {
  if (typeof node === 'string') return undefined
  const attributes = node['$']
  if (typeof attributes !== 'object' || attributes === null) return undefined
  const value: unknown = Reflect.get(attributes, name)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

export function childrenOf(node: XmlNode, name: string): XmlNode[] {
  return typeof node === 'string' ? [] : nodesOf(node[name])
}

function textWithin(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(textWithin).join(' ')
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([name, inner]) => (name === '$' ? '' : textWithin(inner)))
    .join('')
}
