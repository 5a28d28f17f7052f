import { fold, type Media } from '@newswire/model'
import type { Element } from 'domhandler'
import { defined } from '../defined.js'
import type { Reading } from '../draft.js'
import { plainText, titleText } from '../html/html.js'
import { cleanText } from '../text/characters.js'
import { type Fields, objectsOf, textOf } from './json-fields.js'
import { nitfContent } from './nitf-content.js'
import { textOf as markText, parseXml } from './xml.js'
import { cleanMarkup } from './xml-markup.js'

interface Piece {
  value: string
  /** `other` is XML that nobody reads here. */
  form: 'html' | 'nitf' | 'text' | 'summary' | 'other'
}

const htmlWords = /html|richtext/i
const xmlWords = /xml|nitf/i
const nitfDocument =
  /^\s{0,20}(?:<\?xml[^>]{0,200}>\s{0,20})?(?:<!DOCTYPE[^>]{0,300}>\s{0,20})?<nitf[\s>]/i
const htmlMark = /<(?:p|div|br|h\d|ul|ol|section|body|table)\b/i
const flatBody = /^body_(?<role>\w+)$/

export interface NinjsBody {
  body: Reading['body']
  text: string
  isPartial: boolean
}

/** The main body, HTML before NITF before text; a description alone is a teaser. */
export function bodyOf(news: Fields, headline: string | undefined): NinjsBody {
  const pieces = piecesOf(news)
  const isStated = /^(?:partial|incomplete)$/.test(
    textOf(news, 'representationType', 'representationtype') ?? '',
  )
  const forms = ['html', 'nitf', 'text']
  for (const form of forms) {
    const best = pieces.find((piece) => piece.form === form)
    const content = best && read(best, headline)
    if (content && content.text !== '') return { ...content, isPartial: isStated }
  }
  const described = plainText(descriptionOf(news))
  return { body: { text: described }, text: described, isPartial: true }
}

/** As HTML where it is a page of its own: without its head and the headline said again. */
function read({ value, form }: Piece, headline: string | undefined): Omit<NinjsBody, 'isPartial'> {
  if (form === 'text') {
    const text = cleanText(value).trim()
    return { body: { text }, text }
  }
  if (form === 'nitf') {
    const { body, text } = nitfContent(parseXml(value))
    return { body, text }
  }
  const html = isPage.test(value) ? cleanMarkup(value, { drops: repeats(headline) }) : value
  return { body: { html }, text: plainText(html) }
}

const isPage = /<(?:html|body|h1)[\s>]/i

function repeats(headline: string | undefined): (element: Element) => boolean {
  const said = fold(headline ?? '')
  return (element) => element.name === 'h1' && fold(markText(element) ?? '') === said
}

function piecesOf(news: Fields): Piece[] {
  const listed = objectsOf(news, 'bodies').map((one) => {
    const role = textOf(one, 'role') ?? ''
    const type = textOf(one, 'contentType', 'contenttype') ?? ''
    return pieceOf(role, textOf(one, 'value') ?? '', `${role} ${type}`)
  })
  const flat = Object.keys(news).flatMap((name) => {
    const role = flatBody.exec(name)?.groups?.['role']
    const value = textOf(news, name)
    return role === undefined || value === undefined ? [] : [pieceOf(role, value, role)]
  })
  return [...listed, ...flat].filter(({ value }) => value.trim() !== '')
}

/** `words` name the form: the role, and the media type where there is one. */
function pieceOf(role: string, value: string, words: string): Piece {
  return { value, form: formOf(role, value, words) }
}

function formOf(role: string, value: string, words: string): Piece['form'] {
  if (nitfDocument.test(value)) return 'nitf'
  if (htmlWords.test(words)) return 'html'
  if (xmlWords.test(words)) return 'other'
  if (htmlMark.test(value)) return 'html'
  return role === 'text-summary' ? 'summary' : 'text'
}

function descriptionOf(news: Fields): string {
  const listed = objectsOf(news, 'descriptions', 'description').map((one) => textOf(one, 'value'))
  const flat = textOf(
    news,
    'description_html',
    'description_text',
    'description_main',
    'description',
  )
  return listed.find((value) => value !== undefined) ?? flat ?? ''
}

export function headlinesOf(news: Fields): { main: string | undefined; subtitle?: string } {
  // Drafts of 2.0 have lists under the names of 1.x, and a `name` for the role.
  const listed = objectsOf(news, 'headlines', 'headline')
  const roled = (form: RegExp) => listed.find((one) => form.test(textOf(one, 'role', 'name') ?? ''))
  const main = roled(/^(?:main|headline)?$/i) ?? listed[0]
  const sub = roled(/sub|secondary/i)
  const subtitle = (sub && textOf(sub, 'value')) ?? textOf(news, 'headline_sub', 'subheadline')
  return {
    main: (main && textOf(main, 'value')) ?? textOf(news, 'headline', 'headline_main', 'title'),
    ...defined({ subtitle: subtitle === undefined ? undefined : titleText(subtitle) }),
  }
}

/** Pictures and films that the item brings along: one rendition of each, the largest. */
export function mediaOf(news: Fields): Media[] {
  const own = objectsOf(news, 'renditions').length > 0 ? [news] : []
  return [...own, ...objectsOf(news, 'associations')].flatMap((one) => {
    const rendition = largestOf(objectsOf(one, 'renditions'))
    const url = rendition && textOf(rendition, 'href')
    if (rendition === undefined || url === undefined) return []
    // 1.x and 2.x say `mimetype`, of the picture or its rendition; 3.x `contentType`.
    const typeIn = (from: Fields) => textOf(from, 'contentType', 'mimeType', 'mimetype')
    const mimeType = typeIn(rendition) ?? typeIn(one)
    const described = objectsOf(one, 'descriptions').map((each) => textOf(each, 'value'))
    const caption =
      textOf(one, 'description_text') ??
      described.find((value) => value !== undefined) ??
      headlinesOf(one).main
    const rights = textOf(
      one,
      'copyrightNotice',
      'copyrightnotice',
      'copyrightholder',
      'byline',
      'by',
    )
    return [
      {
        url,
        ...defined({ mimeType, caption: textIf(caption), rights: textIf(rights) }),
      },
    ]
  })
}

function largestOf(renditions: readonly Fields[]): Fields | undefined {
  const widthOf = (one: Fields) => Number(textOf(one, 'width') ?? 0)
  return renditions
    .filter((one) => textOf(one, 'href') !== undefined)
    .sort((a, b) => widthOf(b) - widthOf(a))[0]
}

function textIf(piece: string | undefined): string | undefined {
  return piece === undefined ? undefined : plainText(piece)
}
