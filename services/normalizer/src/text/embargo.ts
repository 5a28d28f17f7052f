import { untilReleased } from '@newswire/model'
import { readDate } from '../time/dates.js'
import { instantIn } from '../time/spoken-instant.js'
import { mayHoldNotice, type NoticeMatch, noticeIn } from './embargo-words.js'

/** Notices stand above or below a release: elsewhere only a line of its own counts as one. */
const edgeParagraphs = 8
const edgeChars = 600
/** A date may stand on the line after the notice. */
const nextLineCharsMax = 100
/** A notice is no longer, nor stands its date further off. */
const noticeCharsMax = 300
/** What follows a notice behind a dash is the release only if it is as long as a title. */
const restCharsMin = 10

/** `embargoUntil` of a release whose embargo nobody can read, in milliseconds since 1970. */
export const untilReleasedMs = Date.parse(untilReleased)

/** When a notice says that the embargo ends; undefined where it cannot be read. */
export interface EmbargoNotice {
  ms: number | undefined
  /** False for a day without a time, of which nobody knows the hour. */
  hasTime: boolean
}

export interface EmbargoOptions {
  /** IANA name of the zone in which the wire writes times without one. */
  zone: string | undefined
  /** RFC 3339. */
  received: string
}

export interface TakenNotices {
  notices: EmbargoNotice[]
  /** The lines of each paragraph without the notices; what a notice left empty is ''. */
  paragraphs: string[][]
}

/** The embargo notices of a release, and the release without them. */
export function takeNotices(paragraphs: readonly string[], options: EmbargoOptions): TakenNotices {
  const notices: EmbargoNotice[] = []
  const kept: string[][] = paragraphs.map((paragraph) => paragraph.split('\n'))
  for (const [index, paragraph] of paragraphs.entries()) {
    if (!mayHoldNotice(paragraph)) continue
    const isEdge = index < edgeParagraphs || index >= paragraphs.length - edgeParagraphs
    takeFromLines({ at: index, paragraphs: kept, notices, isEdge, options })
  }
  return { notices, paragraphs: kept }
}

interface Taking {
  at: number
  paragraphs: string[][]
  notices: EmbargoNotice[]
  isEdge: boolean
  options: EmbargoOptions
}

function takeFromLines(taking: Taking): void {
  const { at, paragraphs, notices, isEdge, options } = taking
  const lines = paragraphs[at] ?? []
  for (const [index, line] of lines.entries()) {
    const match = lineNotice(line, isEdge)
    const next = nextOf(taking, index)
    const taken = match && takeFrom(line, next.lines[next.index] ?? '', match, options)
    if (!taken) continue
    notices.push(taken.notice)
    lines[index] = taken.rest
    if (taken.tookNext) next.lines[next.index] = ''
  }
}

/** Where the line stands that follows a line of a paragraph. */
function nextOf({ at, paragraphs }: Taking, index: number): { lines: string[]; index: number } {
  const lines = paragraphs[at] ?? []
  const isLast = index === lines.length - 1
  return isLast ? { lines: paragraphs[at + 1] ?? [], index: 0 } : { lines, index: index + 1 }
}

/** In a paragraph without end only its beginning and its end are edges. */
function lineNotice(line: string, isEdge: boolean): NoticeMatch | undefined {
  if (line.length <= 2 * edgeChars) return noticeIn(line, isEdge)
  const inHead = noticeIn(line.slice(0, edgeChars), isEdge)
  if (inHead) return inHead
  const offset = line.length - edgeChars
  const inTail = noticeIn(line.slice(offset), isEdge)
  return inTail?.start === 0 || inTail === undefined
    ? undefined
    : { ...inTail, start: inTail.start + offset, end: inTail.end + offset }
}

interface Taken {
  notice: EmbargoNotice
  rest: string
  tookNext: boolean
}

function takeFrom(
  line: string,
  next: string,
  match: NoticeMatch,
  { zone, received }: EmbargoOptions,
): Taken | undefined {
  const segment = segmentOf(line, match)
  const from = Math.max(segment.start, match.start - noticeCharsMax)
  const to = Math.min(segment.end, match.end + noticeCharsMax)
  const options = { zone, received, isDayFirst: isDayFirst(line.slice(match.start, to)) }
  const behind = instantIn(line.slice(match.end, to), options)
  const within = behind?.hasTime ? behind : instantIn(line.slice(from, to), options)
  const own = within?.hasTime ? within : (behind ?? within)
  const canContinue = to >= line.length && next.length <= nextLineCharsMax
  const both =
    own?.hasTime || !canContinue
      ? undefined
      : instantIn(`${line.slice(match.end)} ${next}`, options)
  const tookNext = both?.hasTime === true
  const instant = tookNext ? both : own
  const notice = { ms: instant?.ms, hasTime: instant?.hasTime ?? false }
  if (!counts(match, notice, received)) return undefined
  const readTo = match.end + (behind?.end ?? 0)
  return { notice, rest: restOf(line, segment, Math.min(readTo, segment.end)), tookNext }
}

