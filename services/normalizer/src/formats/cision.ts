import { PermanentError } from '@newswire/bus'
import type { Media, RawItem, SourceCode } from '@newswire/model'
import { defined } from '../defined.js'
import type { Reading } from '../draft.js'
import { prnewswire } from '../houses/prnewswire.js'
import { plainText, titleText } from '../html/html.js'
import { lifeMarksOf } from '../life/marks.js'
import { readDate } from '../time/dates.js'
import { type Fields, fieldsIn, objectsOf, textOf } from './json-fields.js'
import { datelineIn, dayOf } from './stated-dateline.js'
import { titled } from './titles.js'

/** One release of PR Newswire's API: HTML, with issuer, codes and pictures in fields. */
export function readCision(raw: RawItem): Reading {
  const release = fieldsIn(raw.body)
  if (release === undefined) {
    throw new PermanentError('The release is no JSON object; send it as the API gives it.')
  }
  const html = textOf(release, 'body') ?? ''
  const text = plainText(html)
  const titles = titled({
    headline: titleText(textOf(release, 'title') ?? ''),
    subheadline: titleText(textsOf(release, 'sub_title')[0] ?? ''),
    text,
    status: 'usable',
  })
  const issuer = textOf(release, 'source_company') ?? textsOf(release, 'company')[0]
  const publishedMs = readDate(textOf(release, 'date') ?? '', prnewswire.zone)?.ms
  const marks = lifeMarksOf(titles.headline, text)
  return {
    ...titles,
    wire: 'prn',
    status: 'usable',
    isCorrection: marks.isCorrection,
    body: { html },
    complete: text !== '',
    media: mediaOf(release),
    publishedMs,
    sourceCodes: codesOf(release),
    tickers: textsOf(release, 'ticker'),
    flags: [...titles.flags, ...(marks.isDisregard ? ['disregard-notice'] : [])],
    ...defined({
      wireId: textOf(release, 'release_id'),
      issuer: issuer === undefined ? undefined : { name: plainText(issuer) },
      language: textOf(release, 'language'),
      dateline: datelineIn(text, dayOf(publishedMs, raw.received)),
      notice: marks.notice,
    }),
  }
}

/** A field that holds a text or a list of texts. */
function textsOf(release: Fields, name: string): string[] {
  const value = release[name]
  const listed: readonly unknown[] = Array.isArray(value) ? value : [value]
  return listed.filter((one): one is string => typeof one === 'string' && one.trim() !== '')
}

/** Three letters each, in the vocabularies of PR Newswire's feeds. */
function codesOf(release: Fields): SourceCode[] {
  return ['industry', 'subject', 'geography'].flatMap((name) =>
    textsOf(release, name).map((code) => ({ scheme: `prn:${name}`, code })),
  )
}

function mediaOf(release: Fields): Media[] {
  return objectsOf(release, 'multimedia').flatMap((one) => {
    const url = textOf(one, 'url')
    const caption = textOf(one, 'caption')
    if (url === undefined) return []
    return [
      { url, ...defined({ caption: caption === undefined ? undefined : plainText(caption) }) },
    ]
  })
}
