import { isDeepStrictEqual } from 'node:util'
import { type HttpReply, type HttpRequest, Problem, publicLimit, type Routes } from '@newswire/http'
import { type Filter, formatFilter, parseFilter } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import type { CodesKey, Language } from '@newswire/vocabulary'
import {
  feedAddress,
  languageDefault,
  pageLimits,
  readFilter,
  readLanguage,
  unknownParameter,
} from './address.js'
import { labelOf } from './labels.js'
import { feedLimits } from './limits.js'
import { filterInWords } from './render/filter-in-words.js'
import { type Outline, renderOpml } from './render/opml.js'
import { listWordsIn } from './render/words.js'
import type { Renderings } from './renderings.js'
import { createRendering, type Rendering, readableByAll } from './serve/rendering.js'
import { sendRendering } from './serve/send.js'

export interface OpmlRoutesOptions {
  readonly store: Pick<Store, 'facetValues'>
  readonly ready: Renderings['ready']
  readonly clock: Clock
  /** Without a slash at the end. */
  readonly publicUrl: string
}

const mediaType = 'text/x-opml; charset=utf-8'
const keys = ['region', 'topic', 'lang'] as const satisfies readonly CodesKey[]
const formats = ['atom', 'rss', 'json'] as const
type Format = (typeof formats)[number]
/** Codes that some item has, for each of `keys`. */
type Values = readonly (readonly string[])[]

/** What a list of feeds is asked for with. */
interface Wish {
  readonly language: Language
  readonly format: Format
  readonly filters: readonly Filter[]
}

/** `/feeds/opml`: feeds of every region, topic and language that has items, or of one's choice. */
export function opmlRoutes({ store, ready, clock, publicUrl }: OpmlRoutesOptions): Routes {
  let known: { readonly atMs: number; readonly values: Promise<Values> } | undefined
  let standing: Values = []
  /** Lists of all feeds, by language and format. */
  const lists = new Map<string, { readonly values: Values; readonly rendering: Rendering }>()

  /** Which values there are changes rarely, and reading them is dear. */
  function valuesOfAll(): Promise<Values> {
    const atMs = clock.now().getTime()
    if (!known || atMs - known.atMs > feedLimits.facetValuesMsMax) {
      known = { atMs, values: readValues() }
      known.values.catch(() => {
        known = undefined
      })
    }
    return known.values
  }

  /** The same list again where nothing changed, so that what is made of it still stands. */
  async function readValues(): Promise<Values> {
    const values = await Promise.all(keys.map((key) => store.facetValues(key)))
    if (!isDeepStrictEqual(values, standing)) standing = values
    return standing
  }

  /** Thousands of regions and topics take half a second to write: they are written once. */
  async function listOfAll(wish: Wish): Promise<Rendering> {
    const { language, format } = wish
    const values = await valuesOfAll()
    const name = `${language} ${format}`
    const kept = lists.get(name)
    if (kept?.values === values) return kept.rendering
    const { compare } = new Intl.Collator(language)
    const outlines = keys.map((key, at) => ({
      text: listWordsIn(language)[key],
      outlines: (values[at] ?? [])
        .filter((value) => labelOf(key, value, language) !== undefined)
        .map((value) => feedOutline(parseFilter({ [key]: [value] }), language, format, publicUrl))
        .sort((a, b) => compare(a.text, b.text)),
    }))
    const rendering = renderingOf(outlines, wish)
    lists.set(name, { values, rendering })
    return rendering
  }

  function renderingOf(outlines: readonly Outline[], wish: Wish): Rendering {
    const { title, choice } = listWordsIn(wish.language)
    const named = `Newswire: ${wish.filters.length > 0 ? choice : title}`
    return createRendering({
      body: Buffer.from(renderOpml({ title: named, outlines, updated: undefined })),
      link: `<${publicUrl}${pathOf(wish)}>; rel="self"`,
      ...{ mediaType, sequence: 0, lastModified: undefined, isPrivate: false },
    })
  }

  async function serve(request: HttpRequest, reply: HttpReply): Promise<HttpReply> {
    const { searchParams } = new URL(request.url, 'http://feeds.invalid')
    const wish = readWish(searchParams)
    const { filters, language, format } = wish
    await ready()
    const own = filters.map((filter) => feedOutline(filter, language, format, publicUrl))
    const rendering = own.length > 0 ? renderingOf(own, wish) : await listOfAll(wish)
    return sendRendering(request, reply, rendering)
  }

  return (server) => {
    server.get(
      '/feeds/opml',
      {
        config: publicLimit,
        schema: {
          tags: ['feeds'],
          summary: 'A list of feeds (OPML 2.0)',
          description:
            'Without `feed`: a feed for each region, topic and language that has items. `feed`, as often as wanted: a filter as it stands in the address of a feed, such as feed=region%3DCN. `format`: atom (default), rss or json. `hl`: de, en, fr, it, es.',
        },
      },
      (request, reply) => serve(request, reply.headers(readableByAll)),
    )
  }
}

/** Path and query of the very list. */
function pathOf({ language, format, filters }: Wish): string {
  const query = new URLSearchParams()
  for (const filter of filters) query.append('feed', formatFilter(filter))
  if (format !== formats[0]) query.set('format', format)
  if (language !== languageDefault) query.set('hl', language)
  return `/feeds/opml${query.size === 0 ? '' : `?${query}`}`
}

function feedOutline(
  filter: Filter,
  language: Language,
  format: Format,
  publicUrl: string,
): Outline {
  const limit = pageLimits.entriesDefault
  const urlOf = (wanted: Format) =>
    `${publicUrl}${feedAddress({ format: wanted, filter, limit, language }).path}`
  const words = filterInWords(filter, language, labelOf)
  const addresses = { xmlUrl: urlOf(format), htmlUrl: urlOf(format) }
  return { text: words, feed: { ...addresses, language, isRss: format === 'rss' } }
}

function readWish(query: URLSearchParams): Wish {
  for (const name of query.keys()) {
    if (!['hl', 'format', 'feed'].includes(name)) {
      throw unknownParameter(name, ['feed', 'format', 'hl'])
    }
  }
  const wanted = query.getAll('feed')
  if (wanted.length > feedLimits.opmlFeedsMax) {
    throw unfit(`Name at most ${feedLimits.opmlFeedsMax} feeds in one list.`)
  }
  const format = formats.find((each) => each === (query.get('format') ?? 'atom'))
  if (format === undefined) throw unfit(`Give format as one of: ${formats.join(', ')}.`)
  return {
    language: query.has('hl') ? readLanguage(query.get('hl')) : languageDefault,
    format,
    filters: wanted.map((text) => readFilter(new URLSearchParams(text.replace(/^\?/, '')), [])),
  }
}

function unfit(detail: string): Problem {
  return new Problem({ status: 400, slug: 'bad-list', title: 'The list cannot be made', detail })
}
