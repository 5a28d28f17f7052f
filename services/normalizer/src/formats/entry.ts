import { PermanentError } from '@newswire/bus'
import { type FeedEntry, feedEntrySchema, type Media, type RawItem } from '@newswire/model'
import { defined } from '../defined.js'
import type { Reading } from '../draft.js'
import { type EntryTraits, type House, houseFor, houseOfUrl, wireNamed } from '../houses/index.js'
import { plainText, readHtml, titleText } from '../html/html.js'
import { wireIdOfEntry } from '../life/identify.js'
import { lifeMarksOf } from '../life/marks.js'
import { findDateline } from '../text/dateline.js'
import { headlineFrom } from '../text/headline.js'
import { readDate } from '../time/dates.js'

/** One entry of a feed: a teaser of presseportal or PR Newswire, or any other feed's entry. */
export function readEntry(raw: RawItem): Reading {
  const entry = entryOf(raw.body)
  const house = houseOfEntry(entry, raw)
  const traits = house.traitsOf(entry)
  const title = titleText(entry.title ?? '')
  const content = contentOf(traits, raw.received)
  const headline = title === '' ? headlineFrom(content.text) : title
  if (headline === '') {
    throw new PermanentError(
      'The feed entry has neither title nor text; the source must send at least one of them.',
    )
  }
  const marks = lifeMarksOf(title, content.text)
  return {
    ...content.fields,
    ...textsOf(traits, house),
    ...datesOf(entry, house),
    status: 'usable',
    isCorrection: marks.isCorrection,
    headline,
    body: content.body,
    complete: traits.isComplete,
    wireId: wireIdOfEntry(entry, house),
    issuer: traits.issuer ?? { name: marks.issuer ?? '' },
    media: mediaOf(entry),
    sourceCodes: traits.sourceCodes,
    flags: [
      ...(title === '' ? ['headline-from-text'] : []),
      ...(marks.isDisregard ? ['disregard-notice'] : []),
    ],
    ...defined({ wire: house.wire }),
    ...linkOf(entry),
  }
}

function entryOf(body: string): FeedEntry {
  try {
    return feedEntrySchema.parse(JSON.parse(body))
  } catch (cause) {
    throw new PermanentError('The feed entry is not in the shape that intake writes.', { cause })
  }
}

function houseOfEntry(entry: FeedEntry, raw: RawItem): House {
  const page = houseOfUrl(entry.link ?? '') ?? houseOfUrl(entry.guid ?? '')
  const teaser = plainText(entry.summary ?? entry.content ?? '')
  const named = wireNamed(findDateline(teaser, raw.received)?.dateline.wire)
  return houseFor(raw.wire, page?.wire ?? named)
}

interface Content {
  text: string
  body: Reading['body']
  fields: Pick<Reading, 'dateline' | 'subheadline'>
}

/** A teaser loses its dateline to a field; a whole text in HTML keeps it, as it stands in there. */
function contentOf({ content, isComplete }: EntryTraits, received: string): Content {
  const text = plainText(content)
  const found = findDateline(text, received)
  const fields = found ? { dateline: found.dateline } : {}
  if (isComplete || !found) {
    const isHtml = /<[a-z!/]/iu.test(content)
    return { text, fields, body: isHtml ? { html: content } : { text } }
  }
  const above = text.slice(0, found.start).replace(/\s+/g, ' ').trim()
  const below = text.slice(found.end).trim()
  return {
    text: below,
    body: { text: below },
    fields: above === '' ? fields : { ...fields, subheadline: above },
  }
}

function textsOf(
  { credit, language, issuer }: EntryTraits,
  house: House,
): Pick<Reading, 'credit' | 'language'> {
  return { credit: credit ?? house.creditOf(issuer?.name ?? ''), ...defined({ language }) }
}

function datesOf(entry: FeedEntry, house: House): Pick<Reading, 'publishedMs' | 'modifiedMs'> {
  const zone = house.zone ?? 'UTC'
  const modifiedMs = readDate(entry.updated ?? '', zone)?.ms
  const publishedMs = readDate(entry.published ?? '', zone)?.ms ?? modifiedMs
  return { publishedMs, ...defined({ modifiedMs }) }
}

function linkOf(entry: FeedEntry): Pick<Reading, 'sourceUrl'> {
  const link = [entry.link, entry.guid].find((url) => /^https?:\/\//i.test(url ?? ''))
  return defined({ sourceUrl: link?.trim() })
}

function mediaOf(entry: FeedEntry): Media[] {
  const attached = entry.enclosures.map(({ url, type, caption, credit }) => ({
    url,
    ...defined({
      mimeType: type,
      caption: caption === undefined ? undefined : plainText(caption),
      rights: credit === undefined ? undefined : plainText(credit),
    }),
  }))
  const pictured = readHtml(entry.content ?? '').images.map(({ url, caption }) => ({
    url,
    ...defined({ caption }),
  }))
  return [...attached, ...pictured]
}
