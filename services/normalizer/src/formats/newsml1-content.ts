import type { Media } from '@newswire/model'
import type { Element } from 'domhandler'
import { defined } from '../defined.js'
import { plainText } from '../html/html.js'
import type { Content } from './content.js'
import { hasText, nitfContent } from './nitf-content.js'
import { plainParagraphs } from './plain-paragraphs.js'
import { allOf, at, attributeOf, childrenOf, elementsOf, nameOf, rawTextOf, textOf } from './xml.js'
import { cleanMarkup, markupOf } from './xml-markup.js'

export interface Newsml1Content extends Content {
  readonly isComplete: boolean
  readonly language?: string
  readonly byline?: string
  readonly copyright?: string
}

const bodyRoles = /^(?:body|main|main ?text|text|story|bodytext)$/iu
const sideRoles =
  /^(?:contact|sub-?headline|headline|tweet ?text|style ?sheet|abstract|summary|logo|photo|image|picture|video|audio|graphic|infographic|caption|thumbnail|document|pdf|smart ?link|company ?profile)/iu

/** The components of a NewsItem by their role: body, titles, contact, pictures. */
export function newsml1Content(item: Element): Newsml1Content {
  const components = allOf(item, 'NewsComponent')
  const media = components.flatMap(mediumOf)
  const found = bodyOf(components, picturesOf(components))
  const lines = linesOf(item, components)
  const language = languageOf(found?.component, components)
  const abstract = textOfRole(components, /^(?:abstract|summary)/iu)
  const body = found?.content ?? { body: { text: abstract ?? '' }, text: abstract ?? '', media: [] }
  return {
    ...body,
    media: [...media, ...body.media],
    isComplete: found !== undefined,
    ...defined({
      headline:
        lines('HeadLine') ?? textOfRole(components, /^headline$/iu) ?? found?.content.headline,
      subheadline:
        textOfRole(components, /^sub-?headline/iu) ??
        lines('SubHeadLine') ??
        found?.content.subheadline,
      dateline: lines('DateLine') ?? found?.content.dateline,
      byline: lines('ByLine'),
      copyright: lines('CopyrightLine'),
      contact: paragraphsOfRole(components, /^contact/iu),
      language,
    }),
  }
}

function roleOf(component: Element): string {
  return attributeOf(at(component, 'Role'), 'FormalName') ?? ''
}

/** Lines of the text itself: a picture's component has a headline too, its caption. */
function linesOf(
  item: Element,
  components: readonly Element[],
): (name: string) => string | undefined {
  const own = [item, ...components.filter((one) => !sideRoles.test(roleOf(one)))]
  return (name) =>
    own
      .flatMap((one) => childrenOf(at(one, 'NewsLines'), name))
      .map(textOf)
      .find((line) => line !== undefined)
}

interface FoundBody {
  component: Element
  content: Content
}

/** The component that says it is the body, else the first that holds text and has no other role. */
function bodyOf(
  components: readonly Element[],
  pictures: ReadonlySet<string>,
): FoundBody | undefined {
  const named = components.filter((one) => bodyRoles.test(roleOf(one)))
  const others = components.filter((one) => !sideRoles.test(roleOf(one)))
  for (const component of [...named, ...others]) {
    const contents = childrenOf(component, 'ContentItem')
      .map((one) => contentOf(one, pictures))
      .filter(({ text }) => text !== '')
    const best = contents.find(({ body }) => 'html' in body) ?? contents[0]
    if (best) return { component, content: best }
  }
  return undefined
}

const markup = /<(?:p|div|br|h\d|ul|ol|table|body|html)\b/i

