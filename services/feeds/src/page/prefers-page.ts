/** What a feed can be asked for by, beside its own media type: readers' lists name these. */
const feedTypes = ['application/xml', 'text/xml', 'application/json']
/** Ranges of an Accept that are read; the longest of the browsers' has eight. */
const rangesMax = 30

interface Range {
  readonly type: string
  readonly quality: number
}

/**
 * Whether an address of a feed is opened by a person: Accept (RFC 9110 §12.5.1) wants text/html
 * by name, and more than the feed. No Accept, one of anything and every tie is a feed reader.
 */
export function prefersPage(accept: string | undefined, mediaType: string): boolean {
  if (accept === undefined) return false
  const ranges = accept.toLowerCase().split(',').slice(0, rangesMax).map(readRange)
  const page = ranges.find(({ type }) => type === 'text/html')?.quality ?? 0
  const own = mediaType.split(';')[0]?.trim() ?? ''
  const feed = Math.max(...[own, ...feedTypes].map((type) => qualityOf(type, ranges)))
  return page > 0 && page > feed
}

function qualityOf(type: string, ranges: readonly Range[]): number {
  const group = `${type.split('/')[0]}/*`
  const nearest = [type, group, '*/*'].map((name) => ranges.find((range) => range.type === name))
  return nearest.find((range) => range !== undefined)?.quality ?? 0
}

function readRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim())
  const weight = parameters.find((each) => each.startsWith('q='))?.slice('q='.length)
  const quality = weight === undefined ? 1 : Number(weight)
  return { type, quality: Number.isNaN(quality) ? 0 : quality }
}
