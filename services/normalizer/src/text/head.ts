import { readDate } from '../time/dates.js'

/** What stands above the headline of a text drop. */
export interface Head {
  issuer?: string
  /** `PR12345`, as AsiaNet numbers its releases. */
  wireId?: string
  isAsiaNet: boolean
  /** The lines of the release itself. */
  rest: string[]
}

/** A crawler's line above a page copy: the month of the crawl, then the issuer. */
const crawlerLine = /^\s*date \d{4}-\d{2}\s+(?<issuer>\S.*)$/u
const sourceLine = /^\s*Source:\s+(?<issuer>\S.*)$/u
const releaseLine = /^\s*MEDIA RELEASE (?<id>PR\d{4,6})\s*$/u
const stampLine = /^\d{2}\.\d{2}\.\d{4}\s*[-\u2010-\u2015]\s*\d{2}:\d{2}$/u

/** Takes the lines above the headline off: a crawler's header, AsiaNet's two lines. */
export function readHead(lines: readonly string[]): Head {
  const first = lines.findIndex((line) => line.trim() !== '')
  const rest = first < 0 ? [] : lines.slice(first)
  const crawled = crawlerLine.exec(rest[0] ?? '')?.groups?.['issuer']
  if (crawled !== undefined) {
    return { issuer: crawled.trim(), isAsiaNet: false, rest: rest.slice(1) }
  }
  const wireId = releaseLine.exec(rest[1] ?? '')?.groups?.['id']
  const issuer = sourceLine.exec(rest[0] ?? '')?.groups?.['issuer']
  if (wireId === undefined || issuer === undefined) return { isAsiaNet: false, rest }
  return { issuer: issuer.trim(), wireId, isAsiaNet: true, rest: rest.slice(2) }
}

/** The time of a line that holds nothing else: `29.07.2021 – 15:29`, in German time. */
export function stampOf(line: string): number | undefined {
  if (!stampLine.test(line.trim())) return undefined
  return readDate(line.replace(/\s*[-\u2010-\u2015]\s*/u, ' '), 'Europe/Berlin')?.ms
}

/** Boilerplate that a republisher glued to the sentence before it gets its line back. */
export function withBoilerplateOnItsOwnLine(text: string): string {
  return text
    .replace(/(\S)[ \t]{0,8}(Original-?Content von: )/gu, '$1\n$2')
    .replace(/(\S)[ \t]{0,8}((?:Pressekontakt|Rückfragen bitte an): ?)/gu, '$1\n$2\n')
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
