import { type Dateline, type Media, type SourceCode, withoutIllegal } from '@newswire/model'
import { oneLine } from './text/characters.js'

/** Each address once, and only what a reader's client may fetch. */
export function cleanMedia(media: readonly Media[]): Media[] {
  const byUrl = new Map<string, Media>()
  for (const { url: given, mimeType, caption, rights } of media) {
    const url = withoutIllegal(given).trim()
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url) || byUrl.has(url)) continue
    byUrl.set(url, { url, ...filled({ mimeType, caption, rights }) })
  }
  return [...byUrl.values()]
}

export function cleanCodes(codes: readonly SourceCode[]): SourceCode[] {
  return codes
    .map(({ scheme, code, name }) => ({ scheme: oneLine(scheme), ...filled({ code, name }) }))
    .filter(({ code, name }) => code !== undefined || name !== undefined)
}

export function cleanDateline(dateline: Dateline): Dateline {
  const places = dateline.places.map(oneLine).filter((place) => place !== '')
  const { date, wire } = dateline
  return { raw: oneLine(dateline.raw), places, ...filled({ date, wire }) }
}

/** The fields that say something, each as one clean line. */
export function filled<K extends string>(
  fields: Readonly<Record<K, string | undefined>>,
): Partial<Record<K, string>> {
  const kept: Partial<Record<K, string>> = {}
  for (const name of Object.keys(fields) as K[]) {
    const value = oneLine(fields[name] ?? '')
    if (value !== '') kept[name] = value
  }
  return kept
}
