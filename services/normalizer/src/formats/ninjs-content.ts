import type { Media } from '@newswire/model'
import { defined } from '../defined.js'
import type { Reading } from '../draft.js'
import { plainText, titleText } from '../html/html.js'
import { cleanText } from '../text/characters.js'
import { type Fields, objectsOf, textOf } from './json-fields.js'

interface Piece {
  role: string
  value: string
  isHtml: boolean
}

const htmlWords = /html|richtext/i
const htmlMark = /<(?:p|div|br|h\d|ul|ol|section|body|table)\b/i
const flatBody = /^body_(?<role>\w+)$/

export interface NinjsBody {
  body: Reading['body']
  text: string
  isPartial: boolean
}

/** The main body, HTML before text; a description alone is a teaser. */
export function bodyOf(news: Fields): NinjsBody {
  const pieces = piecesOf(news)
  const html = pieces.find(({ isHtml }) => isHtml)
  const plain = pieces.find(({ isHtml, role }) => !isHtml && role !== 'text-summary')
  const isStated = /^(?:partial|incomplete)$/.test(
    textOf(news, 'representationType', 'representationtype') ?? '',
  )
  if (html) return { body: { html: html.value }, text: plainText(html.value), isPartial: isStated }
  if (plain) {
    const text = cleanText(plain.value).trim()
    return { body: { text }, text, isPartial: isStated }
  }
  const described = plainText(descriptionOf(news))
  return { body: { text: described }, text: described, isPartial: true }
}

function piecesOf(news: Fields): Piece[] {
  const listed = objectsOf(news, 'bodies').map((one) => {
    const role = textOf(one, 'role') ?? ''
    const type = textOf(one, 'contentType', 'contenttype') ?? ''
    return pieceOf(role, textOf(one, 'value') ?? '', htmlWords.test(`${role} ${type}`))
  })
  const flat = Object.keys(news).flatMap((name) => {
    const role = flatBody.exec(name)?.groups?.['role']
    const value = textOf(news, name)
    return role === undefined || value === undefined
      ? []
      : [pieceOf(role, value, htmlWords.test(role))]
  })
  return [...listed, ...flat].filter(({ value }) => value.trim() !== '')
}

function pieceOf(role: string, value: string, isNamedHtml: boolean): Piece {
  return { role, value, isHtml: isNamedHtml || htmlMark.test(value) }
}

function descriptionOf(news: Fields): string {
  const listed = objectsOf(news, 'descriptions').map((one) => textOf(one, 'value'))
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
  const listed = objectsOf(news, 'headlines')
  const roled = (form: RegExp) => listed.find((one) => form.test(textOf(one, 'role') ?? ''))
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
    const url = largestOf(objectsOf(one, 'renditions'))
    if (url === undefined) return []
    const mimeType = textOf(one, 'mimeType', 'mimetype')
    const caption = textOf(one, 'description_text', 'headline') ?? headlinesOf(one).main
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

function largestOf(renditions: readonly Fields[]): string | undefined {
  const sized = renditions
    .map((one) => ({ url: textOf(one, 'href'), width: Number(textOf(one, 'width') ?? 0) }))
    .filter(({ url }) => url !== undefined)
    .sort((a, b) => b.width - a.width)
  return sized[0]?.url
}

function textIf(piece: string | undefined): string | undefined {
  return piece === undefined ? undefined : plainText(piece)
}
