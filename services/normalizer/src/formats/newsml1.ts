import { PermanentError } from '@newswire/bus'
import type { RawItem } from '@newswire/model'
import type { Element } from 'domhandler'
import { defined } from '../defined.js'
import type { Notice, Reading } from '../draft.js'
import { houseFor, wireNamed } from '../houses/index.js'
import { storyOf, wireOf } from '../houses/story-uri.js'
import { type LifeMarks, lifeMarksOf } from '../life/marks.js'
import { readDate } from '../time/dates.js'
import { newsml1Content } from './newsml1-content.js'
import { newsml1Codes, newsml1Tickers } from './newsml1-metadata.js'
import { datelineIn, dayOf, statedDateline } from './stated-dateline.js'
import { statedEmbargo } from './stated-embargo.js'
import { isEmbargoed, statedStatus } from './stated-status.js'
import { titled } from './titles.js'
import { allOf, at, attributeOf, childrenOf, textOf } from './xml.js'

/** IPTC NewsML 1.0 to 1.2, as Business Wire sends it: the first NewsItem. */
export function readNewsml1(root: Element, raw: RawItem): Reading {
  const item = allOf(root, 'NewsItem')[0]
  if (!item) {
    throw new PermanentError('The NewsML holds no NewsItem; send one with its text.')
  }
  const management = at(item, 'NewsManagement')
  const content = newsml1Content(item)
  const name = nameOf(item)
  const dates = datesOf(item, houseFor(raw.wire, name.wire).zone)
  const day = dayOf(dates.publishedMs, raw.received)
  const found = datelineIn(content.text, day)
  const wire = name.wire ?? wireNamed(found?.wire)
  const house = houseFor(raw.wire, wire, wireNamed(found?.wire))
  const managed = attributeOf(at(management, 'Status'), 'FormalName')
  const status = statedStatus(isEmbargoed(managed) ? undefined : managed)
  const { headline, subheadline, text } = content
  const titles = titled({ headline, subheadline, text, status: status.status })
  const marks = lifeMarksOf(titles.headline, text)
  return {
    ...dates,
    ...name,
    ...titles,
    status: status.status,
    isCorrection: marks.isCorrection,
    body: content.body,
    complete: content.isComplete,
    media: [...content.media],
    sourceCodes: newsml1Codes(item),
    tickers: newsml1Tickers(item),
    flags: [...titles.flags, ...status.flags, ...(marks.isDisregard ? ['disregard-notice'] : [])],
    ...defined({
      wire,
      language: content.language ?? attributeOf(root, 'lang'),
      dateline: statedDateline(content.dateline, day) ?? found,
      issuer: issuerOf(item, content.byline),
      credit: house.wire === undefined ? content.copyright : undefined,
      contact: content.contact,
      sourceUrl: content.sourceUrl,
      embargoMs: embargoOf(management, house.zone),
      notice: noticeOf(management, marks, name.wireId),
    }),
  }
}

/**
 * `Update` of a RevisionId (NewsML 1.2, section 5.2): `N` brings the whole item, `A` only how it is
 * managed, `U` instructions to change an earlier revision, which no reader here has at hand. Some
 * write `U` over a whole item: what has components is one.
 */
function nameOf(item: Element): Pick<Reading, 'wire' | 'wireId' | 'sourceVersion'> {
  const identifier = at(item, 'Identification', 'NewsIdentifier')
  const revision = at(identifier, 'RevisionId')
  if (attributeOf(revision, 'Update') === 'U' && at(item, 'NewsComponent') === undefined) {
    throw new PermanentError(
      'The NewsItem holds instructions to change an earlier revision (Update="U"); send the revision as a whole (Update="N").',
    )
  }
  const version = Number(textOf(revision) ?? Number.NaN)
  return {
    ...storyNameOf(identifier, textOf(revision)),
    ...(Number.isSafeInteger(version) ? { sourceVersion: version } : {}),
  }
}

function storyNameOf(
  identifier: Element | undefined,
  revision: string | undefined,
): Pick<Reading, 'wire' | 'wireId'> {
  const [provider, date, id, named] = [
    'ProviderId',
    'DateId',
    'NewsItemId',
    'PublicIdentifier',
  ].map((name) => textOf(at(identifier, name)))
  const wire = wireOf(provider)
  if (wire !== undefined && id !== undefined) return { wire, wireId: id }
  if (named !== undefined) return storyOf(withoutRevision(named, revision))
  if (id === undefined) return {}
  const story = storyOf(`urn:newsml:${provider ?? ''}:${date ?? ''}:${id}`)
  return story.wire === undefined ? { wireId: id } : story
}

/** The public identifier ends in the revision; the name of the item is what stands before. */
function withoutRevision(identifier: string, revision: string | undefined): string {
  const form = /:(?<revision>\d{1,9})[NUA]?$/u
  const ends = form.exec(identifier)?.groups?.['revision']
  return ends !== undefined && ends === revision ? identifier.replace(form, '') : identifier
}

function datesOf(
  item: Element,
  zone: string | undefined,
): Pick<Reading, 'publishedMs' | 'modifiedMs'> {
  const management = at(item, 'NewsManagement')
  const ms = (name: string) => readDate(textOf(at(management, name)) ?? '', zone ?? 'UTC')?.ms
  const modifiedMs = ms('ThisRevisionCreated')
  return { publishedMs: ms('FirstCreated') ?? modifiedMs, ...defined({ modifiedMs }) }
}

/** `Embargoed` lasts until the status will change to usable; without that, until a person says. */
function embargoOf(management: Element | undefined, zone: string | undefined): number | undefined {
  if (!isEmbargoed(attributeOf(at(management, 'Status'), 'FormalName'))) return undefined
  const change = childrenOf(management, 'StatusWillChange').find((one) =>
    /usable/iu.test(attributeOf(at(one, 'FutureStatus'), 'FormalName') ?? ''),
  )
  return statedEmbargo(textOf(at(change, 'DateAndTime')) ?? '', zone)
}

/** A correction may name in its management the item that it was made of. */
function noticeOf(
  management: Element | undefined,
  marks: LifeMarks,
  own: string | undefined,
): Notice | undefined {
  if (!marks.isCorrection && !marks.isDisregard) return marks.notice
  const ids = childrenOf(management, 'DerivedFrom')
    .flatMap((one) => attributeOf(one, 'NewsItem') ?? [])
    .map((uri) => storyOf(uri).wireId)
    .filter((id) => id !== own)
  if (ids.length === 0) return marks.notice
  const inWords = marks.notice ?? { kind: 'correction', ids: [] }
  return { ...inWords, ids: [...new Set([...ids, ...inWords.ids])] }
}

/** Who speaks: the source; else whose name stands above the text. */
function issuerOf(item: Element, byline: string | undefined): Reading['issuer'] {
  const sources = allOf(item, 'AdministrativeMetadata').flatMap((one) => [
    ...childrenOf(one, 'Source'),
    ...childrenOf(one, 'Creator'),
    ...childrenOf(one, 'Provider'),
  ])
  const parties = sources.flatMap((source) => attributeOf(at(source, 'Party'), 'FormalName') ?? [])
  const name = parties[0] ?? byline
  return name === undefined ? undefined : { name }
}
