import type { FeedEntry, SourceCode } from '@newswire/model'
import { defined } from '../defined.js'
import { plainText } from '../html/html.js'
import { roleOf } from '../text/boilerplate.js'
import { type EntryTraits, firstOf, type House } from './house.js'

/** `/pm/<company>/<story>`, on presseportal.de (7 digits) and presseportal.ch (9 digits). */
const storyPath =
  /^(?<site>https?:\/\/(?:www\.)?presseportal\.(?:de|ch)(?:\/[a-z]{2,12}){0,2})\/pm\/(?<id>\d+)\/(?<story>\d{5,10})(?:[/?#]|$)/iu
const shortLink = /^https?:\/\/(?:www\.)?ots\.de\/(\d{5,10})$/iu
/** Offices and companies have feeds of their own; topics and keywords mix the issuers. */
const ownFeed = /\/nr\/\d+|\/(?:dienststelle|pm)_\d+|\/dienststelle\/\d+/iu
const feedTitle = /^Presseportal\.(?:de|ch) - (?<issuer>\S.*)$/iu
const blaulicht =
  /^(?<code>(?:POL|BPOL|BPOLI|BPOLD|FW|HZA|THW|LKA|ZOLL|DRK)(?:-[\p{L}0-9]{1,20})*(?: [A-ZÄÖÜ0-9]{1,6})?):\s+/u
const teaserTail =
  /(?:\s{0,8}Lesen Sie hier weiter\b[\s\S]*|\s{0,8}Original-?Content von:[^\n]*\s*)$/iu
const newsroomLine = /^[^\n]{1,200}?\[Newsroom\]\s*/u

/** news aktuell: ots and presseportal. */
export const ots: House = {
  wire: 'na',
  zone: 'Europe/Berlin',
  creditOf: (issuer) =>
    issuer === '' ? '' : `Original-Content von: ${issuer}, übermittelt durch news aktuell`,
  wireIdOf: (url) => storyPath.exec(url)?.groups?.['story'] ?? shortLink.exec(url)?.[1],
  traitsOf,
}

/** The office's code in a police or fire brigade title: `POL-PDWIL`. */
export function officeCodeOf(headline: string): string | undefined {
  return blaulicht.exec(headline)?.groups?.['code']
}

function traitsOf(entry: FeedEntry): EntryTraits {
  const origin = originOf(entry.content ?? '')
  const issuer = firstOf(entry, 'source') ?? origin?.issuer ?? issuerOfFeed(entry)
  const language = firstOf(entry, 'dc:language') ?? entry.feed.language ?? origin?.language
  return {
    content: entry.summary ?? withoutFrame(entry.content ?? ''),
    isComplete: false,
    ...defined({ issuer: issuerOf(issuer, entry.link), credit: origin?.credit, language }),
    sourceCodes: codesOf(entry),
  }
}

/** An office or company has its number in the address of each of its stories. */
function issuerOf(name: string | undefined, link: string | undefined): EntryTraits['issuer'] {
  if (name === undefined) return undefined
  const { site, id } = storyPath.exec(link ?? '')?.groups ?? {}
  return site === undefined || id === undefined ? { name } : { name, id, url: `${site}/nr/${id}` }
}

/** The last line of the frame, read without reading all the markup above it. */
const originLine = /Original-?Content von: ?[^<\n]{1,300}/giu

function originOf(
  content: string,
): { issuer: string; language: string | undefined; credit: string } | undefined {
  const line = content.match(originLine)?.at(-1)
  const credit = line === undefined ? '' : plainText(line)
  const role = roleOf(credit)
  if (role?.role !== 'originator') return undefined
  return { issuer: role.issuer, language: role.language, credit }
}

function issuerOfFeed({ feed }: FeedEntry): string | undefined {
  const isOwn = ownFeed.test(feed.link ?? '') || ownFeed.test(feed.url ?? '')
  return isOwn ? feedTitle.exec(feed.title ?? '')?.groups?.['issuer'] : undefined
}

/** The teaser without what presseportal puts around it: name, newsroom link, read-more, credit. */
function withoutFrame(content: string): string {
  return plainText(content)
    .replace(newsroomLine, '')
    .replace(teaserTail, '')
    .replace(teaserTail, '')
}

function codesOf(entry: FeedEntry): SourceCode[] {
  const code = officeCodeOf(entry.title ?? '')
  return [
    ...entry.categories.map((name) => ({ scheme: 'na:category', name })),
    ...(code === undefined ? [] : [{ scheme: 'na:office', code }]),
  ]
}
