import { Problem } from '@newswire/http'
import { type Filter, FilterError, formatFilter, parseFilterQuery } from '@newswire/model'
import { type FormatName, formats } from './render/render.js'

/** How many entries a feed or a list has. */
export const pageLimits = { entriesDefault: 50, entriesMax: 500 } as const

export interface FeedAddress {
  readonly format: FormatName
  readonly filter: Filter
  readonly limit: number
  /** Path and query in the one spelling that is served; every other one redirects to it. */
  readonly path: string
}

/** Reads `/feeds/<format>?<filter>&limit=`. Throws a Problem with a sentence. */
export function readFeedAddress(format: string, query: URLSearchParams): FeedAddress {
  if (!isFormat(format)) {
    throw new Problem({
      status: 404,
      slug: 'unknown-format',
      title: 'There is no such feed format',
      detail: `Use one of: ${Object.keys(formats).join(', ')}.`,
    })
  }
  const filter = readFilter(query, ['limit'])
  const limit = readLimit(query.get('limit'))
  const parts = [
    formatFilter(filter),
    limit === pageLimits.entriesDefault ? '' : `limit=${limit}`,
  ].filter((part) => part !== '')
  const sorted = parts.flatMap((part) => part.split('&')).sort()
  const path = `/feeds/${format}${sorted.length === 0 ? '' : `?${sorted.join('&')}`}`
  return { format, filter, limit, path }
}

/** A filter from an address, its faults as a Problem. */
export function readFilter(query: URLSearchParams, others: readonly string[]): Filter {
  try {
    return parseFilterQuery(query, others)
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    throw new Problem({
      status: 400,
      slug: 'bad-filter',
      title: 'The filter cannot be read',
      detail: error.message,
    })
  }
}

export function readLimit(value: string | null): number {
  if (value === null) return pageLimits.entriesDefault
  const limit = Number(value)
  if (Number.isInteger(limit) && limit >= 1 && limit <= pageLimits.entriesMax) return limit
  throw new Problem({
    status: 400,
    slug: 'bad-limit',
    title: 'The limit cannot be read',
    detail: `Give a whole number from 1 to ${pageLimits.entriesMax}.`,
  })
}

function isFormat(name: string): name is FormatName {
  return Object.hasOwn(formats, name)
}
