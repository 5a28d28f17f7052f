import { PermanentError } from '@newswire/bus'
import type { Dateline, RawItem, SourceCode } from '@newswire/model'
import { defined } from '../defined.js'
import type { Notice, Reading } from '../draft.js'
import { houseFor, shownCredit, wireNamed } from '../houses/index.js'
import { storyOf } from '../houses/story-uri.js'
import { plainText, titleText } from '../html/html.js'
import { type LifeMarks, lifeMarksOf } from '../life/marks.js'
import { type EmbargoOptions, readEmbargo } from '../text/embargo.js'
import { placesOf } from '../text/places.js'
import { readDate } from '../time/dates.js'
import { readDigitalwires } from './digitalwires.js'
import { type Fields, isFields, objectsOf, textOf } from './json-fields.js'
import { bodyOf, headlinesOf, mediaOf } from './ninjs-content.js'
import { datelineIn, dayOf } from './stated-dateline.js'
import { embargoInNotes } from './stated-embargo.js'
import { statusIn } from './stated-status.js'
import { titled } from './titles.js'

/**
 * IPTC ninjs 1.x (flat, lower case), 2.x (lists) and 3.x (camel case), by whichever keys it has.
 */
export function readNinjs(raw: RawItem): Reading {
  const news = newsOf(raw.body)
  if (isDigitalwires(news)) return readDigitalwires(raw)
  const status = statusIn(news)
  const { main, subtitle } = headlinesOf(news)
  const content = bodyOf(news, main)
  const titles = titled({
    headline: titleText(main ?? ''),
    subheadline: subtitle,
    text: content.text,
    status: status.status,
  })
  const identity = identityOf(news)
  const publishedMs = publishedOf(news, houseFor(raw.wire, identity.wire).zone)
  const dateline = datelineIn(content.text, dayOf(publishedMs, raw.received))
  const shown = wireNamed(dateline?.wire)
  const wire = identity.wire ?? shown
  const house = houseFor(raw.wire, wire, shown)
  const { zone } = house
  const credits = creditsOf(news)
  const marks = lifeMarksOf(titles.headline, content.text)
  const isCorrection = marks.isCorrection || isCorrected(news)
  return {
    ...titles,
    status: status.status,
    isCorrection,
    body: content.body,
    complete: !content.isPartial,
    media: mediaOf(news),
    publishedMs,
    sourceCodes: codesOf(news),
    flags: [...titles.flags, ...status.flags, ...(marks.isDisregard ? ['disregard-notice'] : [])],
    ...orderOf(news, zone),
    ...embargoOf(news, { zone, received: raw.received }),
    ...credits,
    ...identity,
    ...defined({
      wire,
      credit: credits.credit ?? shownCredit(house, wire, credits.issuer),
      dateline: dateline ?? locatedOf(news),
      notice: noticeOf(news, marks, isCorrection),
    }),
  }
}

function publishedOf(news: Fields, zone: string | undefined): number | undefined {
  return msOf(news, zone, 'firstCreated', 'firstcreated', 'versionCreated', 'versioncreated')
}

function newsOf(body: string): Fields {
  const value = parse(body)
  if (!isFields(value)) {
    throw new PermanentError(
      'The JSON is no ninjs item; send one object with `uri` and a headline.',
    )
  }
  return value
}

/** dpa's JSON goes by the same media type. */
function isDigitalwires(news: Fields): boolean {
  return textOf(news, 'format')?.startsWith('digitalwires') === true
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw new PermanentError('The body is no JSON; send one ninjs object.', { cause })
  }
}

function identityOf(news: Fields): Pick<Reading, 'wireId' | 'wire' | 'sourceUrl'> {
  const id = textOf(news, 'uri', 'guid') ?? alternativeIdOf(news)
  const url = [textOf(news, 'webUrl', 'weburl', 'url'), id].find((one) =>
    /^https?:\/\//.test(one ?? ''),
  )
  return { ...(id === undefined ? {} : storyOf(id)), ...defined({ sourceUrl: url }) }
}

function alternativeIdOf(news: Fields): string | undefined {
  const listed = objectsOf(news, 'altIds', 'altids').map((one) => textOf(one, 'value'))
  const flat = isFields(news['altids']) ? Object.values(news['altids']) : []
  return [...listed, ...flat].find((id): id is string => typeof id === 'string' && id !== '')
}

