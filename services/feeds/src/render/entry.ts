import { escapeHtml, outward, type Tag, type TaggedItem, withoutIllegal } from '@newswire/model'
import { withToken } from '../private/address.js'
import { wordsFor } from './words.js'

export interface Category {
  readonly term: string
  /** Where the code is defined. */
  readonly scheme: string
  readonly label: string
}

export interface Attachment {
  readonly url: string
  readonly mimeType: string
  readonly title?: string
}

/** What a format needs of an item: no character that XML forbids, no address but http(s). */
export interface Entry {
  /** `urn:newswire:<id>`, the same through every version. */
  readonly id: string
  readonly url: string
  readonly title: string
  /** Withdrawn or withheld: a tombstone. */
  readonly gone: boolean
  /** Plain text. */
  readonly summary: string
  /** The body with what must be shown beside it. */
  readonly html: string
  readonly issuer: string
  /** The line that must be shown with the item. */
  readonly credit: string
  readonly sourceUrl: string | undefined
  /** BCP 47; `und` where nobody knows. */
  readonly language: string
  readonly published: Date
  readonly updated: Date
  /**
   * RFC 3339 in UTC, to the microsecond: what stands behind the milliseconds tells versions of one
   * instant apart, which readers and validators ask for, and is the same in every feed.
   */
  readonly updatedText: string
  readonly categories: readonly Category[]
  readonly attachments: readonly Attachment[]
  readonly item: TaggedItem
}

export interface EntrySource {
  readonly item: TaggedItem
  /** Where it stands in stream TAGGED. */
  readonly sequence: number
}

/** Length of the plain summary that stands beside the full text. */
const summaryCharsMax = 300

/**
 * One item as every format shows it: only what may go out, without a character that XML forbids.
 * A withdrawn item has a title and no text.
 */
export function toEntry(
  { item: whole, sequence }: EntrySource,
  publicUrl: string,
  token?: string,
): Entry {
  const item = outward(whole)
  const gone = item.status !== 'usable'
  const headline = oneLine(item.headline)
  const updated = new Date(item.updated)
  const sourceUrl = webAddress(item.sourceUrl)
  return {
    id: withoutIllegal(item.uri),
    url: withToken(
      `${publicUrl}/items/${encodeURIComponent(item.id)}`,
      item.rights === 'private' ? token : undefined,
    ),
    title: gone ? `${wordsFor(item).withdrawn}: ${headline}` : headline,
    gone,
    summary: gone ? '' : summaryOf(item),
    html: gone ? '' : withoutIllegal(bodyOf(item, sourceUrl)),
    issuer: oneLine(item.issuer.name),
    credit: oneLine(item.credit),
    sourceUrl,
    language: /^[a-z]{2,3}$/.test(item.language) ? item.language : 'und',
    published: new Date(item.published),
    updated,
    updatedText: exactly(updated, item.firstSequence ?? sequence),
    categories: [...lifeOf(item), ...item.tags.map(categoryOf)],
    attachments: item.media.flatMap(attachmentOf),
    item,
  }
}

function exactly(at: Date, sequence: number): string {
  return at.toISOString().replace('Z', `${String(sequence % 1_000).padStart(3, '0')}Z`)
}

const schemeUris: Partial<Record<Tag['scheme'], string>> = {
  medtop: 'http://cv.iptc.org/newscodes/mediatopic/',
}

function categoryOf({ scheme, code, label }: Tag): Category {
  const own = withoutIllegal(code)
  return {
    term: own,
    scheme: schemeUris[scheme] ?? `urn:newswire:scheme:${scheme}`,
    label: oneLine(label) || own,
  }
}

/** What readers filter by, without a namespace of ours that would puzzle them. */
function lifeOf(item: TaggedItem): Category[] {
  const { status, change } = item
  if (status !== 'usable') return [{ term: status, scheme: 'urn:newswire:status', label: status }]
  if (change !== 'correction') return []
  return [{ term: change, scheme: 'urn:newswire:change', label: change }]
}

const unknownType = 'application/octet-stream'

function attachmentOf({ url, mimeType, caption }: TaggedItem['media'][number]): Attachment[] {
  const address = webAddress(url)
  if (address === undefined) return []
  const isType = mimeType !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(mimeType)
  const title = oneLine(caption ?? '')
  return [
    {
      url: address,
      mimeType: isType ? mimeType.toLowerCase() : unknownType,
      ...(title === '' ? {} : { title }),
    },
  ]
}

/** As a browser would write it; undefined where it is no address of the web. */
function webAddress(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined
  const { protocol, href } = new URL(text)
  return protocol === 'http:' || protocol === 'https:' ? href : undefined
}

function summaryOf(item: TaggedItem): string {
  const text = oneLine(item.body.text)
  if (text.length <= summaryCharsMax) return text
  return `${text.slice(0, summaryCharsMax).replace(/\s+\S*$/, '')} …`
}

function bodyOf(item: TaggedItem, sourceUrl: string | undefined): string {
  return `${correctionNote(item)}${item.body.html}${creditLine(item, sourceUrl)}`
}

function correctionNote(item: TaggedItem): string {
  return item.change === 'correction' ? `<p><strong>${wordsFor(item).correction}</strong></p>` : ''
}

/** The credit must be shown with the item, in every format. */
function creditLine(item: TaggedItem, sourceUrl: string | undefined): string {
  const credit = escapeHtml(item.credit)
  if (sourceUrl === undefined) return credit === '' ? '' : `<p>${credit}</p>`
  const link = `<a href="${escapeHtml(sourceUrl)}">${wordsFor(item).source}</a>`
  return `<p>${credit === '' ? link : `${credit} · ${link}`}</p>`
}

function oneLine(text: string): string {
  return withoutIllegal(text).replace(/\s+/g, ' ').trim()
}
