import { PermanentError } from '@newswire/bus'
import { type Dateline, type Media, type SourceCode, withoutIllegal } from '@newswire/model'
import { oneLine } from './text/characters.js'

/** Each address once, and only what a reader's client may fetch. */
export function cleanMedia(media: readonly Media[]): Media[] {
  if (media.length === 0) return []
  const byUrl = new Map<string, Media>()
  for (const { url: given, mimeType, caption, rights: stated } of media) {
    const url = withoutIllegal(given).trim()
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url) || byUrl.has(url)) continue
    const rights = stated ?? rightsIn(caption ?? '')
    byUrl.set(url, { url, ...filled({ mimeType, caption, rights }) })
  }
  return [...byUrl.values()]
}

/** What a caption says on its rights: `obs/Muster AG`, `… honorarfrei`. */
const rightsForm =
  /(?:"?obs\/[^\n"]{1,200}|(?:©|\(c\)|Copyright:?)\s?\S[^\n/]{1,120}|honorarfrei\b[^\n]{0,200})/iu

function rightsIn(caption: string): string | undefined {
  return rightsForm.exec(caption)?.[0].replace(/^"/u, '')
}

/** Each security once: wires spell an exchange as `NASDAQ` and as `Nasdaq` in one release. */
export function cleanTickers(
  stated: readonly string[] | undefined,
  found: readonly string[],
): string[] {
  const tickers = stated === undefined ? found : [...stated, ...found]
  if (tickers.length === 0) return []
  const bySymbol = new Map<string, string>()
  for (const ticker of tickers.map(oneLine)) {
    const key = ticker.toUpperCase()
    if (ticker !== '' && !bySymbol.has(key)) bySymbol.set(key, ticker)
  }
  return [...bySymbol.values()]
}

/** Agencies give an item some fifty. */
const codesMax = 2_000

/** PermanentError where there are more of them than anybody gives an item. */
export function cleanCodes(codes: readonly SourceCode[]): SourceCode[] {
  if (codes.length > codesMax) {
    throw new PermanentError(
      `The item has ${codes.length} subjects and keywords and may have ${codesMax}; send those that matter.`,
    )
  }
  const clean: SourceCode[] = []
  for (const { scheme, code: givenCode, name: givenName } of codes) {
    const [code, name] = [oneLine(givenCode ?? ''), oneLine(givenName ?? '')]
    if (code === '' && name === '') continue
    const one: SourceCode = { scheme: oneLine(scheme) }
    if (code !== '') one.code = code
    if (name !== '') one.name = name
    clean.push(one)
  }
  return clean
}

export function cleanDateline(dateline: Dateline): Dateline {
  const places = dateline.places.map(oneLine).filter((place) => place !== '')
  const clean: Dateline = { raw: oneLine(dateline.raw), places }
  const { date, wire } = dateline
  if (date !== undefined) clean.date = oneLine(date)
  if (wire !== undefined && oneLine(wire) !== '') clean.wire = oneLine(wire)
  return clean
}

/** The fields that say something, each as one clean line. */
function filled<K extends string>(
  fields: Readonly<Record<K, string | undefined>>,
): Partial<Record<K, string>> {
  const kept: Partial<Record<K, string>> = {}
  for (const name of Object.keys(fields) as K[]) {
    const value = oneLine(fields[name] ?? '')
    if (value !== '') kept[name] = value
  }
  return kept
}