function contentOf(contentItem: Element, pictures: ReadonlySet<string>): Content {
  const data = at(contentItem, 'DataContent')
  const nitf = allOf(data, 'nitf')[0]
  if (nitf && hasText(nitf)) return nitfContent(nitf)
  const source: { url?: string } = {}
  const drops = (element: Element) => isFurniture(element, pictures, source)
  const text = rawTextOf(data)
  const isInline = elementsOf(data).length > 0
  if (!isInline && !markup.test(text)) {
    const plain = plainParagraphs(text)
    return { body: { text: plain }, text: plain, media: [] }
  }
  const page = allOf(data, 'body')[0] ?? data
  const html = isInline ? markupOf(page?.children ?? [], { drops }) : cleanMarkup(text, { drops })
  return {
    body: { html: html.trim() },
    text: plainText(html),
    media: [],
    ...defined({ sourceUrl: source.url }),
  }
}

const page = /^https?:\/\/(?:www\.)?businesswire\.com\/news\/home\/\d+/iu

/**
 * What Business Wire puts around a release: the way to its page, which is kept as the source, and
 * pictures that are components of their own.
 */
function isFurniture(
  element: Element,
  pictures: ReadonlySet<string>,
  source: { url?: string },
): boolean {
  const id = attributeOf(element, 'id')
  if (id === 'bwbodyimg') return true
  if (id === 'mmgallerylink') {
    const link = allOf(element, 'a').map((one) => attributeOf(one, 'href') ?? '')
    const url = link.find((href) => page.test(href))
    if (url !== undefined) source.url = url
    return true
  }
  return nameOf(element) === 'img' && pictures.has(attributeOf(element, 'src') ?? '')
}

function picturesOf(components: readonly Element[]): ReadonlySet<string> {
  const urls = components
    .flatMap((one) => childrenOf(one, 'ContentItem'))
    .flatMap((one) => attributeOf(one, 'Href') ?? [])
  return new Set(urls)
}

/** One picture, film or paper in several sizes: the largest, with its caption. */
function mediumOf(component: Element): Media[] {
  const items = childrenOf(component, 'ContentItem').filter(
    (one) => attributeOf(one, 'Href') && !isText(one),
  )
  const largest = items.toSorted((a, b) => widthOf(b) - widthOf(a))[0]
  const url = attributeOf(largest, 'Href')
  if (url === undefined) return []
  const lines = at(component, 'NewsLines')
  return [
    {
      url,
      ...defined({
        mimeType: attributeOf(at(largest, 'MimeType'), 'FormalName'),
        caption: textOf(at(lines, 'HeadLine')),
        rights: textOf(at(lines, 'CreditLine')) ?? textOf(at(lines, 'CopyrightLine')),
      }),
    },
  ]
}

/** The address of a text is that of its page, or of its file at the sender. */
function isText(contentItem: Element): boolean {
  const kinds = ['MediaType', 'MimeType'].map((name) =>
    attributeOf(at(contentItem, name), 'FormalName'),
  )
  return kinds.some((kind) => /^text/iu.test(kind ?? ''))
}

function widthOf(contentItem: Element): number {
  const width = childrenOf(at(contentItem, 'Characteristics'), 'Property').find(
    (one) => attributeOf(one, 'FormalName') === 'PixelWidth',
  )
  return Number(attributeOf(width, 'Value') ?? 0)
}

function languageOf(
  component: Element | undefined,
  components: readonly Element[],
): string | undefined {
  return [...(component ? [component] : []), ...components]
    .map((one) => attributeOf(at(one, 'DescriptiveMetadata', 'Language'), 'FormalName'))
    .find((language) => language !== undefined)
}

function paragraphsOfRole(components: readonly Element[], role: RegExp): string | undefined {
  const texts = components
    .filter((one) => role.test(roleOf(one)))
    .flatMap((one) => childrenOf(one, 'ContentItem'))
    .map((one) => contentOf(one, new Set()).text)
  return texts.find((text) => text !== '')
}

/** The lines of a list in one: a subheadline is shown as a line. */
function textOfRole(components: readonly Element[], role: RegExp): string | undefined {
  const text = paragraphsOfRole(components, role)
  const lines = text?.split('\n').map((line) => line.replace(/^•\s*/u, '').trim())
  const filled = lines?.filter((line) => line !== '')
  return filled === undefined || filled.length === 0 ? undefined : filled.join('; ')
}
