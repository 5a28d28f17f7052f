import type { Dateline } from '@newswire/model'
import { defined } from '../defined.js'
import { readDatelineDay } from './dateline-day.js'
import { looksLikePlace, placeBefore, withoutEdge } from './dateline-place.js'
import { type Anchor, anchors, lineForms, reversed, unnamed } from './dateline-shapes.js'
import { placesOf } from './places.js'

/** Date-lines stand at the head: what lies behind is prose, and prose names wires too. */
const windowChars = 600
/** A title, a time stamp and an issuer can stand before an `(ots)` line. */
const otsLinesMax = 5
/** Other brackets and slashes may stand before the one that belongs to a dateline. */
const anchorsMax = 6
const lowerCaseWordsMax = 3

export interface FoundDateline {
  dateline: Dateline
  /** A time stamp before the place, as it stands there. */
  stamp?: string
  /** Offsets in the text that was searched: what stands before is no body, what follows is. */
  start: number
  end: number
}

/**
 * The dateline in the first 600 characters of a text, in the shapes of ots, APA, dpa, PR Newswire,
 * GlobeNewswire, Business Wire, Newsfile and ACCESSWIRE. The shape counts, not the name: a sentence
 * that mentions a wire has none. `received` (RFC 3339) gives the year where the dateline has none.
 */
export function findDateline(text: string, received: string): FoundDateline | undefined {
  const head = text.slice(0, windowChars)
  const atStart = head.includes('(') ? atLineStart(head, received) : undefined
  if (atStart) return atStart
  for (const anchor of anchors) {
    // The dear patterns, only where their fixed signs stand.
    const found = anchor.hint.test(head) ? beforeAnchor(head, anchor, received) : undefined
    if (found) return found
  }
  const turned = /ACCESS/i.test(head) ? reversedIn(head, received) : undefined
  return turned ?? unnamedIn(head, received)
}

/** At the start of one of the first paragraphs. */
function unnamedIn(head: string, received: string): FoundDateline | undefined {
  let start = 0
  for (const line of head.split('\n', otsLinesMax * 2)) {
    const match = unnamed.exec(line)
    const { raw = '', place = '', date = '' } = match?.groups ?? {}
    const day = match ? readDatelineDay(date, received)?.day : undefined
    if (match && day !== undefined) {
      return { dateline: datelineOf(raw, place, day, ''), start, end: start + match[0].length }
    }
    start += line.length + 1
  }
  return undefined
}

function atLineStart(head: string, received: string): FoundDateline | undefined {
  let start = 0
  let lines = 0
  for (const line of head.split('\n')) {
    if (line.trim() !== '') lines += 1
    if (lines > otsLinesMax) return undefined
    const found = line.includes('(') ? inLine(line, start, received) : undefined
    if (found) return found
    start += line.length + 1
  }
  return undefined
}

function inLine(line: string, start: number, received: string): FoundDateline | undefined {
  for (const form of lineForms) {
    const match = form.exec(line)
    if (!match) continue
    const { place: given = '', raw = '', wire = '', stamp } = match.groups ?? {}
    const date = readDatelineDay(given, received)
    const place = withoutEdge(date ? given.slice(0, date.start) : given)
    if (!looksLikePlace(place) && !isLowerCaseName(place, match[0], line)) continue
    const dateline = datelineOf(raw.trim(), place, date?.day, wire)
    return { dateline, start, end: start + match[0].length, ...defined({ stamp }) }
  }
  return undefined
}

/** `bad homburg (ots) - `: only a dash or the end of the line tells it from a sentence. */
function isLowerCaseName(place: string, whole: string, line: string): boolean {
  const isClosed = /[-\u2010-\u2015]\s*$/u.test(whole) || whole.length >= line.trimEnd().length
  return isClosed && place.split(/\s+/).length <= lowerCaseWordsMax
}

/** `PLACE, date /PRNewswire/`: from the wire's name backwards, since anything may stand before. */
function beforeAnchor(head: string, anchor: Anchor, received: string): FoundDateline | undefined {
  let tries = 0
  for (const match of head.matchAll(anchor.form)) {
    tries += 1
    if (tries > anchorsMax) return undefined
    const found = atAnchor(head, anchor, match, received)
    if (found) return found
  }
  return undefined
}

function atAnchor(
  head: string,
  anchor: Anchor,
  match: RegExpExecArray,
  received: string,
): FoundDateline | undefined {
  const lineStart = head.lastIndexOf('\n', match.index) + 1
  const before = head.slice(lineStart, match.index)
  const { date: within, wire, paren } = match.groups ?? {}
  const date = readDatelineDay(within ?? withoutEdge(before), received)
  if (!date && anchor.date === 'needed') return undefined
  const isAlone = !date && anchor.date !== 'has none' && anchor.place !== 'may lack'
  const undated = date && within === undefined ? before.slice(0, date.start) : before
  const place = placeBefore(undated, { isAlone })
  if (!fits(anchor, before, place?.start)) return undefined
  const start = place ? lineStart + place.start : match.index + match[0].search(/[(/]/u)
  const end = match.index + match[0].length
  const raw = head.slice(start, end).replace(trailingOf(anchor), '')
  return {
    dateline: datelineOf(raw, place?.text ?? '', date?.day, wire ?? paren ?? ''),
    start,
    end,
  }
}

function fits({ place }: Anchor, before: string, start: number | undefined): boolean {
  if (start === undefined) return place === 'may lack'
  return place !== 'opens the line' || before.slice(0, start).trim() === ''
}

/** Business Wire's dashes are part of its dateline, the others' are not. */
function trailingOf({ place }: Anchor): RegExp {
  return place === 'may lack' ? /\s+$/u : /[\s\-\u2010-\u2015]+$/u
}

function reversedIn(head: string, received: string): FoundDateline | undefined {
  const match = reversed.exec(head)
  if (!match) return undefined
  const { raw = '', place = '', date = '', wire = '' } = match.groups ?? {}
  const day = readDatelineDay(date, received)?.day
  const dateline = datelineOf(raw.trim(), place, day, wire)
  return { dateline, start: match.index, end: match.index + match[0].length }
}

function datelineOf(raw: string, place: string, day: string | undefined, wire: string): Dateline {
  return {
    raw,
    places: placesOf(place),
    ...defined({ date: day }),
    ...(wire === '' ? {} : { wire: wire.trim() }),
  }
}
