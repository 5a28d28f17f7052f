import { readDate } from '../time/dates.js'

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
  /^\s*(?:EQS|DGAP)-[\p{L}-]{2,20}:\s*(?<issuer>[^/\n]{2,120}?)\s*(?:\/[^\n]{0,200})?$/u
const stampLine =
  /^(?<day>\d{2}\.\d{2}\.\d{4})(?:\s*[-\u2010-\u2015/]\s*(?<time>\d{2}:\d{2})(?:\s*(?:Uhr|CET\/CEST|MEZ|MESZ))?)?$/u

/** Takes the lines above the headline off: a crawler's header, AsiaNet's two lines. */
export function readHead(lines: readonly string[]): Head {
  const first = lines.findIndex((line) => line.trim() !== '')
  const rest = first < 0 ? [] : lines.slice(first)
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
  if (wireId === undefined || issuer === undefined) return { isAsiaNet: false, rest }
  return { issuer: issuer.trim(), wireId, isAsiaNet: true, rest: rest.slice(2) }
}

export interface Stamp {
  /** Milliseconds since 1970. */
  ms: number
  /** False for a bare day: `ms` is its start. */
  hasTime: boolean
}

/** The time of a line that holds nothing else: `29.07.2021 – 15:29`, in German time. */
export function stampOf(line: string): Stamp | undefined {
  const { day, time = '' } = stampLine.exec(line.trim())?.groups ?? {}
  return day === undefined ? undefined : readDate(`${day} ${time}`, 'Europe/Berlin')
}

/** Lines that a republisher glued to the sentence before them, and labels that end in theirs. */
const gluedLines: readonly RegExp[] = [
  /(\S)[ \t]{0,8}((?:Original-?Content von|Original content of|Contenu original de|Contenuto originale di|Contenido original de): )/gu,
  /([.!?)\]"”“»])[ \t]{0,8}((?:SOURCE|FUENTE|QUELLE):? (?=\p{Lu}))/gu,
  /(\S)[ \t]{0,8}(View (?:original content|source version)\b)/gu,
  /(\S)[ \t]{1,8}((?:Photo|Logo|Video|Infographic|Foto) [-–] (?=https?:\/\/))/gu,
  /([.!?)\]"”“»])[ \t]{0,8}(OTS-ORIGINALTEXT )/gu,
]
const gluedLabels =
  /(\S)[ \t]{0,8}((?:Pressekontakt|Medienkontakt|Rückfragen bitte an|Rückfragen & Kontakt|Rückfragehinweis|Media [Cc]ontacts?|Press [Cc]ontacts?|Contact presse ?|Contact médias ?|Contatti stampa|Contacto de prensa): ?)/gu

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