function orderOf(news: Fields, zone: string | undefined): Partial<Reading> {
  const version = Number(textOf(news, 'version') ?? Number.NaN)
  const modifiedMs = msOf(news, zone, 'versionCreated', 'versioncreated')
  return {
    ...(Number.isSafeInteger(version) ? { sourceVersion: version } : {}),
    ...defined({ modifiedMs }),
  }
}

const embargoField = /^embargoed_?(?:until)?$/iu

/** The field goes before the notes, however it is spelled: nothing must get out by its case. */
function embargoOf(news: Fields, options: EmbargoOptions): Pick<Reading, 'embargoMs'> {
  const given = Object.entries(news).flatMap(([name, value]) =>
    embargoField.test(name) && !isNone.has(value) ? [value] : [],
  )
  const [stated] = given
  const notes = ['edNote', 'ednote'].flatMap((name) => textOf(news, name) ?? [])
  return defined({
    embargoMs:
      stated === undefined
        ? embargoInNotes(notes.map(plainText), options)
        : readEmbargo(typeof stated === 'string' ? stated : '', options.zone),
  })
}

const isNone: ReadonlySet<unknown> = new Set([undefined, null, '', false])

function creditsOf(news: Fields): Pick<Reading, 'issuer' | 'credit' | 'language' | 'contact'> {
  const issuer = issuerOf(news)
  const credit = textOf(news, 'copyrightNotice', 'copyrightnotice', 'creditline')
  const language = textOf(news, 'language')
  return {
    ...defined({
      issuer: issuer === undefined ? undefined : { name: issuer },
      credit: credit === undefined ? undefined : plainText(credit),
      language,
    }),
  }
}

/** The organisation that says it issues; else who holds the rights, supplied it, or wrote it. */
function issuerOf(news: Fields): string | undefined {
  const organisations = objectsOf(news, 'organisations', 'organisation')
  const issuing = organisations.find((one) =>
    /issuer|source|creator/i.test(textOf(one, 'rel') ?? ''),
  )
  const suppliers = objectsOf(news, 'infoSources', 'infosources', 'infosource')
  return (
    (issuing && textOf(issuing, 'name')) ??
    textOf(news, 'copyrightHolder', 'copyrightholder') ??
    (suppliers[0] && textOf(suppliers[0], 'name')) ??
    textOf(news, 'source') ??
    onlyOneOf(organisations) ??
    textOf(news, 'by', 'byline')
  )
}

/** The one organisation that stands there, unless it is one that the text speaks of. */
function onlyOneOf(organisations: readonly Fields[]): string | undefined {
  const [only, ...others] = organisations
  const isSpokenOf = only !== undefined && textOf(only, 'rel') !== undefined
  return only === undefined || others.length > 0 || isSpokenOf ? undefined : textOf(only, 'name')
}

function isCorrected(news: Fields): boolean {
  return /(?:^|:)correct(?:ed|ion)$/i.test(textOf(news, 'signal', 'profile') ?? '')
}

/** `evolvedfrom` (1.x) names the item that a correction replaces, where that is another one. */
function noticeOf(news: Fields, marks: LifeMarks, isCorrection: boolean): Notice | undefined {
  const inWords = marks.notice
  const earlier = textOf(news, 'evolvedFrom', 'evolvedfrom')
  if (!isCorrection || earlier === undefined) return inWords
  const ids = [storyOf(earlier).wireId, ...(inWords?.ids ?? [])]
  return { kind: 'correction', ...inWords, ids }
}

function locatedOf(news: Fields): Dateline | undefined {
  const located = textOf(news, 'located')
  return located === undefined ? undefined : { raw: located, places: placesOf(located) }
}

const codeFields: readonly (readonly string[])[] = [
  ['subjects', 'subject'],
  ['places', 'place'],
  ['genres', 'genre'],
]

function codesOf(news: Fields): SourceCode[] {
  return codeFields.flatMap((names) =>
    objectsOf(news, ...names).flatMap((one) => {
      const code = textOf(one, 'uri', 'code', 'literal', 'symbol')
      const name = textOf(one, 'name')
      if (code === undefined && name === undefined) return []
      const scheme = textOf(one, 'scheme') ?? `ninjs:${names.at(-1) ?? ''}`
      return [
        {
          scheme,
          ...defined({ code, name }),
        },
      ]
    }),
  )
}

function msOf(news: Fields, zone: string | undefined, ...names: string[]): number | undefined {
  return readDate(textOf(news, ...names) ?? '', zone ?? 'UTC')?.ms
}
