import type { Media } from '@newswire/model'
import { type Element, isText } from 'domhandler'
import { defined } from '../defined.js'
import { plainText } from '../html/html.js'
import type { Content } from './content.js'
import { type G2, isPicture } from './newsml-g2-meta.js'
import { nitfContent } from './nitf-content.js'
import { plainParagraphs } from './plain-paragraphs.js'
import { xhtmlContent } from './xhtml-content.js'
import { allOf, at, attributeOf, childrenOf, elementsOf, nameOf, rawTextOf, textOf } from './xml.js'
import { cleanMarkup } from './xml-markup.js'

export interface G2Content extends Content {
  readonly isComplete: boolean
  readonly media: Media[]
}

/** The best rendition that holds text: XHTML, then NITF, then data; a description is a teaser. */
export function g2Content(parts: G2): G2Content {
  const set = at(parts.item, 'contentSet')
  const stated = at(parts.content, 'headline')
  const renditions = [
    ...childrenOf(set, 'inlineXML').flatMap((one) => xmlContent(one, textOf(stated))),
    ...childrenOf(set, 'inlineData').flatMap(dataContent),
  ].filter(({ text }) => text !== '')
  const best = renditions.find(({ body }) => 'html' in body) ?? renditions[0]
  const media = [...remoteMedia(parts), ...(best?.media ?? [])]
  if (best) return { ...best, media, isComplete: true }
  const text = plainText(descriptionOf(parts) ?? '')
  return { body: { text }, text, media, isComplete: false }
}

/** Some escape the markup, or send none: then it is data like any other. */
function xmlContent(inline: Element, headline: string | undefined): Content[] {
  if (elementsOf(inline).length === 0) return dataContent(inline)
  const nitf = allOf(inline, 'nitf')[0]
  if (nitf) return [nitfContent(nitf)]
  const html = allOf(inline, 'html')[0]
  return [xhtmlContent(html ? elementsOf(html) : elementsOf(inline), headline)]
}

const markup = /<(?:div|br|h\d|ul|ol|section|article|body|table|span|a)\b/i
const paragraph = /<\/?p\b[^<>]{0,200}>/giu

const textTypes = /^text\/|html|xml/iu

/**
 * Text in an element of its own, plain or as escaped HTML, base64 among them; paragraphs alone make
 * no HTML. What is no text, such as a picture or a PDF, is no content.
 */
function dataContent(inline: Element): Content[] {
  const type = attributeOf(inline, 'contenttype') ?? 'text/plain'
  if (!textTypes.test(type)) return []
  const isEncoded = /base64$/iu.test(attributeOf(inline, 'encoding') ?? '')
  const given = rawTextOf(inline)
  const data = isEncoded ? Buffer.from(given, 'base64').toString('utf8') : given
  if (/html/iu.test(type) || markup.test(data)) {
    const html = cleanMarkup(data, { drops: () => false })
    return [{ body: { html }, text: plainText(html), media: [] }]
  }
  const text = plainParagraphs(data.replace(paragraph, '\n\n'))
  return [{ body: { text }, text, media: [] }]
}

function descriptionOf({ content }: G2): string | undefined {
  const described = childrenOf(content, 'description')
  const isCaption = (one: Element) => /caption/iu.test(attributeOf(one, 'role') ?? '')
  return textOf(described.find((one) => !isCaption(one)) ?? described[0])
}

/** Pictures, films and sounds: of one picture's renditions the largest, else each of its own. */
function remoteMedia(parts: G2): Media[] {
  const remote = childrenOf(at(parts.item, 'contentSet'), 'remoteContent')
  const [first] = remote.toSorted((a, b) => sizeOf(b) - sizeOf(a))
  const attached = isPicture(parts.meta) && first ? [first] : remote
  const shown = attached.length > 0 ? attached : childrenOf(parts.content, 'icon')
  return [
    ...shown.flatMap((one) => mediumOf(one, parts)),
    ...linkedMedia(parts),
    ...describedMedia(parts.item),
  ]
}

function sizeOf(remote: Element): number {
  const width = Number(attributeOf(remote, 'width') ?? 0)
  return width > 0 ? width : Number(attributeOf(remote, 'size') ?? 0)
}

function mediumOf(remote: Element, { item, content }: G2): Media[] {
  const url = attributeOf(remote, 'href')
  if (url === undefined) return []
  const captions = childrenOf(content, 'description').filter((one) =>
    /caption/iu.test(attributeOf(one, 'role') ?? ''),
  )
  const own = at(remote, 'rightsInfo') ?? at(item, 'rightsInfo')
  const rights = ['copyrightNotice', 'usageTerms'].flatMap((name) => textOf(at(own, name)) ?? [])
  return [
    {
      url,
      ...defined({
        mimeType: attributeOf(remote, 'contenttype'),
        caption: textOf(at(remote, 'altText')) ?? textOf(captions[0]),
        rights: rights.length > 0 ? rights.join('. ') : undefined,
      }),
    },
  ]
}

const mediaType = /^(?:image|video|audio)\//iu

/** Pictures that a link names, with what it says of them; an invitation to click is no caption. */
function linkedMedia({ meta }: G2): Media[] {
  return childrenOf(meta, 'link').flatMap((link) => {
    const url = attributeOf(link, 'href')
    const mimeType = attributeOf(link, 'contenttype')
    if (url === undefined || !mediaType.test(mimeType ?? '')) return []
    const caption = ownTextOf(at(link, 'description')) ?? textOf(at(link, 'title'))
    return [{ url, ...defined({ mimeType, caption }) }]
  })
}

function ownTextOf(element: Element | undefined): string | undefined {
  const text = element?.children.map((node) => (isText(node) ? node.data : ' ')).join('')
  const line = text?.replace(/\s+/g, ' ').trim()
  return line === '' ? undefined : line
}

/** GlobeNewswire hangs an issuer's logo on what it asserts of the issuer. */
function describedMedia(item: Element): Media[] {
  return childrenOf(item, 'assert').flatMap((assertion) =>
    elementsOf(assertion)
      .filter((one) => nameOf(one) === 'remoteInfo')
      .flatMap((one) => {
        const url = attributeOf(one, 'href')
        const mimeType = attributeOf(one, 'contenttype')
        if (url === undefined || !mediaType.test(mimeType ?? '')) return []
        return [{ url, ...defined({ mimeType, caption: textOf(at(one, 'name')) }) }]
      }),
  )
}
