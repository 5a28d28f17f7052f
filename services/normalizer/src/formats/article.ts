import { Parser } from 'htmlparser2'
import { defined } from '../defined.js'
import type { Reading } from '../draft.js'
import { houseFor, houseOfUrl, wireNamed } from '../houses/index.js'
import { officeCodeOf } from '../houses/ots.js'
import { dropLines, readHtml } from '../html/html.js'
import { assertShallow } from '../html/nesting.js'
import { lifeMarksOf } from '../life/marks.js'
import { oneLine } from '../text/characters.js'
import { findDateline } from '../text/dateline.js'
import { stampOf } from '../text/head.js'

/** The markup of presseportal: what stands around the text of a story. */
const markClasses: ReadonlySet<string> = new Set(['date', 'customer'])
const officePath = /\/nr\/(?<id>\d+)\/?$/u

/** What a page says beside the text of its release. */
interface Page {
  headline: string
  /** The release's own HTML: what follows its title. */
  html: string
  date: string
  issuer: string
  issuerUrl?: string
  address?: string
  language?: string
}

/**
 * A release as the page of an article: the first `h1` is its headline, what follows its text. That
 * is how presseportal marks its stories up. Undefined for HTML without a title.
 */
export function readArticle(
  html: string,
  raw: { wire?: string | undefined; received: string },
): Reading | undefined {
  assertShallow(html)
  const page = readPage(html)
  if (page === undefined) return undefined
  const { text } = readHtml(page.html)
  const found = findDateline(text, raw.received)
  const ofAddress = houseOfUrl(page.address ?? '')
  const house = houseFor(raw.wire, ofAddress?.wire ?? wireNamed(found?.dateline.wire))
  const marks = lifeMarksOf(page.headline, text)
  const code = officeCodeOf(page.headline)
  return {
    status: 'usable',
    isCorrection: marks.isCorrection,
    headline: page.headline,
    body: { html: withoutDateline(page.html, text, found) },
    complete: true,
    issuer: issuerOf(page) ?? { name: marks.issuer ?? '' },
    media: [],
    publishedMs: stampOf(page.date)?.ms ?? Date.parse(raw.received),
    sourceCodes: code === undefined ? [] : [{ scheme: 'na:office', code }],
    flags: marks.isDisregard ? ['disregard-notice'] : [],
    ...defined({
      wire: house.wire,
      wireId: house.wireIdOf(page.address ?? ''),
      sourceUrl: page.address,
      language: page.language,
      dateline: found?.dateline,
      notice: marks.notice,
    }),
  }
}

function issuerOf({ issuer, issuerUrl }: Page): Reading['issuer'] {
  if (issuer === '') return undefined
  const id = officePath.exec(issuerUrl ?? '')?.groups?.['id']
  const url = /^https?:\/\//i.test(issuerUrl ?? '') ? issuerUrl : undefined
  return { name: issuer, ...defined({ id, url }) }
}

/** The HTML without the lines above the text that are nothing but its dateline. */
function withoutDateline(
  html: string,
  text: string,
  found: { start: number; end: number } | undefined,
): string {
  if (!found) return html
  const before = text.slice(0, found.start)
  const isAlone = /(?:^|\n)$/u.test(before) && /^\s*(?:\n|$)/u.test(text.slice(found.end))
  const line = before.split('\n').filter((one) => one !== '').length
  return isAlone ? dropLines(html, new Set([line])) : html
}

/** One pass over the page for its title, its marks, and where the release's own HTML lies. */
function readPage(html: string): Page | undefined {
  const said: Record<string, string> = {}
  const page: Omit<Page, 'headline' | 'html' | 'date' | 'issuer'> = {}
  let start: number | undefined
  let end = html.length
  let field: string | undefined
  const parser: Parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'h1' && start === undefined) field = 'h1'
      else if (name === 'p') field = markOf(attributes['class'])
      else if (name === 'a' && field === 'customer')
        Object.assign(page, defined({ issuerUrl: attributes['href'] }))
      else if (name === 'html') Object.assign(page, defined({ language: attributes['lang'] }))
      else Object.assign(page, defined({ address: addressOf(name, attributes) }))
    },
    ontext: (text) => {
      if (field !== undefined) said[field] = `${said[field] ?? ''}${text}`
    },
    onclosetag: (name) => {
      if (name === 'h1' && field === 'h1') start = parser.endIndex + 1
      if (name === 'article' && start !== undefined && end === html.length) end = parser.startIndex
      if (name === 'h1' || name === 'p') field = undefined
    },
  })
  parser.end(html)
  const headline = oneLine(said['h1'] ?? '')
  if (start === undefined || headline === '') return undefined
  return {
    ...page,
    headline,
    html: html.slice(start, end),
    date: oneLine(said['date'] ?? ''),
    issuer: oneLine(said['customer'] ?? ''),
  }
}

function markOf(classes: string | undefined): string | undefined {
  return classes?.split(/\s+/).find((name) => markClasses.has(name))
}

function addressOf(name: string, attributes: Record<string, string>): string | undefined {
  if (name === 'link' && attributes['rel'] === 'canonical') return attributes['href']
  return name === 'meta' && attributes['property'] === 'og:url' ? attributes['content'] : undefined
}
