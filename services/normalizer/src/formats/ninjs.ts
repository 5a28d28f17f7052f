import { PermanentError } from '@newswire/bus'
import type { Dateline, RawItem, SourceCode, Status } from '@newswire/model'
import { defined } from '../defined.js'
import type { Reading } from '../draft.js'
import { houseFor, houseOfUrl, wireNamed } from '../houses/index.js'
import { plainText, titleText } from '../html/html.js'
import { stableGuid } from '../life/identify.js'
import { lifeMarksOf } from '../life/marks.js'
import { findDateline } from '../text/dateline.js'
import { readEmbargo } from '../text/embargo.js'
import { headlineFrom } from '../text/headline.js'
import { placesOf } from '../text/places.js'
import { readDate } from '../time/dates.js'
import { type Fields, isFields, objectsOf, textOf } from './json-fields.js'
import { bodyOf, headlinesOf, mediaOf } from './ninjs-content.js'

/**
 * IPTC ninjs 1.x (flat, lower case), 2.x (lists) and 3.x (camel case), by whichever keys it has.
 */
export function readNinjs(raw: RawItem): Reading {
  const news = newsOf(raw.body)
  const content = bodyOf(news)
  const titles = titlesOf(news, content.text)
  const found = findDateline(content.text, raw.received)
  const wire = wireNamed(found?.dateline.wire)
  const { zone } = houseFor(raw.wire, wire)
  const marks = lifeMarksOf(titles.headline, content.text)
  return {
    ...titles,
    status: statusOf(news),
    isCorrection: marks.isCorrection || isCorrected(news),
    body: content.body,
    complete: !content.isPartial,
    media: mediaOf(news),
    publishedMs: msOf(
      news,
      zone,
      'firstCreated',
      'firstcreated',
      'versionCreated',
      'versioncreated',
    ),
    sourceCodes: codesOf(news),
    flags: flagsOf(news, marks.isDisregard),
    ...orderOf(news, zone),
    ...embargoOf(news, zone),
    ...creditsOf(news),
    ...defined({ wire, dateline: found?.dateline ?? locatedOf(news) }),
    // After the dateline's wire: the item's own address says more.
    ...identityOf(news),
  }
}

/** Without a headline the text gives one; a withdrawal needs neither. */
function titlesOf(news: Fields, text: string): Pick<Reading, 'headline' | 'subheadline'> {
  const { main = '', subtitle } = headlinesOf(news)
  const headline = titleText(main) || headlineFrom(text)
  if (headline === '' && statusOf(news) === 'usable') throw new PermanentError(emptySentence)
  return { headline: headline || untitled, ...defined({ subheadline: subtitle }) }
}

function flagsOf(news: Fields, isDisregard: boolean): string[] {
  const isWithheld = textOf(news, 'pubStatus', 'pubstatus')?.endsWith('withheld') === true
  return [
    ...(headlinesOf(news).main === undefined ? ['headline-from-text'] : []),
    ...(isDisregard ? ['disregard-notice'] : []),
    ...(isWithheld ? ['withheld-by-source'] : []),
  ]
}

const emptySentence =
  'The item has neither headline nor body; send ninjs with `headlines` or `headline`, and `bodies`, `body_html` or `body_text`.'
/** A withdrawal needs no text: it keeps the headline of the version that it withdraws. */
const untitled = '(no headline)'

function newsOf(body: string): Fields {
  const value = parse(body)
  if (!isFields(value)) {
    throw new PermanentError(
      'The JSON is no ninjs item; send one object with `uri` and a headline.',
    )
  }
  if (textOf(value, 'format')?.startsWith('digitalwires') === true) {
    throw new PermanentError('dpa digitalwires JSON cannot be read yet; send the item as ninjs.')
  }
  return value
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw new PermanentError('The body is no JSON; send one ninjs object.', { cause })
  }
}

/**
 * `withheld` means: not for publication until further notice. It is taken like a withdrawal, and a
 * newer usable version brings the item back. An unknown word never lets an item out.
 */
function statusOf(news: Fields): Status {
  const given = textOf(news, 'pubStatus', 'pubstatus')
  const word =
    given
      ?.replace(/^stat:/, '')
      .trim()
      .toLowerCase() ?? 'usable'
  if (word === 'usable') return 'usable'
  if (['canceled', 'cancelled', 'withheld'].includes(word)) return 'canceled'
  throw new PermanentError(`The pubStatus is not known; use usable, withheld or canceled.`)
}

function identityOf(news: Fields): Pick<Reading, 'wireId' | 'wire' | 'sourceUrl'> {
  const id = textOf(news, 'uri', 'guid') ?? alternativeIdOf(news)
  const url = [textOf(news, 'webUrl', 'weburl', 'url'), id].find((one) =>
    /^https?:\/\//.test(one ?? ''),
  )
  const link = defined({ sourceUrl: url })
  if (id === undefined) return link
  const house = houseOfUrl(id)
  const ofPage = house?.wireIdOf(id)
  if (house?.wire !== undefined && ofPage !== undefined) {
    return { wireId: ofPage, wire: house.wire, ...link }
  }
  return { wireId: stableGuid(id), ...link }
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

function embargoOf(news: Fields, zone: string | undefined): Pick<Reading, 'embargoMs'> {
  const given = ['embargoedUntil', 'embargoeduntil', 'embargoed'].map((name) => news[name])
  const stated = given.find((value) => value !== undefined && value !== null && value !== '')
  if (stated === undefined) return {}
  return { embargoMs: readEmbargo(typeof stated === 'string' ? stated : '', zone) }
}

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
    (organisations.length === 1 && organisations[0]
      ? textOf(organisations[0], 'name')
      : undefined) ??
    textOf(news, 'by', 'byline')
  )
}

function isCorrected(news: Fields): boolean {
  return /(?:^|:)correct(?:ed|ion)$/i.test(textOf(news, 'signal', 'profile') ?? '')
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
