import { PermanentError } from '@newswire/bus'
import { itemLimits, type RawItem, toToken, uriOf } from '@newswire/model'
import { cleanCodes, cleanDateline, cleanMedia, cleanTickers } from './clean-fields.js'
import { cutRelease } from './cut-release.js'
import { put } from './defined.js'
import type { Draft, Reading } from './draft.js'
import { readRaw } from './formats/index.js'
import { houseOf } from './houses/index.js'
import { readHtml } from './html/html.js'
import { assertItemSize } from './item-size.js'
import { languageOf } from './language.js'
import { identify } from './life/identify.js'
import { dayOf, noticeOn } from './life/notice.js'
import { cleanText, oneLine } from './text/characters.js'
import { untilReleasedMs } from './text/embargo.js'
import { bounded, linksOf } from './text/links.js'
import { htmlOf } from './text/markup.js'
import { tickersOf } from './text/tickers.js'
import { clampDate, isNear } from './time/dates.js'

/** Markup included: nothing larger becomes an item of at most 1 MiB. */
const rawCharsMax = 2_097_152

/**
 * One raw item → a draft: read by its format and house, cleaned, sanitised, identified. Pure.
 * Throws PermanentError, with a sentence that says what to do, for what can never become an item.
 */
export function normalise(raw: RawItem): Draft {
  if (raw.body.length > rawCharsMax) {
    throw new PermanentError(`The input has more than ${rawCharsMax} characters; send it in parts.`)
  }
  const reading = cutRelease(readRaw(raw), raw)
  const headline = headlineOf(reading)
  const wire = toToken(raw.wire ?? reading.wire ?? raw.source)
  const house = houseOf(wire)
  const { body, hrefs } = bodyOf(reading)
  const issuer = issuerOf(reading.issuer)
  const links = bounded(linksOf(body.text, hrefs), 'links')
  const media = bounded(cleanMedia(reading.media), 'media')
  const published = clampDate(reading.publishedMs, raw.received)
  const dateline = reading.dateline === undefined ? undefined : cleanDateline(reading.dateline)
  const { wireId } = reading
  const id = identify({ wire, wireId, issuer: issuer.name, headline, date: dateline?.date })
  const draft: Draft = {
    id,
    uri: uriOf(id),
    wire,
    status: reading.status,
    isCorrection: reading.isCorrection,
    headline,
    body,
    language: languageOf(reading.language),
    issuer,
    credit: oneLine(reading.credit ?? house.creditOf(issuer.name)),
    tickers: cleanTickers(reading.tickers, tickersOf(body.text)),
    links: links.kept,
    media: media.kept,
    published: published.instant,
    received: raw.received,
    source: raw.source,
    rights: raw.rights,
    sourceCodes: cleanCodes(reading.sourceCodes),
    flags: [],
  }
  put(draft, 'subheadline', filledLine(reading.subheadline))
  put(draft, 'contact', cleanText(reading.contact ?? '').trim() || undefined)
  put(draft, 'sourceUrl', filledLine(reading.sourceUrl))
  put(draft, 'dateline', dateline)
  put(draft, 'sourceVersion', reading.sourceVersion)
  put(draft, 'modified', modifiedOf(reading, raw))
  put(draft, 'embargoUntil', instantText(reading.embargoMs))
  if (reading.notice) {
    draft.notice = noticeOn(reading.notice, { wire, day: dayOf(draft) })
  }
  draft.flags = unique([
    ...reading.flags,
    ...(published.flag === undefined ? [] : [published.flag]),
    ...links.flags,
    ...media.flags,
    ...(issuer.name === '' ? ['no-issuer'] : []),
    ...(reading.embargoMs === untilReleasedMs ? ['embargo-unreadable'] : []),
  ])
  return draft
}

function unique(flags: readonly string[]): string[] {
  return [...new Set(flags)]
}

function headlineOf(reading: Reading): string {
  const headline = oneLine(reading.headline)
  if (headline.length > itemLimits.headlineCharsMax) {
    throw new PermanentError(
      `The headline has more than ${itemLimits.headlineCharsMax} characters; put a blank line under the headline, or send it as ninjs.`,
    )
  }
  if (headline !== '') return headline
  throw new PermanentError('The release has neither headline nor body; send at least one of them.')
}

interface BodyParts {
  body: Draft['body']
  hrefs: string[]
}

/** HTML comes sanitised from `cutRelease`; text becomes HTML in which every sign is escaped. */
function bodyOf({ body, complete }: Reading): BodyParts {
  if ('text' in body) {
    const { text } = body
    const html = htmlOf(text.split('\n\n').filter((paragraph) => paragraph !== ''))
    assertItemSize(text.length + html.length)
    return { body: { html, text, complete }, hrefs: [] }
  }
  const { text, hrefs } = readHtml(body.html)
  return { body: { html: body.html, text, complete }, hrefs }
}

function issuerOf(issuer: Reading['issuer']): Draft['issuer'] {
  const { name, id, url }: Draft['issuer'] = issuer ?? { name: '' }
  const clean: Draft['issuer'] = { name: oneLine(name) }
  put(clean, 'id', filledLine(id))
  put(clean, 'url', filledLine(url))
  return clean
}

function filledLine(text: string | undefined): string | undefined {
  return text === undefined ? undefined : oneLine(text) || undefined
}

/** A time of modification far off would win or lose against every other version. */
function modifiedOf({ modifiedMs }: Reading, { received }: RawItem): string | undefined {
  const isModified = modifiedMs !== undefined && isNear(modifiedMs, received)
  return isModified ? instantText(modifiedMs) : undefined
}

function instantText(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString()
}
