import { defined } from '../defined.js'
import { readDate } from '../time/dates.js'
import { instantIn } from '../time/spoken-instant.js'

/** What stands above the headline of a text drop. */
export interface Head {
  issuer?: string
  /** `PR12345`, as AsiaNet numbers its releases. */
  wireId?: string
  isAsiaNet: boolean
  /** The wire whose heading this is. */
  wire?: string
  /** The lines of the release itself. */
  rest: string[]
}

/** A crawler's line above a page copy: the month of the crawl, then the issuer. */
const crawlerLine = /^\s*date \d{4}-\d{2}\s+(?<issuer>\S.*)$/u
const sourceLine = /^\s*Source:\s+(?<issuer>\S.*)$/u
const releaseLine = /^\s*MEDIA RELEASE (?<id>PR\d{4,6})\s*$/u
/** `EQS-News: Muster AG / Schlagwort(e): Quartalsergebnis`. */
const eqsLine =
  /^\s*(?:EQS|DGAP)-[\p{L}-]{2,20}:\s*(?<issuer>[^/:\n]{2,120}?)\s*(?:[/:][^\n]{0,200})?$/u
const stampLine =
  /^(?<day>\d{2}\.\d{2}\.\d{4}|\d{2}-\p{L}{3}-\d{4})(?:\s*[-\u2010-\u2015/]\s*(?<time>\d{2}:\d{2})(?:\s*(?:Uhr|CET\/CEST|MEZ|MESZ))?)?$/u

/** `OTS0123   5 WI  0215 VBD0001   Di, 14.Jul 2026`. */
const apaLine = /^\s*OTS\d{4}\s+\d\s+\S{1,4}\s+\d{4}\s+\S{3,12}(?:\s.{0,60})?$/u
const apaTopics = /^\s*[\p{L}\p{N}.-]{1,40}(?:\/[\p{L}\p{N}.-]{1,40}){1,9}\s*$/u

/** Takes the lines above the headline off: a crawler's header, those of AsiaNet, APA and EQS. */
export function readHead(lines: readonly string[]): Head {
  const { lines: given, issuer: provider } = withoutProvider(lines)
  const first = given.findIndex((line) => line.trim() !== '')
  const rest = first < 0 ? [] : given.slice(first)
  if (apaLine.test(rest[0] ?? '')) {
    return { isAsiaNet: false, wire: 'apa', rest: withSubtitle(rest.slice(1)) }
  }
  const crawled = crawlerLine.exec(rest[0] ?? '')?.groups?.['issuer']
  if (crawled !== undefined) {
    return { issuer: crawled.trim(), isAsiaNet: false, rest: rest.slice(1) }
  }
  const adhoc = eqsLine.exec(rest[0] ?? '')?.groups?.['issuer']
  if (adhoc !== undefined) {
    return { issuer: adhoc.trim(), isAsiaNet: false, wire: 'eqs', rest: rest.slice(1) }
  }
  const wireId = releaseLine.exec(rest[1] ?? '')?.groups?.['id']
  const issuer = sourceLine.exec(rest[0] ?? '')?.groups?.['issuer']
  if (wireId === undefined || issuer === undefined) {
    return { isAsiaNet: false, rest, ...defined({ issuer: provider }) }
  }
  return { issuer: issuer.trim(), wireId, isAsiaNet: true, rest: rest.slice(2) }
}

/** `Utl.: … =` under a headline of APA is its subheadline. */
function withSubtitle(lines: readonly string[]): string[] {
  const topics = lines.findIndex((line) => line.trim() !== '')
  const own = apaTopics.test(lines[topics] ?? '') ? lines.slice(topics + 1) : lines
  const at = own.findIndex((line) => /^\s*Utl\.:\s/u.test(line))
  const subtitle = at < 0 ? own.length : at
  const closed = own.findIndex((line) => line.endsWith(' ='))
  const bare = own.map((line, index) => {
    const text = index === subtitle ? line.replace(/^\s*Utl\.:\s+/u, '') : line
    return index === closed ? text.slice(0, -2) : text
  })
  return [...bare.slice(0, subtitle), '', ...bare.slice(subtitle)]
}

