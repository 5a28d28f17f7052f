import { attributeOf, elementsOf, firstText, resolved, textOf, type XmlElement } from './element.js'

/**
 * The page of an entry or a channel: the text of `link`, else Atom's alternate that a browser can
 * show, else a guid that is an address and not said to be none, else any alternate, CDF's HREF, the
 * place of Atom's content.
 */
export function linkOf(element: XmlElement): string | undefined {
  const links = elementsOf(element, 'link')
  return (
    textLinkOf(links) ??
    alternateOf(links, isPage) ??
    permalinkOf(element) ??
    alternateOf(links, () => true) ??
    resolved(attributeOf(element, 'href'), element.base) ??
    contentPlaceOf(element)
  )
}

/** Atom's links of a relation, as addresses with their elements. */
export function relatedLinks(element: XmlElement, relation: string): XmlElement[] {
  return elementsOf(element, 'link').filter((link) => relationOf(link) === relation)
}

export function hrefOf(link: XmlElement): string | undefined {
  const href = attributeOf(link, 'href') ?? attributeOf(link, 'url') ?? attributeOf(link, 'uri')
  return resolved(href ?? textOf(link), link.base)
}

function textLinkOf(links: readonly XmlElement[]): string | undefined {
  for (const link of links) {
    if (relationOf(link) !== 'alternate') continue
    if (attributeOf(link, 'href') !== undefined) continue
    const address = resolved(textOf(link), link.base)
    if (address !== undefined) return address
  }
  return undefined
}

function alternateOf(
  links: readonly XmlElement[],
  isWanted: (link: XmlElement) => boolean,
): string | undefined {
  for (const link of links) {
    if (relationOf(link) !== 'alternate' || !isWanted(link)) continue
    const address = hrefOf(link)
    if (address !== undefined) return address
  }
  return undefined
}

/**
 * A link without `rel` is an alternate (RFC 4287 section 4.2.7.2); IANA's address means its name.
 */
function relationOf(link: XmlElement): string {
  const relation = attributeOf(link, 'rel') ?? 'alternate'
  return relation.toLowerCase().replace('http://www.iana.org/assignments/relation/', '')
}

function isPage(link: XmlElement): boolean {
  const type = attributeOf(link, 'type')?.toLowerCase() ?? 'text/html'
  return type.startsWith('text/html') || type.startsWith('application/xhtml+xml') || type === 'html'
}

function permalinkOf(element: XmlElement): string | undefined {
  for (const guid of elementsOf(element, 'guid')) {
    const said = attributeOf(guid, 'ispermalink')?.toLowerCase()
    const text = textOf(guid)
    if (said === 'false' || text === undefined) continue
    if (said === 'true' || /^https?:\/\//i.test(text)) return resolved(text, guid.base)
  }
  const id = firstText(element, 'id')
  return id !== undefined && /^https?:\/\//i.test(id) ? id : undefined
}

function contentPlaceOf(element: XmlElement): string | undefined {
  for (const content of elementsOf(element, 'content')) {
    const place = resolved(attributeOf(content, 'src'), content.base)
    if (place !== undefined) return place
  }
  return undefined
}
