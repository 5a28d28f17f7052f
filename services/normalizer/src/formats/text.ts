import { PermanentError } from '@newswire/bus'
import type { RawItem } from '@newswire/model'
import { defined } from '../defined.js'
import type { Reading } from '../draft.js'
import { type House, houseFor, wireNamed } from '../houses/index.js'
import { officeCodeOf } from '../houses/ots.js'
import { readHtml } from '../html/html.js'
import { assertFewLines } from '../html/nesting.js'
import { isPrNewswireNotice, lifeMarksOf } from '../life/marks.js'
import { roleOf } from '../text/boilerplate.js'
import { cleanText } from '../text/characters.js'
import { findDateline } from '../text/dateline.js'
import { embargoOf, takeNotices } from '../text/embargo.js'
import { noticeIn } from '../text/embargo-words.js'
import {
  type Head,
  readHead,
  withBoilerplateOnItsOwnLine,
  withWholeOriginalUrl,
} from '../text/head.js'
import { headlineFrom } from '../text/headline.js'
import { issuerFromLead } from '../text/issuer.js'
import { type Opening, readOpening } from '../text/opening.js'
import { readTail, type Tail } from '../text/tail.js'
import { unwrap } from '../text/unwrap.js'
import { readArticle } from './article.js'
import { doubleDecoded } from './double-encoded.js'

/** Some senders call HTML plain text. */
const markup = /^\s*<(?:!doctype|html|body|article|section|div|p|h1)\b/i

/** A release as plain text, as wires send and drop it: ots, APA-OTS, PR Newswire, AsiaNet. */
export function readText(raw: RawItem): Reading {
  const isMarkup = markup.test(raw.body)
  const article = isMarkup ? readArticle(raw.body, raw) : undefined
  if (article) return article
  const plain = isMarkup ? readHtml(raw.body).text : cleanText(doubleDecoded(raw.body))
  assertFewLines(plain)
  const text = withBoilerplateOnItsOwnLine(plain)
  const head = readHead(withWholeOriginalUrl(text.split('\n')))
  const paragraphs = unwrap(head.rest, { standsAlone: (line) => standsAlone(line, raw.received) })
  if (paragraphs.length === 0) {
    throw new PermanentError('The text is empty; send the release with its headline and body.')
  }
  const bare = bareOf(paragraphs, raw.received)
  const isPolice = officeCodeOf(bare[0] ?? '') !== undefined
  const tail = readTail(bare, { isPolice })
  const issuer = tail.issuer ?? head.issuer ?? ''
  const opening = readOpening(tail.body, { received: raw.received, issuer })
  const house = houseFor(raw.wire, wireOf(opening, tail, head, text))
  const { notices } = takeNotices(paragraphs, { zone: house.zone, received: raw.received })
  const embargoMs = embargoOf(undefined, notices)
  return {
    ...assemble({ opening, tail, head, issuer, house, text, received: raw.received }),
    ...defined({ embargoMs }),
  }
}

/**
 * Without embargo notices: where those stand, in whatever zone, shows which text is the release.
 */
function bareOf(paragraphs: readonly string[], received: string): string[] {
  const taken = takeNotices(paragraphs, { zone: 'UTC', received })
  return taken.paragraphs
    .map((lines) => lines.filter((line) => line !== '').join('\n'))
    .filter((paragraph) => paragraph !== '')
}

function standsAlone(line: string, received: string): boolean {
  if (roleOf(line) !== undefined || noticeIn(line.trim(), false)?.start === 0) return true
  if (!/[(/]/.test(line)) return false
  const found = findDateline(line.trim(), received)
  return found !== undefined && found.end >= line.trim().length
}

/** The wire that the text itself names. */
function wireOf(opening: Opening, tail: Tail, head: Head, text: string): string | undefined {
  if (tail.credit !== undefined) return 'na'
  if (head.wire !== undefined) return head.wire
  if (/^(?:\*{3} ?)?OTS-ORIGINALTEXT\b/mu.test(text)) return 'apa'
  const isPrn = head.isAsiaNet || isPrNewswireNotice(opening.preface ?? opening.body[0] ?? '')
  return wireNamed(opening.dateline?.wire) ?? (isPrn ? 'prn' : undefined)
}

interface Parts {
  opening: Opening
  tail: Tail
  head: Head
  issuer: string
  house: House
  text: string
  received: string
}

function assemble({ opening, tail, head, issuer, house, text, received }: Parts): Reading {
  const body = opening.body.join('\n\n')
  const headline = opening.headline === '' ? headlineFrom(body) : opening.headline
  const marks = lifeMarksOf(opening.noticeTitle ?? headline, opening.preface ?? body)
  const named = issuer || marks.issuer || issuerFromLead(opening.body[0] ?? '', house)
  return {
    status: 'usable',
    isCorrection: marks.isCorrection,
    headline,
    body: { text: body },
    complete: true,
    issuer: { name: named },
    media: tail.media,
    publishedMs: publishedOf(opening, received),
    sourceCodes: codesOf(headline),
    flags: flagsOf(opening, issuer === '' && named !== '', marks.isDisregard),
    ...defined({
      wire: house.wire ?? wireNamed(opening.dateline?.wire),
      wireId: wireIdOf(tail, head, house, text),
      subheadline: opening.subheadline,
      dateline: opening.dateline,
      language: tail.language ?? (house.wire === 'apa' ? 'de' : undefined),
      credit: tail.credit ?? house.creditOf(named),
      contact: tail.contact,
      sourceUrl: tail.sourceUrl,
      notice: marks.notice,
    }),
  }
}

const apaNumber = /^(?:\*+\s*)?(OTS\d{4})\s+(\d{4})-(\d{2})-(\d{2})\/\d{2}:\d{2}$/mu

/** The number under which the same story lies on the wire's pages goes before a drop's own. */
function wireIdOf(tail: Tail, head: Head, house: House, text: string): string | undefined {
  const ofPage = tail.sourceUrl === undefined ? undefined : house.wireIdOf(tail.sourceUrl)
  const apa = house.wire === 'apa' ? apaNumber.exec(text) : null
  return ofPage ?? head.wireId ?? (apa ? `OTS_${apa.slice(2, 5).join('')}_${apa[1]}` : undefined)
}

const dayMs = 86_400_000

/** A text tells at most its day; while that is not over, the time of coming in says more. */
function publishedOf({ stamp, dateline }: Opening, received: string): number {
  const receivedMs = Date.parse(received)
  if (stamp?.hasTime) return stamp.ms
  const day = dateline?.date === undefined ? stamp?.ms : Date.parse(dateline.date)
  if (day === undefined) return receivedMs
  // A dateline ahead of us is one under embargo.
  return receivedMs - day < 2 * dayMs ? receivedMs : day
}

function codesOf(title: string): Reading['sourceCodes'] {
  const code = officeCodeOf(title)
  return code === undefined ? [] : [{ scheme: 'na:office', code }]
}

function flagsOf(opening: Opening, isGuessed: boolean, isDisregard: boolean): string[] {
  return [
    ...(opening.headline === '' ? ['headline-from-text'] : []),
    ...(isGuessed ? ['issuer-from-text'] : []),
    ...(isDisregard ? ['disregard-notice'] : []),
  ]
}
