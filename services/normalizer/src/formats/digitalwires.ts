import { PermanentError } from '@newswire/bus'
import type { Media, RawItem, SourceCode } from '@newswire/model'
import { defined } from '../defined.js'
import type { Reading } from '../draft.js'
import { dpa } from '../houses/dpa.js'
import { storyOf } from '../houses/story-uri.js'
import { plainText, titleText } from '../html/html.js'
import { lifeMarksOf } from '../life/marks.js'
import { readDate } from '../time/dates.js'
import { type Fields, fieldsIn, objectsOf, textOf } from './json-fields.js'
import { placeLine, statedDateline } from './stated-dateline.js'
import { embargoInNotes, statedEmbargo } from './stated-embargo.js'
import { statusIn } from './stated-status.js'
import { titled } from './titles.js'
import { attributeOf } from './xml.js'
import { cleanMarkup } from './xml-markup.js'

/**
 * One item of dpa-digitalwires (JSON). Its notepad, its contacts and all other notes are for
 * editors: nothing of them becomes part of the item.
 */
export function readDigitalwires(raw: RawItem): Reading {
  const item = fieldsIn(raw.body)
  const urn = item && textOf(item, 'urn')
  if (item === undefined || urn === undefined) {
    throw new PermanentError('The digitalwires item has no urn; send the item as dpa delivers it.')
  }
  const status = statusIn(item)
  const content = contentOf(item)
  const titles = titled({
    headline: titleText(textOf(item, 'headline') ?? ''),
    subheadline: titleText(textOf(item, 'subhead') ?? ''),
    text: content.text,
    status: status.status,
  })
  const marks = lifeMarksOf(titles.headline, content.text)
  return {
    wire: 'dpa',
    ...storyOf(urn),
    ...titles,
    ...datesOf(item),
    status: status.status,
    isCorrection: marks.isCorrection || signals(item).includes('correction'),
    body: content.body,
    complete: content.isComplete,
    issuer: { name: issuerOf(item) },
    media: mediaOf(item),
    sourceCodes: codesOf(item),
    flags: [...titles.flags, ...status.flags, ...(marks.isDisregard ? ['disregard-notice'] : [])],
    ...defined({
      language: textOf(item, 'language'),
      dateline: datelineOf(item, raw.received),
      credit: textOf(item, 'copyrightnotice', 'creditline'),
      embargoMs: embargoOf(item, raw.received),
      notice: marks.notice,
    }),
  }
}

const notForReaders =
  /(?:^|\s)(?:dateline|embargoed|notepad|np-nonpublic|np-public|teaser)(?:\s|$)/u

function contentOf(item: Fields): { body: Reading['body']; text: string; isComplete: boolean } {
  const parts = ['article_html', 'infobox_html'].flatMap((name) => textOf(item, name) ?? [])
  const html = cleanMarkup(parts.join('\n'), {
    drops: (element) => notForReaders.test(attributeOf(element, 'class') ?? ''),
  })
  if (plainText(html) !== '') return { body: { html }, text: plainText(html), isComplete: true }
  const teaser = plainText(textOf(item, 'teaser') ?? captionOf(item) ?? '')
  return { body: { text: teaser }, text: teaser, isComplete: false }
}

/** A picture's item has no text but its caption. */
function captionOf(item: Fields): string | undefined {
  const described = objectsOf(item, 'descriptions')
  const isCaption = (one: Fields) => /:caption$/u.test(textOf(one, 'role') ?? '')
  const caption = described.find(isCaption) ?? described[0]
  return caption && textOf(caption, 'description')
}

function datesOf(item: Fields): Pick<Reading, 'publishedMs' | 'modifiedMs' | 'sourceVersion'> {
  const modifiedMs = readDate(textOf(item, 'version_created') ?? '', dpa.zone)?.ms
  const version = Number(textOf(item, 'version') ?? Number.NaN)
  return {
    publishedMs: modifiedMs,
    ...defined({
      modifiedMs,
      sourceVersion: Number.isSafeInteger(version) ? version : undefined,
    }),
  }
}

/** The field goes before the note: a note says "tonight". */
function embargoOf(item: Fields, received: string): number | undefined {
  const given = item['embargoed']
  if (given !== undefined && given !== null) {
    return statedEmbargo(typeof given === 'string' ? given : '', dpa.zone)
  }
  const notes = objectsOf(item, 'ednotes')
  const inWords = embargoInNotes(
    notes.flatMap((note) => textOf(note, 'ednote') ?? []),
    { zone: dpa.zone, received },
  )
  const isStated = notes.some((note) => /:embargo$/u.test(textOf(note, 'role') ?? ''))
  return inWords ?? statedEmbargo(isStated ? '' : undefined, dpa.zone)
}

/** `sig:correction`, alone or in a list. */
function signals(item: Fields): string[] {
  const given = item['signal'] ?? item['signals']
  const listed: readonly unknown[] = Array.isArray(given) ? given : [given]
  return listed.flatMap((one) => (typeof one === 'string' ? [one.replace(/^.*:/u, '')] : []))
}

function issuerOf(item: Fields): string {
  const provider = objectsOf(item, 'categories').find(
    (one) => textOf(one, 'type') === 'dnltype:provider',
  )
  return (provider && textOf(provider, 'name')) ?? textOf(item, 'creditline') ?? 'dpa'
}

function datelineOf(item: Fields, received: string): Reading['dateline'] {
  const located = objectsOf(item, 'categories').find((one) =>
    /:located$/u.test(textOf(one, 'type') ?? ''),
  )
  return (
    statedDateline(textOf(item, 'dateline'), received) ??
    placeLine([located && textOf(located, 'name')])
  )
}

const subjectTypes = /:(?:dpasubject|subject|geosubject|keyword|desk|genre|category|organization)$/u

/** Subjects by their vocabulary (`medtop`, `dpasubject`); what has no code by its type. */
function codesOf(item: Fields): SourceCode[] {
  return objectsOf(item, 'categories').flatMap((category): SourceCode[] => {
    const type = textOf(category, 'type') ?? ''
    const name = textOf(category, 'name')
    if (!subjectTypes.test(type)) return []
    const [scheme, code] = (textOf(category, 'qcode') ?? '').split(/:(.*)/su)
    if (scheme && code) return [{ scheme, code, ...defined({ name }) }]
    return name === undefined ? [] : [{ scheme: type.replace(/^.*:/u, ''), name }]
  })
}

function mediaOf(item: Fields): Media[] {
  return objectsOf(item, 'associations').flatMap((one) => {
    const largest = largestOf(objectsOf(one, 'renditions')) ?? one
    const url = textOf(largest, 'url', 'href')
    if (url === undefined) return []
    const caption = textOf(one, 'caption', 'description', 'headline')
    const rights = textOf(one, 'copyrightnotice', 'creditline', 'byline')
    return [
      {
        url,
        ...defined({
          mimeType: textOf(largest, 'mimetype') ?? textOf(one, 'mimetype'),
          caption: caption === undefined ? undefined : plainText(caption),
          rights: rights === undefined ? undefined : plainText(rights),
        }),
      },
    ]
  })
}

function largestOf(renditions: readonly Fields[]): Fields | undefined {
  const width = (one: Fields) => Number(textOf(one, 'width') ?? 0)
  return renditions.toSorted((a, b) => width(b) - width(a))[0]
}
