import type { RawItem, SourceCode } from '@newswire/model'
import type { Element } from 'domhandler'
import { defined } from '../defined.js'
import type { Notice, Reading } from '../draft.js'
import { houseFor, isHouse, shownCredit, wireNamed } from '../houses/index.js'
import { storyOf, wireOf } from '../houses/story-uri.js'
import { lifeMarksOf } from '../life/marks.js'
import type { EmbargoOptions } from '../text/embargo.js'
import { readDate } from '../time/dates.js'
import { hasText, nitfContent } from './nitf-content.js'
import { datelineIn, dayOf, placeLine, statedDateline } from './stated-dateline.js'
import { embargoInNotes, statedEmbargo } from './stated-embargo.js'
import { isEmbargoed, statedStatus } from './stated-status.js'
import { titled } from './titles.js'
import { allOf, at, attributeOf, childrenOf, textOf } from './xml.js'

/** Keywords in one field of the head that are kept. */
const keywordsMax = 100

/** IPTC NITF 3.2 to 3.6, bare. */
export function readNitf(root: Element, raw: RawItem): Reading {
  const head = at(root, 'head')
  const docdata = at(head, 'docdata')
  const content = nitfContent(root)
  const name = nameOf(head)
  const dates = datesOf(head, houseFor(raw.wire, name.wire).zone)
  const day = dayOf(dates.publishedMs, raw.received)
  const found = datelineIn(content.text, day)
  const wire = name.wire ?? wireNamed(found?.wire)
  const house = houseFor(raw.wire, wire, wireNamed(found?.wire))
  const { zone } = house
  const issuer = issuerOf(root)
  const managed = attributeOf(docdata, 'management-status')
  const status = statedStatus(isEmbargoed(managed) ? undefined : managed)
  const headline = content.headline ?? textOf(at(head, 'title'))
  const titles = titled({
    headline,
    subheadline: content.subheadline,
    text: content.text,
    status: status.status,
  })
  const marks = lifeMarksOf(titles.headline, content.text)
  return {
    ...dates,
    ...name,
    ...titles,
    status: status.status,
    isCorrection: marks.isCorrection,
    body: content.body,
    complete: hasText(root),
    media: [...content.media],
    sourceCodes: codesOf(head),
    flags: [...titles.flags, ...status.flags, ...(marks.isDisregard ? ['disregard-notice'] : [])],
    ...defined({
      wire,
      language: languageOf(root),
      dateline: datelineOf(root, content.dateline, day) ?? found,
      issuer,
      credit: textOf(at(root, 'body', 'body.head', 'rights')) ?? shownCredit(house, wire, issuer),
      embargoMs: embargoOf(docdata, { zone, received: raw.received }),
      notice: noticeOf(docdata) ?? marks.notice,
    }),
  }
}

/**
 * The document's id at whoever registered it (`regsrc`). Some end it in the number of the version;
 * then the key for further use (`du-key`), which stays, is its name.
 */
function nameOf(head: Element | undefined): Pick<Reading, 'wire' | 'wireId' | 'sourceVersion'> {
  const docdata = at(head, 'docdata')
  const docId = at(docdata, 'doc-id')
  const wire = registrarOf(attributeOf(docId, 'regsrc'))
  const id = attributeOf(docId, 'id-string')
  const use = at(docdata, 'du-key')
  const key = attributeOf(use, 'key')
  const isNumbered =
    id !== undefined &&
    key !== undefined &&
    id.startsWith(key) &&
    /^[._:-]v?\d{1,6}$/iu.test(id.slice(key.length))
  const number = isNumbered ? attributeOf(use, 'version') : metaOf(head, 'article-revision')
  const version = Number(number ?? Number.NaN)
  return {
    ...defined({ wire }),
    ...(id === undefined ? {} : storyOf(isNumbered ? key : id)),
    ...(Number.isSafeInteger(version) ? { sourceVersion: version } : {}),
  }
}

const registrar = /^[\p{L}\p{N}][\w.-]{1,30}$/u

/** Who registered the document, as a wire: a house by its name, else the name itself. */
function registrarOf(regsrc: string | undefined): string | undefined {
  const house = wireNamed(regsrc) ?? wireOf(regsrc)
  if (house !== undefined || regsrc === undefined || !registrar.test(regsrc)) return house
  const token = regsrc.toLowerCase().replaceAll('.', '-')
  // The tokens of houses are ours: nobody registers documents under them.
  return isHouse(token) ? undefined : token
}

/** What the head says under a name of the provider's own, as GlobeNewswire does. */
function metaOf(head: Element | undefined, name: string): string | undefined {
  const found = childrenOf(head, 'meta').find((one) => attributeOf(one, 'name') === name)
  return attributeOf(found, 'content')
}

function languageOf(root: Element): string | undefined {
  const head = at(root, 'head')
  const paragraph = allOf(root, 'p').find((one) => attributeOf(one, 'lang') !== undefined)
  return (
    attributeOf(root, 'baselang') ??
    attributeOf(root, 'lang') ??
    metaOf(head, 'article-language') ??
    attributeOf(paragraph, 'lang')
  )
}

