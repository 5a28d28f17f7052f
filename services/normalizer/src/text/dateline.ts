import type { Dateline } from '@newswire/model'
import { defined } from '../defined.js'
import { readDatelineDay } from './dateline-day.js'
import { looksLikePlace, placeBefore } from './dateline-place.js'
import { placesOf } from './places.js'

/** Date-lines stand at the head: what lies behind is prose, and prose names wires too. */
const windowChars = 600
/** A title, a time stamp and an issuer can stand before an `(ots)` line. */
const otsLinesMax = 5

const dash = '[-\\u2010-\\u2015]'
const ots = new RegExp(
  `^(?:\\d{2}\\.\\d{2}\\.\\d{4}\\s*${dash}\\s*\\d{2}:\\d{2}\\s+)?(?<raw>(?<place>\\S[^\\n]{0,119}?)\\s*\\((?<wire>ots(?:\\/[^()\\n]{1,40})?)\\))[ \\t]*(?:${dash}{1,2}[ \\t]*)?`,
  'iu',
)
const apaOld =
  /^(?<raw>(?<place>\p{Lu}[^\n(]{1,80}?),\s*(?<date>\d{1,2}\.\s*\p{L}{3,10}\s*\d{4})\s*\((?<wire>[^()\n]{2,20})\))[ \t]*/u
const slashAnchor =
  /\/\s*(?<wire>(?:PRNewswire|PR Newswire|Kyodo JBN|CNW|Medianet)[^/\n]{0,40}?)\s*\/[ \t]*(?:(?:--|[-\u2010-\u2015])[ \t]*)?/u
const parenAnchor =
  /\((?<wire>GLOBE NEWSWIRE|GlobeNewswire|ACCESSWIRE|EQS Newswire|NEWSFILE Corp[^)\n]{0,20})\)[ \t]*(?:(?:--|[-\u2010-\u2015])[ \t]*)?/u
const businessWire =
  /(?<raw>(?:(?<place>\p{Lu}[\p{L}\p{M}'’.,&\- ]{1,90}?)--)?\((?<wire>BUSINESS WIRE|美國商業資訊|美国商业资讯|ビジネスワイヤ)\)--)[ \t]*/u
const reversed =
  /(?<raw>(?<place>\p{Lu}[\p{L}\p{M}'’.,\- ]{1,60}?)\s*\/\s*(?<wire>ACCESS ?WIRE|ACCESS Newswire)\s*\/\s*(?<date>[^/\n]{4,30}?)\s*\/)[ \t]*(?:(?:--|[-\u2010-\u2015])[ \t]*)?/iu

export interface FoundDateline {
  dateline: Dateline
  /** Offsets in the text that was searched: what stands before is no body, what follows is. */
  start: number
  end: number
}

/**
 * The dateline in the first 600 characters of a text, in the shapes of ots, APA, PR Newswire,
 * GlobeNewswire, Business Wire and ACCESSWIRE. The shape counts, not the name: a sentence that
 * mentions a wire has none. `received` (RFC 3339) gives the year where the dateline has none.
 */
export function findDateline(text: string, received: string): FoundDateline | undefined {
  const head = text.slice(0, windowChars)
  return (
    atLineStart(head, received) ??
    beforeAnchor(head, slashAnchor, received) ??
    beforeAnchor(head, parenAnchor, received) ??
    // The dear patterns, only where their fixed signs stand.
    (head.includes(')--') ? anywhere(head, businessWire, received) : undefined) ??
    (/ACCESS/i.test(head) ? anywhere(head, reversed, received) : undefined)
  )
}

function atLineStart(head: string, received: string): FoundDateline | undefined {
  let start = 0
  let lines = 0
  for (const line of head.split('\n')) {
    if (line.trim() !== '') lines += 1
    if (lines > otsLinesMax) return undefined
    const match = line.includes('(') ? (ots.exec(line) ?? apaOld.exec(line)) : null
    if (match && looksLikePlace(match.groups?.['place'] ?? '')) {
      return foundBy(match, start, received)
    }
    start += line.length + 1
  }
  return undefined
}

function anywhere(head: string, form: RegExp, received: string): FoundDateline | undefined {
  const match = form.exec(head)
  return match ? foundBy(match, match.index, received) : undefined
}

function foundBy(match: RegExpExecArray, start: number, received: string): FoundDateline {
  const { raw = '', place = '', date = '', wire = '' } = match.groups ?? {}
  const day = readDatelineDay(date, received)?.day
  return {
    dateline: datelineOf(raw.trim(), place, day, wire),
    start,
    end: start + match[0].length,
  }
}

/** `PLACE, date /PRNewswire/`: from the wire's name backwards, since anything may stand before. */
function beforeAnchor(head: string, anchor: RegExp, received: string): FoundDateline | undefined {
  const match = anchor.exec(head)
  if (!match) return undefined
  const lineStart = head.lastIndexOf('\n', match.index) + 1
  const date = readDatelineDay(head.slice(lineStart, match.index), received)
  if (!date) return undefined
  const place = placeBefore(head.slice(lineStart, lineStart + date.start))
  if (!place) return undefined
  const start = lineStart + place.start
  const end = match.index + match[0].length
  const raw = head.slice(start, end).replace(/[\s\-\u2010-\u2015]+$/u, '')
  const wire = match.groups?.['wire'] ?? ''
  return { dateline: datelineOf(raw, place.text, date.day, wire), start, end }
}

function datelineOf(raw: string, place: string, day: string | undefined, wire: string): Dateline {
  return {
    raw,
    places: placesOf(place),
    ...defined({ date: day }),
    ...(wire === '' ? {} : { wire: wire.trim() }),
  }
}
