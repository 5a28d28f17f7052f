import { escapeHtml, outward, type TaggedItem, withoutIllegal } from '@newswire/model'
import { wordsFor } from './words.js'

/** What a format needs of an item. */
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
  readonly published: Date
  readonly updated: Date
  readonly item: TaggedItem
}

/** Length of the plain summary that stands beside the full text. */
const summaryCharsMax = 300

/**
 * One item as every format shows it: only what may go out, without a character that XML forbids.
 * A withdrawn item has a title and no text.
 */
export function toEntry(whole: TaggedItem, publicUrl: string): Entry {
  const item = outward(whole)
  const gone = item.status !== 'usable'
  const headline = oneLine(withoutIllegal(item.headline))
  return {
    id: item.uri,
    url: `${publicUrl}/items/${item.id}`,
    title: gone ? `${wordsFor(item).withdrawn}: ${headline}` : headline,
    gone,
    summary: gone ? '' : summaryOf(item),
    html: gone ? '' : withoutIllegal(`${correctionNote(item)}${item.body.html}${creditLine(item)}`),
    issuer: withoutIllegal(item.issuer.name),
    published: new Date(item.published),
    updated: new Date(item.updated),
    item,
  }
}

function summaryOf(item: TaggedItem): string {
  const text = oneLine(withoutIllegal(item.body.text))
  if (text.length <= summaryCharsMax) return text
  return `${text.slice(0, summaryCharsMax).replace(/\s+\S*$/, '')} …`
}

function correctionNote(item: TaggedItem): string {
  return item.change === 'correction' ? `<p><strong>${wordsFor(item).correction}</strong></p>` : ''
}

/** The credit must be shown with the item, in every format. */
function creditLine(item: TaggedItem): string {
  const credit = escapeHtml(item.credit)
  if (item.sourceUrl === undefined) return credit === '' ? '' : `<p>${credit}</p>`
  const link = `<a href="${escapeHtml(item.sourceUrl)}">${wordsFor(item).source}</a>`
  return `<p>${credit === '' ? link : `${credit} · ${link}`}</p>`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