function datesOf(
  head: Element | undefined,
  zone: string | undefined,
): Pick<Reading, 'publishedMs' | 'modifiedMs'> {
  const docdata = at(head, 'docdata')
  const issued = attributeOf(at(docdata, 'date.issue'), 'norm')
  const printed = attributeOf(at(head, 'pubdata'), 'date.publication')
  const modifiedMs = readDate(issued ?? printed ?? '', zone ?? 'UTC')?.ms
  return { publishedMs: modifiedMs, ...defined({ modifiedMs }) }
}

/**
 * `date.release` holds the document back until then; one up to its issue says nothing. A later day
 * without its hour, and what can't be read, hold it until a person releases it.
 */
function embargoOf(docdata: Element | undefined, options: EmbargoOptions): number | undefined {
  const { zone, received } = options
  const release = attributeOf(at(docdata, 'date.release'), 'norm')
  if (isEmbargoed(attributeOf(docdata, 'management-status'))) {
    return statedEmbargo(release ?? '', zone)
  }
  if (release !== undefined) {
    const issue = attributeOf(at(docdata, 'date.issue'), 'norm') ?? ''
    const issuedMs = readDate(issue, zone ?? 'UTC')?.ms ?? Date.parse(received)
    const releasedMs = readDate(release, zone ?? 'UTC')?.ms
    const isLater = releasedMs === undefined || releasedMs > issuedMs
    if (isLater) return statedEmbargo(release, zone ?? 'UTC')
  }
  const notes = childrenOf(docdata, 'ed-msg').flatMap((note) => attributeOf(note, 'info') ?? [])
  return embargoInNotes(notes, options)
}

function datelineOf(root: Element, stated: string | undefined, day: string): Reading['dateline'] {
  const dateline = at(root, 'body', 'body.head', 'dateline')
  const date = dayIn(attributeOf(at(dateline, 'story.date'), 'norm'))
  const named = statedDateline(stated, day) ?? eventPlace(root)
  return named && { ...named, ...(date === undefined ? {} : { date }) }
}

/** `evloc`: where the event took place, which is what a dateline says. */
function eventPlace(root: Element): Reading['dateline'] {
  const place = at(root, 'head', 'docdata', 'evloc')
  return placeLine([attributeOf(place, 'city'), attributeOf(place, 'state-prov')])
}

function dayIn(norm: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(norm ?? '') ?? []
  return year === undefined ? undefined : `${year}-${month}-${day}`
}

function issuerOf(root: Element): Reading['issuer'] {
  const docdata = at(root, 'head', 'docdata')
  const head = at(root, 'body', 'body.head')
  const candidates = [
    metaOf(at(root, 'head'), 'issuer-name'),
    textOf(at(head, 'rights', 'rights.owner')),
    attributeOf(at(docdata, 'doc.copyright'), 'holder'),
    attributeOf(at(docdata, 'doc.rights'), 'owner'),
    textOf(at(head, 'distributor')),
    textOf(at(head, 'byline')),
  ]
  const name = candidates.find((candidate) => candidate !== undefined)
  return name === undefined ? undefined : { name }
}

/** IPTC subject codes by their eight digits, and the document's own keywords. */
function codesOf(head: Element | undefined): SourceCode[] {
  const subjects = allOf(at(head, 'tobject'), 'tobject.subject').flatMap((subject) => {
    const code = attributeOf(subject, 'tobject.subject.refnum')
    const names = ['detail', 'matter', 'type'].map((part) =>
      attributeOf(subject, `tobject.subject.${part}`),
    )
    const name = names.find((one) => one !== undefined)
    const owner = attributeOf(subject, 'tobject.subject.ipr') ?? 'IPTC'
    const scheme = owner === 'IPTC' ? 'iptc-subject-code' : owner
    return code === undefined && name === undefined ? [] : [{ scheme, ...defined({ code, name }) }]
  })
  const keywords = allOf(at(head, 'docdata', 'key-list'), 'keyword')
    .flatMap((keyword) => attributeOf(keyword, 'key') ?? [])
    .map((name) => ({ scheme: 'keyword', name }))
  return [...subjects, ...keywords, ...metaCodes(head)]
}

/** GlobeNewswire's own fields; a security's number is a code, the others are names. */
function metaCodes(head: Element | undefined): SourceCode[] {
  const isin = metaOf(head, 'issuer-isin')
  const names = ['issuer-industry', 'article-content'].flatMap((scheme) => {
    const name = metaOf(head, scheme)
    return name === undefined ? [] : [{ scheme, name }]
  })
  const keywords = (metaOf(head, 'article-keywords') ?? '')
    .split(',', keywordsMax)
    .map((name) => ({ scheme: 'keyword', name: name.trim() }))
    .filter(({ name }) => name !== '')
  return [...(isin === undefined ? [] : [{ scheme: 'ISIN', code: isin }]), ...names, ...keywords]
}

/** The document that this one's `management-status` speaks of: it goes, or this one replaces it. */
function noticeOf(docdata: Element | undefined): Notice | undefined {
  const other = attributeOf(docdata, 'management-doc-idref')
  if (other === undefined) return undefined
  const own = attributeOf(docdata, 'management-status') ?? 'usable'
  const kind = /^(?:cancel|kill|withh)/iu.test(own) ? 'withdrawal' : 'correction'
  return { kind, ids: [storyOf(other).wireId] }
}
