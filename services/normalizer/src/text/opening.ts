import { type Dateline, fold } from '@newswire/model'
import { defined } from '../defined.js'
import { isCorrectionPreface } from '../life/marks.js'
import { type FoundDateline, findDateline } from './dateline.js'
import { type Stamp, stampOf } from './head.js'

/** How a release begins, up to the first paragraph of its text. */
export interface Opening {
  /** Empty where the release has none of its own. */
  headline: string
  subheadline?: string
  dateline?: Dateline
  /** From a time stamp above the dateline. */
  stamp?: Stamp
  /** The paragraph that says what this release corrects. */
  preface?: string
  /** The title of a correction, above the corrected release's own. */
  noticeTitle?: string
  body: string[]
}

const prefaceParagraphsMax = 3
const subheadlineCharsMax = 600
/** A longer first paragraph is text, not a title; so is a shorter one that stands alone. */
const headlineCharsMax = 500
const loneHeadlineCharsMax = 150
/** Legal text that binds the reader: it stays in the body. */
const legalNotice = /\bNOT FOR (?:DISSEMINATION|DISTRIBUTION|RELEASE|PUBLICATION)\b/iu

/** `received` (RFC 3339) gives the year where the dateline has none; `issuer` is cut as a line. */
export function readOpening(
  paragraphs: readonly string[],
  { received, issuer }: { received: string; issuer: string },
): Opening {
  const preface = paragraphs.slice(0, prefaceParagraphsMax).findIndex(isCorrectionPreface)
  if (preface < 0 || preface === paragraphs.length - 1)
    return openingOf(paragraphs, received, issuer)
  const noticeTitle = preface > 0 ? paragraphs[0] : undefined
  return {
    ...openingOf(paragraphs.slice(preface + 1), received, issuer),
    preface: paragraphs[preface] ?? '',
    ...defined({ noticeTitle }),
  }
}

function openingOf(given: readonly string[], received: string, issuer: string): Opening {
  const stamp = stampOf(given[0] ?? '')
  if (stamp) return { stamp, ...openingOf(given.slice(1), received, issuer) }
  const [first = '', ...others] = given
  const inFirst = findDateline(first, received)
  if (inFirst) {
    const headline = first.slice(0, inFirst.start).trim()
    const body = [first.slice(inFirst.end), ...others]
    return { headline, ...datelineOf(inFirst), body: withoutTitle(body, headline) }
  }
  if (isProse(first, others)) return { headline: '', body: [...given] }
  const headline = first.replace(/\s+/g, ' ')
  const rest = others.join('\n\n')
  const found = findDateline(rest, received)
  if (!found) {
    const above = others.findIndex((text) => stampOf(text) === undefined)
    const stamped = above > 0 ? stampOf(others[0] ?? '') : undefined
    const body = withoutTitle(others.slice(Math.max(0, above)), headline)
    return { headline, ...defined({ stamp: stamped }), body }
  }
  const above = readAbove(rest.slice(0, found.start).split('\n\n'), [headline, issuer])
  const below = rest.slice(found.end).split('\n\n')
  return {
    headline,
    ...datelineOf(found),
    ...above.fields,
    body: withoutTitle([...above.kept, ...below], headline),
  }
}

function datelineOf({ dateline, stamp }: FoundDateline): Pick<Opening, 'dateline' | 'stamp'> {
  return { dateline, ...defined({ stamp: stampOf(stamp ?? '') }) }
}

function isProse(first: string, others: readonly string[]): boolean {
  return first.length > (others.length === 0 ? loneHeadlineCharsMax : headlineCharsMax)
}

/** Between headline and dateline: a time stamp, the issuer, a subheadline, notices. */
function readAbove(
  paragraphs: readonly string[],
  known: readonly string[],
): { fields: Pick<Opening, 'subheadline' | 'stamp'>; kept: string[] } {
  const fields: Pick<Opening, 'subheadline' | 'stamp'> = {}
  const kept: string[] = []
  const folded = new Set(known.map(fold))
  for (const paragraph of paragraphs.map((text) => text.trim())) {
    const stamp = stampOf(paragraph)
    if (stamp) fields.stamp = stamp
    else if (paragraph === '' || isKnown(paragraph, folded)) continue
    else if (fields.subheadline === undefined && isSubheadline(paragraph)) {
      fields.subheadline = paragraph.replace(/\s+/g, ' ')
    } else kept.push(paragraph)
  }
  return { fields, kept }
}

/** Folding is dear, and no title or name is as long as a text. */
function isKnown(paragraph: string, folded: ReadonlySet<string>): boolean {
  return paragraph.length <= subheadlineCharsMax && folded.has(fold(paragraph))
}

function isSubheadline(paragraph: string): boolean {
  const isBullet = /^(?:[•●▪*·–—-]|--)\s/u.test(paragraph)
  return paragraph.length <= subheadlineCharsMax && !isBullet && !legalNotice.test(paragraph)
}

/** Without empty paragraphs, and without the headline said again under the dateline. */
function withoutTitle(body: readonly string[], headline: string): string[] {
  const filled = body.map((text) => text.trim()).filter((text) => text !== '')
  const repeats = headline !== '' && isKnown(filled[0] ?? '', new Set([fold(headline)]))
  return repeats && filled.length > 1 ? filled.slice(1) : filled
}
