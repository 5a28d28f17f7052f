import { PermanentError } from '@newswire/bus'
import { readDate } from '../time/dates.js'

const noticeParagraphsMax = 6
const lead = '^\\W{0,3}(?:(?:ACHTUNG|ATTENTION|NOTE)\\W{1,3})?'
/** The bare word also names a ban on trade: alone it counts only before a colon. */
const words = [
  'Sperrfrist(?=\\s*(?::|bis\\b|\\d))',
  '(?:STRICTLY|UNDER) EMBARGO(?:ED)?(?: UNTIL| TILL| FOR)?',
  'EMBARGOED(?: UNTIL| TILL| FOR|(?=\\s*:))',
  'EMBARGO(?: UNTIL| TILL| hasta| fino a|(?=\\s*:))',
  "Sous embargo(?: jusqu[’']au)?",
  'Sotto embargo(?: fino a)?',
  'Not for (?:release|publication) (?:before|until)',
  'Frei für(?=[^\\d\\n]{0,12}\\d)',
]
const notice = new RegExp(`${lead}(?:${words.join('|')})`, 'iu')
const noticeCharsMax = 200

/**
 * The embargo that a text states in words among its first paragraphs, in milliseconds since 1970.
 * A release whose embargo nobody can read must never go out: PermanentError.
 */
export function embargoInText(
  paragraphs: readonly string[],
  zone: string | undefined,
): number | undefined {
  const line = paragraphs.slice(0, noticeParagraphsMax).find(isEmbargoNotice)
  if (line === undefined) return undefined
  const stated = line.replace(notice, '').replace(/^\W*(?:bis|until|am|der|den|von|ab)?\s*/iu, '')
  return readEmbargo(stated.replace(/[.!)\s]+$/u, ''), zone)
}

export function isEmbargoNotice(paragraph: string): boolean {
  return paragraph.length <= noticeCharsMax && notice.test(paragraph)
}

/** The instant of an embargo. A bare day is no instant, and neither is a time without its zone. */
export function readEmbargo(text: string, zone: string | undefined): number {
  const date = readDate(text, zone)
  if (date?.hasTime) return date.ms
  throw new PermanentError(
    'The release has an embargo whose time cannot be read, so it is not published; send it as ninjs with `embargoedUntil` as a time with its zone.',
  )
}
