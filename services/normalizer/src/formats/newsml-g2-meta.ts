import type { SourceCode } from '@newswire/model'
import type { Element } from 'domhandler'
import { defined } from '../defined.js'
import type { Notice, Reading } from '../draft.js'
import type { House } from '../houses/index.js'
import { storyOf } from '../houses/story-uri.js'
import type { LifeMarks } from '../life/marks.js'
import { readDate } from '../time/dates.js'
import { datelineIn, placeLine, statedDateline } from './stated-dateline.js'
import { at, attributeOf, childrenOf, textOf } from './xml.js'

/** A newsItem and the two elements in which it speaks of itself and of its content. */
export interface G2 {
  readonly item: Element
  readonly meta: Element | undefined
  readonly content: Element | undefined
}

/** Whether the item is one picture, film or sound, in however many sizes. */
export function isPicture(meta: Element | undefined): boolean {
  const kind = attributeOf(at(meta, 'itemClass'), 'qcode') ?? ''
  return /(?:picture|graphic|video|audio|animation)$/iu.test(kind)
}

export function g2Dates(
  { item, meta, content }: G2,
  zone: string | undefined,
): Pick<Reading, 'publishedMs' | 'modifiedMs' | 'sourceVersion'> {
  const ms = (element: Element | undefined) => readDate(textOf(element) ?? '', zone ?? 'UTC')?.ms
  const modifiedMs = ms(at(meta, 'versionCreated'))
  // The content of a picture is as old as the moment that it shows.
  const isText = !isPicture(meta)
  const createdMs =
    ms(at(meta, 'firstCreated')) ?? (isText ? ms(at(content, 'contentCreated')) : undefined)
  const version = Number(attributeOf(item, 'version') ?? Number.NaN)
  return {
    publishedMs: createdMs ?? modifiedMs,
    ...defined({
      modifiedMs,
      sourceVersion: Number.isSafeInteger(version) ? version : undefined,
    }),
  }
}