/** Words that say other things too are an embargo only where its end is still to come. */
function counts({ kind }: NoticeMatch, { ms, hasTime }: EmbargoNotice, received: string): boolean {
  if (kind === 'embargo') return true
  const isToCome = ms !== undefined && ms > Date.parse(received)
  return isToCome && (hasTime || kind === 'release')
}

const dayFirstWords = /sperr|frei|jusqu|hasta|fino|sous|sotto|bajo|embargad|avant|prima|antes/iu

function isDayFirst(notice: string): true | undefined {
  return dayFirstWords.test(notice) ? true : undefined
}

interface Segment {
  start: number
  end: number
}

/** `9 a.m. ET`, `Wed. June 24`, `24. Juni`: these stops end no sentence. */
const sentenceEnd =
  /(?<![ap]\.?m|(?<!\d)\d{1,2}|(?<!\p{L})(?:\p{Lu}|Mon|Tues?|Wed|Thu|Thurs|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez|Mo|Di|Mi|Do|Fr|Sa|So))[.!?]["”“)\]]?(?=\s+\S)/giu
const closing: Readonly<Record<string, string>> = { '[': ']', '(': ')' }

/** The bracket or sentence of a line that a notice stands in. */
function segmentOf(line: string, { start, end, opens }: NoticeMatch): Segment {
  const opener = line.slice(0, end).search(/[[(][^\][()]*$/u)
  const close = closing[line[opener] ?? '']
  const closed = close === undefined ? -1 : line.indexOf(close, end)
  if (opener >= 0 && closed >= 0) return { start: opener, end: closed + 1 }
  const ends = [...line.matchAll(sentenceEnd)].map((found) => found.index + found[0].length)
  return {
    start: opens ? start : (ends.findLast((one) => one <= start) ?? 0),
    end: ends.find((one) => one >= end) ?? line.length,
  }
}

const separated = /^[\s)\]*]*(?:[:|*]|--?|[\u2010-\u2015])[\s*]*(?=["„“»«(]?[\p{Lu}\d])/u
const moreNotice = /^\W*(?:not|no|nicht|ne|non|do not|bis|until|embargo|sperrfrist)\b/iu

/** The line without its notice: without a bracket, a sentence, or what stands before a title. */
function restOf(line: string, { start, end }: Segment, readTo: number): string {
  const separator = separated.exec(line.slice(readTo, end))
  const title = separator ? line.slice(readTo + separator[0].length, end) : ''
  const isTitle = title.length >= restCharsMin && !moreNotice.test(title)
  const from = isTitle ? end - title.length : end
  const rest = withoutSigns(`${line.slice(0, start).trimEnd()} ${line.slice(from).trimStart()}`)
  return /[\p{L}\p{N}]/u.test(rest) ? rest : ''
}

const signs: ReadonlySet<string> = new Set(' \t:|*#-\u2010\u2011\u2012\u2013\u2014\u2015')

/** Sign by sign, since a pattern for the end takes quadratic time on a row of them. */
function withoutSigns(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && signs.has(text.charAt(start))) start += 1
  while (end > start && signs.has(text.charAt(end - 1)) && text.charAt(end - 1) !== ':') end -= 1
  return text.slice(start, end)
}

/**
 * When the embargo of a release ends, in milliseconds since 1970; undefined for none. The latest
 * instant counts. Where words say that there is one and nobody can read until when, or a day has no
 * hour, the release waits for a person: `untilReleasedMs`. A notice without any date defers to what
 * says one.
 */
export function embargoOf(
  stated: number | undefined,
  notices: readonly EmbargoNotice[],
): number | undefined {
  const times = notices.filter(({ hasTime }) => hasTime).map(({ ms }) => ms ?? untilReleasedMs)
  const instants = stated === undefined ? times : [stated, ...times]
  if (instants.length === 0) return notices.length === 0 ? undefined : untilReleasedMs
  const latest = Math.max(...instants)
  const hasLaterDay = notices.some(({ ms, hasTime }) => !hasTime && ms !== undefined && ms > latest)
  return hasLaterDay ? untilReleasedMs : latest
}

/**
 * The instant of an embargo that stands in a field of its own, in milliseconds since 1970. A bare
 * day is no instant, and neither is a time without its zone: then `untilReleasedMs`.
 */
export function readEmbargo(text: string, zone: string | undefined): number {
  const date = readDate(text, zone)
  return date?.hasTime ? date.ms : untilReleasedMs
}
