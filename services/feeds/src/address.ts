import { Problem } from '@newswire/http'
import {
  type Filter,
  FilterError,
  filterLimits,
  formatFilter,
  parseFilter,
  parseFilterQuery,
} from '@newswire/model'
import {
  type CodesKey,
  type Language,
  languages,
  loadCodes,
  unknownCode,
} from '@newswire/vocabulary'
import { tokenParameter } from './private/address.js'
import { type FormatName, formats } from './render/render.js'

/** How many entries a feed or a list has. */
export const pageLimits = { entriesDefault: 50, entriesMax: 500 } as const

/** The language of a feed's own words where its address names none. */
export const languageDefault: Language = 'en'

export interface FeedAddress {
  readonly format: FormatName
  readonly filter: Filter
  readonly limit: number
  /** Of the feed's own words: its title and description. */
  readonly language: Language
  /** The block of stream TAGGED that an archive shows (RFC 5005); absent: the newest entries. */
  readonly archive?: number
  /** Lets items of private sources in. */
  readonly token?: string
  /** Path and query in the one spelling that is served; every other one redirects to it. */
  readonly path: string
}

/** What links pick up on their way; it says nothing of the feed. */
const tracking = /^(utm_\w+|fbclid|gclid|mc_[ce]id)$/
const own = ['limit', 'hl', 'archive', tokenParameter] as const

/**
 * Reads `/feeds/<format>?<filter>&limit=&hl=&archive=&token=`. Throws a Problem with a sentence.
 */
export function readFeedAddress(
  format: string,
  query: URLSearchParams,
  codes: 'known-codes' | 'any-codes' = 'known-codes',
): FeedAddress {
  if (!isFormat(format)) {
    throw new Problem({
      status: 404,
      slug: 'unknown-format',
      title: 'There is no such feed format',
      detail: `Use one of: ${Object.keys(formats).join(', ')}, opml.`,
    })
  }
  const language = readLanguage(query.get('hl'))
  const strays = [...query.keys()].filter((name) => tracking.test(name))
  const filter = readFilter(query, [...own, ...strays], codes)
  const archive = readArchive(query.get('archive'))
  const token = query.get(tokenParameter) ?? undefined
  return feedAddress({
    ...{ format, filter, language, limit: readLimit(query.get('limit')) },
    ...(archive === undefined ? {} : { archive }),
    ...(token === undefined ? {} : { token }),
  })
}

/** The address of these; an archive has as many entries as it has, whatever the limit. */
export function feedAddress(wanted: Omit<FeedAddress, 'path'>): FeedAddress {
  const { format, filter, language, archive, token } = wanted
  const limit = archive === undefined ? wanted.limit : pageLimits.entriesDefault
  const parts = [
    ...formatFilter(filter).split('&'),
    limit === pageLimits.entriesDefault ? '' : `limit=${limit}`,
    language === languageDefault ? '' : `hl=${language}`,
    archive === undefined ? '' : `archive=${archive}`,
    token === undefined ? '' : `${tokenParameter}=${encodeURIComponent(token)}`,
  ].filter((part) => part !== '')
  const query = parts.sort().join('&')
  return { ...wanted, limit, path: `/feeds/${format}${query === '' ? '' : `?${query}`}` }
}

/** A filter from an address, its faults as a Problem. */
export function readFilter(
  query: URLSearchParams,
  others: readonly string[],
  codes: 'known-codes' | 'any-codes' = 'known-codes',
): Filter {
  if (codes === 'known-codes') checkCodes(query)
  try {
    return parseFilterQuery(query, others)
  } catch (error) {
    throw asProblem(error)
  }
}

/** Of all keys that take codes, and of their negations. */
const codesMax = 6 * filterLimits.valuesMax
const codeKeys: readonly string[] = ['region', 'topic', 'lang'] satisfies readonly CodesKey[]

/** Whoever asks for a code that there is not would wait for items for ever. */
function checkCodes(query: URLSearchParams): void {
  const codes = [...query].flatMap(([name, value]) => {
    const key = name.replace(/^not\./, '')
    if (!codeKeys.includes(key)) return []
    const texts = value.split(',').map((part) => part.trim())
    return texts.filter((text) => text !== '').map((text) => ({ key: key as CodesKey, text }))
  })
  // No filter has so many: it is refused as a whole, without a look at each.
  if (codes.length > codesMax) return
  for (const { key, text } of codes) {
    if (!isKnown(key, text)) throw new Problem({ status: 400, ...unknownCode(key, text) })
  }
}

function isKnown(key: CodesKey, text: string): boolean {
  try {
    const code = parseFilter({ [key]: [text] })[key]?.[0]
    return code !== undefined && loadCodes().row(key, code) !== undefined
  } catch (error) {
    if (error instanceof FilterError) return false
    throw error
  }
}

export function unknownParameter(name: string, known: readonly string[]): Problem {
  return new Problem({
    status: 400,
    slug: 'bad-filter',
    title: 'The address cannot be read',
    detail: `There is no parameter "${name}" here. Use any of: ${known.join(', ')}.`,
  })
}

function asProblem(error: unknown): unknown {
  if (!(error instanceof FilterError)) return error
  return new Problem({
    status: 400,
    slug: 'bad-filter',
    title: 'The filter cannot be read',
    detail: error.message,
  })
}

export function readLimit(value: string | null): number {
  if (value === null) return pageLimits.entriesDefault
  const limit = Number(value)
  if (/^\d+$/.test(value) && limit >= 1 && limit <= pageLimits.entriesMax) return limit
  throw new Problem({
    status: 400,
    slug: 'bad-limit',
    title: 'The limit cannot be read',
    detail: `Give a whole number from 1 to ${pageLimits.entriesMax}.`,
  })
}

export function readLanguage(value: string | null): Language {
  if (value === null) return languageDefault
  const language = languages.find((each) => each === value.toLowerCase())
  if (language !== undefined) return language
  throw new Problem({
    status: 400,
    slug: 'unknown-language',
    title: 'The house does not speak this language',
    detail: `Give hl as one of: ${languages.join(', ')}.`,
  })
}

function readArchive(value: string | null): number | undefined {
  if (value === null) return undefined
  if (/^\d{1,12}$/.test(value)) return Number(value)
  throw new Problem({
    status: 400,
    slug: 'bad-archive',
    title: 'The archive cannot be read',
    detail: 'Follow the link prev-archive of the feed, unchanged.',
  })
}

function isFormat(name: string): name is FormatName {
  return Object.hasOwn(formats, name)
}
