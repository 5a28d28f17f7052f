import { PermanentError } from '@newswire/bus'
import { type FeedEntry, isFeedEntry, type Media, type RawItem } from '@newswire/model'
import { defined, put } from '../defined.js'
import type { Reading } from '../draft.js'
import { type EntryTraits, type House, houseFor, houseOfUrl, wireNamed } from '../houses/index.js'
import { plainText, readHtml, titleText } from '../html/html.js'
import { wireIdOfEntry } from '../life/identify.js'
import { lifeMarksOf } from '../life/marks.js'
import { oneLine } from '../text/characters.js'
import { findDateline } from '../text/dateline.js'
import { type EmbargoOptions, embargoOf, takeNotices } from '../text/embargo.js'
import { headlineFrom } from '../text/headline.js'
import { readDate } from '../time/dates.js'
import { doubleDecoded } from './double-encoded.js'

/** One entry of a feed: a teaser of presseportal or PR Newswire, or any other feed's entry. */
export function readEntry(raw: RawItem): Reading {
  const entry = entryOf(raw.body)
  const house = houseOfEntry(entry, raw)
  const traits = house.traitsOf(entry)
  const title = titleText(doubleDecoded(entry.title ?? ''))
  const content = contentOf(traits, { zone: house.zone, received: raw.received })
  const headline = title === '' ? headlineFrom(content.text) : title
  if (headline === '') {
    throw new PermanentError(
      'The feed entry has neither title nor text; the source must send at least one of them.',
    )
  }
  // A notice says above its dateline of which release it speaks.
  const marks = lifeMarksOf(title, `${content.subheadline ?? ''}\n${content.text}`.trim())
  const dates = datesOf(entry, house)
  const reading: Reading = {
    status: 'usable',
    isCorrection: marks.isCorrection,
    headline,
    body: content.body,
    complete: traits.isComplete,
    wireId: wireIdOfEntry(entry, house),
    issuer: traits.issuer ?? { name: marks.issuer ?? '' },
    credit: traits.credit ?? house.creditOf(traits.issuer?.name ?? ''),
    media: mediaOf(entry),
    publishedMs: dates.publishedMs,
    sourceCodes: traits.sourceCodes,
    flags: [],
  }
  if (title === '') reading.flags.push('headline-from-text')
  if (marks.isDisregard) reading.flags.push('disregard-notice')
  put(reading, 'wire', house.wire)
  put(reading, 'notice', marks.notice)
  put(reading, 'language', traits.language)
  put(reading, 'modifiedMs', dates.modifiedMs)
  put(reading, 'dateline', content.dateline)
  put(reading, 'embargoMs', content.embargoMs)
  put(reading, 'subheadline', content.subheadline)
  put(reading, 'sourceUrl', addressOf(entry))
  return reading
}

function entryOf(body: string): FeedEntry {
  const entry = parsed(body)
  if (isFeedEntry(entry)) return entry
  throw new PermanentError('The feed entry is not in the shape that intake writes.')
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw new PermanentError('The feed entry is not in the shape that intake writes.', { cause })
  }
}

function houseOfEntry(entry: FeedEntry, raw: RawItem): House {
  const page = houseOfUrl(entry.link ?? '') ?? houseOfUrl(entry.guid ?? '')
  const stated = houseFor(raw.wire, page?.wire)
  if (stated.wire !== undefined) return stated
  const teaser = plainText(entry.summary ?? entry.content ?? '')
  return houseFor(raw.wire, wireNamed(findDateline(teaser, raw.received)?.dateline.wire))
}

interface Content {
  text: string
  body: Reading['body']
  dateline?: Reading['dateline']
  subheadline?: string
  embargoMs?: number
}

/** A teaser loses its dateline to a field; a whole text in HTML keeps it, as it stands in there. */
function contentOf({ content, isComplete }: EntryTraits, options: EmbargoOptions): Content {
  const text = plainText(doubleDecoded(content))
  const found = findDateline(text, options.received)
  if (isComplete || !found) {
    const isHtml = /<[a-z!/]/iu.test(content)
    const body = isHtml ? { html: doubleDecoded(content) } : { text }
    return { text, body, ...defined({ dateline: found?.dateline }) }
  }
  const above = oneLine(text.slice(0, found.start))
  // A notice on the dateline's own line is read whole: its zone looks like a part of the place.
  const { notices } = takeNotices([oneLine(text.slice(0, found.end))], options)
  const below = text.slice(found.end).trim()
  return {
    text: below,
    body: { text: below },
    dateline: found.dateline,
    ...(above === '' ? {} : { subheadline: above }),
    ...defined({ embargoMs: embargoOf(undefined, notices) }),
  }
}

function datesOf(
  entry: FeedEntry,
  house: House,
): { publishedMs: number | undefined; modifiedMs: number | undefined } {
  const zone = house.zone ?? 'UTC'
  const modifiedMs = readDate(entry.updated ?? '', zone)?.ms
  return { publishedMs: readDate(entry.published ?? '', zone)?.ms ?? modifiedMs, modifiedMs }
}

function addressOf(entry: FeedEntry): string | undefined {
  return [entry.link, entry.guid].find((url) => /^https?:\/\//i.test(url ?? ''))?.trim()
}

/** The tags alone: what stands between them costs time and shows no picture. */
const picture = /<img\s[^<>]{0,2000}>/giu
const noWords = /^(?:\s|<[^<>]*>)*$/u

function captionOf(caption: string | undefined): string | undefined {
  return caption === undefined || noWords.test(caption) ? undefined : plainText(caption)
}

function mediaOf(entry: FeedEntry): Media[] {
  const attached = entry.enclosures.map(({ url, type, caption, credit }) => ({
    url,
    ...defined({
      mimeType: type,
      caption: captionOf(caption),
      rights: credit === undefined ? undefined : plainText(credit),
    }),
  }))
  const pictures = (entry.content ?? '').match(picture) ?? []
  const images = pictures.length === 0 ? [] : readHtml(pictures.join('')).images
  const pictured = images.map(({ url, caption }) => ({
    url,
    ...defined({ caption }),
  }))
  return [...attached, ...pictured]
}
