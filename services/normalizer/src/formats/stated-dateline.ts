import type { Dateline } from '@newswire/model'
import { defined } from '../defined.js'
import { findDateline } from '../text/dateline.js'
import { readDatelineDay } from '../text/dateline-day.js'
import { placesOf } from '../text/places.js'

const trailingDash = /(?<=\))[\s.\-\u2010-\u2015]+$|[\s\-\u2010-\u2015]+$/u
const wireName = /\((?<wire>[^()\n]{2,40})\)$/u
const weekday =
  /,?\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)$/iu
const datelineCharsMax = 300
/** Some agencies write their name first: `(ANSA) - ROMA, 1 LUG`, `ANSA - ROMA, 1 LUG`. */
const wireFirst =
  /^(?:\((?<bracketed>[^()\n]{2,40})\)\s?|(?<bare>\p{Lu}[\p{Lu}\d ]{1,30}) )[-\u2010-\u2015]\s?(?<rest>\p{L}[^\n]{2,120})$/u

/**
 * A dateline that stands in a field of its own: `London (dpa) - `, `MOSCOW, Monday (Reuters)`,
 * `ROUND ROCK, Texas`. `day` (RFC 3339) gives the year where the dateline has none.
 */
export function statedDateline(field: string | undefined, day: string): Dateline | undefined {
  const raw = (field ?? '').replace(/\s+/gu, ' ').replace(trailingDash, '').trim()
  if (raw === '' || raw.length > datelineCharsMax) return undefined
  const shaped = findDateline(`${raw} - `, day)
  if (shaped?.start === 0) return shaped.dateline
  return afterWire(raw, day) ?? plainDateline(raw, day)
}

/** A dateline behind the wire's name; only its date tells it from a place in two parts. */
function afterWire(raw: string, day: string): Dateline | undefined {
  const { bracketed, bare, rest = '' } = wireFirst.exec(raw)?.groups ?? {}
  const wire = (bracketed ?? bare)?.trim()
  const found = wire === undefined ? undefined : plainDateline(rest, day)
  return wire === undefined || found?.date === undefined ? undefined : { ...found, raw, wire }
}

function plainDateline(raw: string, day: string): Dateline {
  const wire = wireName.exec(raw)?.groups?.['wire']?.trim()
  const place = raw.replace(wireName, '').trim()
  const date = readDatelineDay(place, day)
  const isDated = date !== undefined && date.start > 0
  const named = (isDated ? place.slice(0, date.start) : place).replace(/[\s,]+$/u, '')
  return {
    raw,
    places: placesOf(named.replace(weekday, '')),
    ...defined({ wire, date: isDated ? date.day : undefined }),
  }
}

/** What a date without a year is near to: the day of publication, else of coming in. RFC 3339. */
export function dayOf(publishedMs: number | undefined, received: string): string {
  return publishedMs === undefined ? received : new Date(publishedMs).toISOString()
}

/** A place that a field names where there is no dateline: `Vancouver, BC, Canada`. */
export function placeLine(names: readonly (string | undefined)[]): Dateline | undefined {
  const filled = [...new Set(names.flatMap((name) => name?.trim() || []))]
  if (filled.length === 0) return undefined
  return { raw: filled.join(', '), places: [...new Set(filled.flatMap(placesOf))] }
}

const paragraphsSearched = 12

/**
 * The dateline in a body's text: at its head, or at the start of one of its first paragraphs, since
 * the preface of a correction and subheadlines may stand above it.
 */
export function datelineIn(text: string, day: string): Dateline | undefined {
  const atHead = findDateline(text, day) ?? behindWire(text, day)
  if (atHead) return atHead.dateline
  for (const paragraph of text.split('\n\n', paragraphsSearched)) {
    const found = findDateline(paragraph, day)
    if (found?.start === 0) return found.dateline
  }
  return undefined
}

const behindWireForm =
  /^\s{0,8}(?<dateline>\([^()\n]{2,40}\) ?[-\u2010-\u2015] ?\p{L}[^\n]{2,80}?) [-\u2010-\u2015] /u

/** `(ANSA) - ROMA, 1 LUG - ` at the head of a text. */
function behindWire(text: string, day: string): { dateline: Dateline } | undefined {
  const raw = behindWireForm.exec(text.slice(0, datelineCharsMax))?.groups?.['dateline']
  const dateline = raw === undefined ? undefined : afterWire(raw, day)
  return dateline && { dateline }
}
