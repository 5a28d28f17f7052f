import { attributeOf, elementsOf, firstText, type XmlElement } from './element.js'
import { hrefOf, relatedLinks } from './links.js'
import { present, type RawEntry } from './reader.js'

type Enclosure = RawEntry['enclosures'][number]

/** Files that belong to an entry: RSS and Atom enclosures, Media RSS alone and in groups. */
export function enclosuresOf(entry: XmlElement): Enclosure[] {
  const groups = elementsOf(entry, 'media:group')
  return [
    ...elementsOf(entry, 'enclosure').flatMap((node) => enclosureOf(node) ?? []),
    ...relatedLinks(entry, 'enclosure').flatMap((node) => enclosureOf(node) ?? []),
    ...mediaOf(entry, undefined),
    ...groups.flatMap((group) => mediaOf(group, group)),
  ]
}

/** What a group says of all its files counts for each that says nothing itself. */
function mediaOf(parent: XmlElement, group: XmlElement | undefined): Enclosure[] {
  return elementsOf(parent, 'media:content').flatMap((node) => enclosureOf(node, group) ?? [])
}

function enclosureOf(node: XmlElement, group?: XmlElement): Enclosure | undefined {
  const url = node.name === 'media:content' ? mediaUrlOf(node) : hrefOf(node)
  if (url === undefined) return undefined
  const said = (...names: readonly string[]) =>
    firstText(node, ...names) ?? (group && firstText(group, ...names))
  return {
    url,
    ...present({
      type: attributeOf(node, 'type'),
      caption: said('media:description', 'media:title'),
      credit: said('media:credit'),
    }),
  }
}

/** The text of `media:content` is its description, never its address. */
function mediaUrlOf(node: XmlElement): string | undefined {
  return attributeOf(node, 'url') === undefined ? undefined : hrefOf(node)
}