const headLinesMax = 30
const providedBy = /^\s*NEWS PROVIDED BY:?\s*$/iu

/** PR Newswire's pages name issuer and time between the headline and the dateline. */
function withoutProvider(lines: readonly string[]): { lines: readonly string[]; issuer?: string } {
  const at = lines.slice(0, headLinesMax).findIndex((line) => providedBy.test(line))
  if (at < 0) return { lines }
  const below = lines.slice(at + 1)
  const isFilled = (line: string) => line.trim() !== ''
  const named = below.findIndex(isFilled)
  const next = below.findIndex((line, index) => index > named && isFilled(line))
  const isTimed = stampOf(below[next] ?? '') !== undefined
  return {
    lines: [...lines.slice(0, at), '', ...below.slice((isTimed ? next : named) + 1)],
    ...defined({ issuer: below[named]?.trim() }),
  }
}

export interface Stamp {
  /** Milliseconds since 1970. */
  ms: number
  /** False for a bare day: `ms` is its start. */
  hasTime: boolean
}

const americanStamp = /^\p{Lu}\p{L}{2,8}\.? \d{1,2}, \d{4},? {1,3}\d{1,2}:\d{2}[^\d\n]{0,40}$/u

/**
 * The time of a line that holds nothing else: `29.07.2021 – 15:29`, in German time, or
 * `Jul 14, 2026, 09:00 ET`.
 */
export function stampOf(line: string): Stamp | undefined {
  const text = line.trim()
  if (americanStamp.test(text)) return americanStampOf(text)
  const { day, time = '' } = stampLine.exec(text)?.groups ?? {}
  return day === undefined ? undefined : readDate(`${day} ${time}`, 'Europe/Berlin')
}

function americanStampOf(text: string): Stamp | undefined {
  const read = instantIn(text, { zone: undefined, received: '', isDayFirst: undefined })
  return read?.hasTime && read.end >= text.length ? { ms: read.ms, hasTime: true } : undefined
}

/** Lines that a republisher glued to the sentence before them, and labels that end in theirs. */
const gluedLines: readonly RegExp[] = [
  /(\S)[ \t]{0,8}((?:Original-?Content von|Original content of|Contenu original de|Contenuto originale di|Contenido original de): )/gu,
  /([.!?)\]"”“»])[ \t]{0,8}((?:SOURCE|FUENTE|QUELLE):? (?=\p{Lu}))/gu,
  /(\S)(?<!Cision)[ \t]{0,8}(View (?:original content|source version)\b)/gu,
  /(\S)[ \t]{1,8}((?:Photo|Logo|Video|Infographic|Foto) [-–] (?=https?:\/\/))/gu,
  /([.!?)\]"”“»])[ \t]{0,8}(OTS-ORIGINALTEXT )/gu,
]
const gluedLabels =
  /([^\s-])[ \t]{0,8}((?:Pressekontakt|Medienkontakt|Rückfragen bitte an|Rückfragen & Kontakt|Rückfragehinweis|Media [Cc]ontacts?|Press [Cc]ontacts?|Contact presse ?|Contact médias ?|Contatti stampa|Contacto de prensa): ?)/gu

/** Boilerplate that was glued to the text gets its line back. */
export function withBoilerplateOnItsOwnLine(text: string): string {
  let parted = text
  for (const form of gluedLines) parted = parted.replace(form, '$1\n$2')
  return parted.replace(gluedLabels, '$1\n$2\n')
}

const viewOriginal = /^\s*View original content\b.*https?:\/\/\S*$/iu

/** The address of the original release, put together again where the wrap broke it. */
export function withWholeOriginalUrl(lines: readonly string[]): string[] {
  const whole: string[] = []
  for (const line of lines) {
    const before = whole.at(-1) ?? ''
    const continues = viewOriginal.test(before) && !/\.html?$/i.test(before)
    if (continues && /^\s*\S+\s*$/u.test(line)) whole[whole.length - 1] = before + line.trim()
    else whole.push(line.trimEnd())
  }
  return whole
}