/** The last part of each signal: `correction` of `sig:correction`. */
export function g2Signals({ meta }: G2): string[] {
  return childrenOf(meta, 'signal').map((signal) =>
    (attributeOf(signal, 'qcode') ?? attributeOf(signal, 'uri') ?? '')
      .replace(/^.*[:/#]/u, '')
      .toLowerCase(),
  )
}

/** A wire that carries the releases of others names the issuer as the organisation spoken of. */
const carriers = new Set(['na', 'prn', 'apa', 'bw', 'gnw'])
const organisation = /(?:^|:)organi[sz]ation$/iu

export function g2Issuer(parts: G2, wire: string | undefined): Reading['issuer'] {
  const { item, meta, content } = parts
  const rights = at(item, 'rightsInfo', 'copyrightHolder')
  const candidates = [
    ...childrenOf(content, 'infoSource').map(partyOf),
    ...(wire !== undefined && carriers.has(wire) ? [leadingOrganisation(content)] : []),
    partyOf(rights),
    partyOf(at(meta, 'provider')),
    partyOf(at(content, 'creator')),
  ]
  const name = candidates.find((candidate) => candidate !== undefined)
  return name === undefined ? undefined : { name }
}

function namedOnly(element: Element | undefined): string | undefined {
  return textOf(at(element, 'name'))
}

/** A party by its name, or by a literal that is one; a code in someone's list says nothing. */
function partyOf(element: Element | undefined): string | undefined {
  return namedOnly(element) ?? attributeOf(element, 'literal')
}

function leadingOrganisation(content: Element | undefined): string | undefined {
  const spokenOf = childrenOf(content, 'subject').filter((subject) =>
    organisation.test(attributeOf(subject, 'type') ?? ''),
  )
  const relevance = (subject: Element) => Number(attributeOf(subject, 'relevance') ?? 0)
  return partyOf(spokenOf.toSorted((a, b) => relevance(b) - relevance(a))[0])
}

/** A house that we know has a line of its own; of others, what they demand to be shown. */
export function g2Credit({ item, content }: G2, house: House): string | undefined {
  if (house.wire !== undefined && carriers.has(house.wire)) return undefined
  const notices = childrenOf(at(item, 'rightsInfo'), 'copyrightNotice')
  const language = attributeOf(item, 'lang')?.slice(0, 2)
  const own = notices.find((one) => attributeOf(one, 'lang')?.slice(0, 2) === language)
  return textOf(own ?? notices[0]) ?? textOf(at(content, 'creditline'))
}

const canonical = /(?:^|[:/#])canonical$/iu

/** The address of the page on which readers find the item. */
export function g2Page({ meta }: G2): string | undefined {
  const link = childrenOf(meta, 'link').find((one) => canonical.test(attributeOf(one, 'rel') ?? ''))
  const href = attributeOf(link, 'href')
  return /^https?:\/\//iu.test(href ?? '') ? href : undefined
}

export function g2Dateline(
  { content }: G2,
  found: { text: string; dateline?: string },
  day: string,
): Reading['dateline'] {
  const stated = textOf(at(content, 'dateline')) ?? found.dateline
  const located = at(content, 'located')
  const broader = childrenOf(located, 'broader').map(namedOnly)
  return (
    statedDateline(stated, day) ??
    datelineIn(found.text, day) ??
    placeLine([partyOf(located), ...broader])
  )
}

const unnamedScheme = 'literal'

/** Subjects, genres and keywords, each in the scheme that the source writes: `medtop`. */
export function g2Codes({ item, content }: G2): SourceCode[] {
  const coded = ['subject', 'genre'].flatMap((kind) =>
    childrenOf(content, kind).flatMap((element) => codeOf(element, kind)),
  )
  const keywords = childrenOf(content, 'keyword')
    .filter((element) => !isTicker(element))
    .flatMap((element) => textOf(element) ?? [])
    .map((name) => ({ scheme: 'keyword', name }))
  const slugline = textOf(at(content, 'slugline'))
  const line = slugline ? [{ scheme: 'slugline', name: slugline }] : []
  return [...coded, ...keywords, ...line, ...securitiesOf(item)]
}

const securityNumber = /^(?<scheme>ISIN|WKN|CUSIP|SEDOL):(?<code>[A-Z0-9]{6,12})$/iu

/** The numbers of securities that the item asserts of an organisation, as GlobeNewswire does. */
function securitiesOf(item: Element): SourceCode[] {
  return childrenOf(item, 'assert')
    .flatMap((assertion) => childrenOf(assertion, 'related'))
    .flatMap((related) => {
      const { scheme, code } =
        securityNumber.exec(attributeOf(related, 'qcode') ?? '')?.groups ?? {}
      return scheme === undefined || code === undefined
        ? []
        : [{ scheme: scheme.toUpperCase(), code }]
    })
}

function codeOf(element: Element, kind: string): SourceCode[] {
  const qcode = attributeOf(element, 'qcode')
  const name = textOf(childrenOf(element, 'name')[0])
  const colon = qcode?.indexOf(':') ?? -1
  if (qcode !== undefined && colon > 0) {
    const code = qcode.slice(colon + 1)
    return [{ scheme: qcode.slice(0, colon), code, ...defined({ name }) }]
  }
  const uri = attributeOf(element, 'uri')
  if (uri !== undefined) return [{ scheme: kind, code: uri, ...defined({ name }) }]
  const literal = name ?? attributeOf(element, 'literal')
  const scheme = attributeOf(element, 'type')?.replace(/^.*:/u, '') ?? unnamedScheme
  return literal === undefined ? [] : [{ scheme: `${kind}:${scheme}`, name: literal }]
}

function isTicker(element: Element): boolean {
  return /ticker/iu.test(attributeOf(element, 'role') ?? '')
}

/** Keywords that call themselves tickers, and the instruments of organisations. */
export function g2Tickers({ item, content }: G2): string[] {
  const keywords = childrenOf(content, 'keyword')
    .filter(isTicker)
    .flatMap((element) => textOf(element) ?? [])
  const instruments = childrenOf(item, 'assert')
    .flatMap((assertion) => childrenOf(at(assertion, 'organisationDetails'), 'hasInstrument'))
    .flatMap((instrument) => {
      const symbol = attributeOf(instrument, 'symbol')
      const market = attributeOf(instrument, 'marketlabel')
      const isWhole = market === undefined || symbol?.includes(':')
      return symbol === undefined ? [] : [isWhole ? symbol : `${market}:${symbol}`]
    })
  return [...keywords, ...instruments]
}

const correcting = /(?:^|[:/#])(?:is)?(?:correct(?:s|ion|ionOf)|replaces|supersedes)$/iu
const earlier = /(?:^|[:/#])(?:previousVersion|evolvedFrom|derivedFrom)$/iu

/** What the item says of another that it corrects: by a link, or in its own words. */
export function g2Notice({
  parts,
  marks,
  isCorrection,
  own,
}: {
  parts: G2
  marks: LifeMarks
  isCorrection: boolean
  own: string | undefined
}): Notice | undefined {
  const linked = childrenOf(parts.meta, 'link').filter((link) => {
    const rel = attributeOf(link, 'rel') ?? ''
    return correcting.test(rel) || (isCorrection && earlier.test(rel))
  })
  const ids = linked
    .flatMap((link) => attributeOf(link, 'residref') ?? attributeOf(link, 'href') ?? [])
    .map((id) => storyOf(id).wireId)
    .filter((id) => id !== own)
  const inWords = marks.notice
  if (ids.length === 0) return inWords
  return {
    ...(inWords ?? { kind: 'correction' }),
    ids: [...new Set([...ids, ...(inWords?.ids ?? [])])],
  }
}
