import { createHash } from 'node:crypto'
import { escapeHtml, type Media, outward, type TaggedItem } from '@newswire/model'
import { withToken } from '../private/address.js'
import { tidyHtml } from './html.js'
import { beginningOf, oneLine, readableThroughout } from './text.js'
import { mediaTypeOf, webAddress } from './web-address.js'
import { wordsFor } from './words.js'

/** A picture, a film, a document that goes with an item; its address is http or https. */
export type EntryMedia = Media

/** What a format needs of an item. Every text is readable, every address absolute. */
export interface Entry {
  /** `urn:newswire:<id>`, the same through every version. */
  readonly id: string
  readonly url: string
  readonly title: string
  /** Withdrawn or withheld: a tombstone. */
  readonly gone: boolean
  /** Plain text, never empty but for a tombstone. */
  readonly summary: string
  /** The body with what must be shown beside it. */
  readonly html: string
  readonly issuer: string
  /** ISO 639-1, `und` where it is not known. */
  readonly language: string
  /** Names the version in the item's language where it is a correction or withdrawn. */
  readonly notice: string | undefined
  readonly published: Date
  readonly updated: Date
  /** `updated` as RFC 3339, distinct from that of every other entry. */
  readonly stamp: string
  readonly media: readonly EntryMedia[]
  readonly item: TaggedItem
}

/** Length of the plain summary that stands beside the full text. */
const summaryCharsMax = 300
/** Length of a title that is made from the text, where there is no headline. */
const titleCharsMax = 80

/** One item as every format shows it: only what may go out. A withdrawn item has no text. */
export function toEntry(whole: TaggedItem, publicUrl: string, token?: string): Entry {
  const item = shown(whole)
  const gone = item.status !== 'usable'
  const notice = noticeOf(item)
  const headline = oneLine(item.headline)
  const title = headline === '' ? titleFrom(item) : headline
  return {
    id: item.uri,
    url: withToken(
      `${publicUrl}/items/${encodeURIComponent(item.id)}`,
      item.rights === 'private' ? token : undefined,
    ),
    title: gone ? `${notice}: ${title}` : title,
    gone,
    summary: gone ? '' : summaryOf(item, title),
    html: gone ? '' : htmlOf(item),
    issuer: oneLine(item.issuer.name),
    language: item.language,
    notice,
    published: new Date(item.published),
    updated: new Date(item.updated),
    stamp: stampOf(item),
    media: item.media,
    item,
  }
}

function shown(whole: TaggedItem): TaggedItem {
  const item = teaserAlone(outward(readableThroughout(whole)))
  const { sourceUrl: _, ...rest } = item
  const sourceUrl = webAddress(item.sourceUrl)
  return {
    ...rest,
    ...(sourceUrl === undefined ? {} : { sourceUrl }),
    // An id is a URN (RFC 8141): what has no place in one comes encoded.
    uri: item.uri.replace(/[^a-z0-9()+,\-.:=@;$_!*'%/?#]/gi, encodeURIComponent),
    language: languageOf(item.language),
    body: { ...item.body, html: tidyHtml(item.body.html) },
    links: item.links.flatMap((link) => webAddress(link) ?? []),
    media: item.media.flatMap(shownMedia),
    issuer: shownIssuer(item.issuer),
  }
}

/** Of a *teaser only* release nothing but headline, teaser, link and credit goes out. */
function teaserAlone(item: TaggedItem): TaggedItem {
  if (item.rights !== 'teaser') return item
  const { contact: _, subheadline: __, ...rest } = item
  const html = item.body.text === '' ? '' : `<p>${escapeHtml(item.body.text)}</p>`
  return { ...rest, body: { ...item.body, html }, media: [], links: [], tickers: [] }
}

function shownMedia({ mimeType, ...media }: Media): Media[] {
  const url = webAddress(media.url)
  if (url === undefined) return []
  const type = mediaTypeOf(mimeType, url)
  return [{ ...media, url, ...(type === undefined ? {} : { mimeType: type }) }]
}

function shownIssuer({ url, ...issuer }: TaggedItem['issuer']): TaggedItem['issuer'] {
  const address = webAddress(url)
  return address === undefined ? issuer : { ...issuer, url: address }
}

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

const languagesKept = new Map<string, string>()
const languagesKeptMax = 1_000

/** ISO 639-1, `deu` as `de`: validators know few of the languages that have three letters only. */
function languageOf(stated: string): string {
  const known = languagesKept.get(stated)
  if (known !== undefined) return known
  const language = languageFrom(stated)
  if (languagesKept.size < languagesKeptMax) languagesKept.set(stated, language)
  return language
}

function languageFrom(stated: string): string {
  const primary = stated.toLowerCase().split(/[-_]/)[0] ?? ''
  if (primary === 'und' || !/^[a-z]{2,3}$/.test(primary)) return 'und'
  const { language } = new Intl.Locale(primary)
  return language.length === 2 && languageNames.of(language) !== undefined ? language : 'und'
}

function noticeOf(item: TaggedItem): string | undefined {
  const words = wordsFor(item)
  if (item.status === 'canceled') return words.withdrawn
  if (item.status === 'withheld') return words.withheld
  return item.change === 'correction' ? words.correction : undefined
}

/** Readers and standards want a title of every entry. */
function titleFrom(item: TaggedItem): string {
  const text = beginningOf(item.body.text, titleCharsMax)
  if (text !== '') return text
  const { untitled } = wordsFor(item)
  return item.issuer.name === '' ? untitled : `${untitled} (${oneLine(item.issuer.name)})`
}

function summaryOf(item: TaggedItem, title: string): string {
  const text = beginningOf(item.body.text, summaryCharsMax)
  const notice = item.change === 'correction' ? `${wordsFor(item).correction}. ` : ''
  return `${notice}${text === '' ? title : text}`
}

function htmlOf(item: TaggedItem): string {
  const { correction, source } = wordsFor(item)
  const note = item.change === 'correction' ? `<p><strong>${correction}</strong></p>` : ''
  const credit = escapeHtml(oneLine(item.credit))
  const link =
    item.sourceUrl === undefined ? '' : `<a href="${escapeHtml(item.sourceUrl)}">${source}</a>`
  // The credit must be shown with the item, in every format.
  const line = [credit, link].filter((part) => part !== '').join(' · ')
  return `${note}${item.body.html}${line === '' ? '' : `<p>${line}</p>`}`
}

/** Digits of a fraction of a second: Go and Java read nine. */
const fractionDigits = 9

/**
 * When this version was made, as RFC 3339 with a fraction of a second. Wires date by the minute, so
 * many releases share an instant, and readers and validators take equal `atom:updated` for one
 * change of many entries. The fraction that a source leaves out is filled from version and id:
 * within what the source says, the same in every feed, and later for a later version.
 */
function stampOf({ updated, version, id }: TaggedItem): string {
  const [seconds = '', fraction = ''] = new Date(updated).toISOString().slice(0, -1).split('.')
  const stated = fraction === '000' ? '' : fraction
  const order = String(Math.min(version, 99)).padStart(2, '0')
  const hash = createHash('sha256').update(id).digest().readUInt32BE()
  const rest = String(hash)
    .padStart(10, '0')
    .slice(-(fractionDigits - stated.length - 2))
  return `${seconds}.${stated}${order}${rest}Z`
}
