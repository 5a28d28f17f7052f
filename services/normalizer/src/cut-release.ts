import { type RawItem, rawContentTypes } from '@newswire/model'
import { cutBody } from './cut-body.js'
import { defined, put } from './defined.js'
import type { Reading } from './draft.js'
import { houseFor } from './houses/index.js'
import { officeCodeOf } from './houses/ots.js'
import { plainText } from './html/html.js'
import { oneLine } from './text/characters.js'
import { findDateline } from './text/dateline.js'
import { type EmbargoOptions, embargoOf, takeNotices } from './text/embargo.js'
import { mayHoldNotice } from './text/embargo-words.js'
import { headlineFrom } from './text/headline.js'
import type { Tail } from './text/tail.js'

/**
 * A release without what surrounds it, whatever format brought it: embargo notices in headline,
 * subheadline and body, and the wire's lines in the body, each kept in the field that it speaks of.
 * What the format has read from fields of its own goes first. It changes the reading that it is
 * given, which no format keeps: a copy costs as much as all that is cut from a teaser.
 */
export function cutRelease(reading: Reading, raw: RawItem): Reading {
  const house = houseFor(raw.wire, reading.wire)
  const { received } = raw
  const options = { zone: house.zone, received }
  const headline = withoutNotices(reading.headline, options)
  const subheadline = withoutNotices(reading.subheadline ?? '', options)
  const cut = cutBody(reading.body, {
    ...options,
    isPolice: officeCodeOf(headline.text) !== undefined,
    // The format of plain text has cut its lines itself: it needs them to know the house.
    isBare: raw.contentType === rawContentTypes.text && 'text' in reading.body,
  })
  // A teaser is one line: a notice before its dateline looks like a place.
  const above = withoutNotices(reading.dateline?.raw ?? '', options)
  const dateline =
    above.notices.length === 0 ? reading.dateline : findDateline(above.text, received)?.dateline
  const notices = [...headline.notices, ...subheadline.notices, ...above.notices, ...cut.notices]
  const { tail, images, body } = cut
  const whole = reading
  whole.body = body
  if (headline.text !== whole.headline) rename(whole, headline.text)
  put(whole, 'dateline', dateline)
  if (dateline === undefined && whole.dateline !== undefined) delete whole.dateline
  // Empty where it was nothing but a notice: then it is left out.
  if (whole.subheadline !== undefined) whole.subheadline = subheadline.text
  if (tail.media.length + images.length > 0) {
    whole.media = [...whole.media, ...tail.media, ...images.map((image) => defined(image))]
  }
  put(whole, 'embargoMs', embargoOf(whole.embargoMs, notices))
  put(whole, 'contact', whole.contact ?? tail.contact)
  put(whole, 'sourceUrl', whole.sourceUrl ?? tail.sourceUrl)
  put(whole, 'language', whole.language ?? tail.language)
  credit(whole, tail, house.creditOf)
  return whole
}

function withoutNotices(
  given: string,
  options: EmbargoOptions,
): { text: string; notices: ReturnType<typeof takeNotices>['notices'] } {
  if (!mayHoldNotice(given)) return { text: given, notices: [] }
  const line = oneLine(given)
  const { notices, paragraphs } = takeNotices([line], options)
  return notices.length === 0
    ? { text: given, notices }
    : { text: paragraphs.flat().join(' '), notices }
}

/** A headline that was nothing but a notice is made anew, of the text. */
function rename(reading: Reading, headline: string): void {
  const given = reading.headline
  reading.headline = headline
  if (headline !== '' || given === '') return
  const { body } = reading
  reading.headline = headlineFrom('text' in body ? body.text : plainText(body.html)) || given
  reading.flags = [...reading.flags, 'headline-from-text']
}

function credit(
  reading: Reading,
  tail: Omit<Tail, 'body' | 'kept'>,
  creditOf: (issuer: string) => string,
): void {
  const isNamed = reading.issuer !== undefined && reading.issuer.name.trim() !== ''
  if (isNamed || tail.issuer === undefined) {
    put(reading, 'credit', reading.credit ?? tail.credit)
    return
  }
  reading.issuer = { ...reading.issuer, name: tail.issuer }
  reading.credit = tail.credit ?? creditOf(tail.issuer)
}
