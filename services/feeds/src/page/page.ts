import {
  type Filter,
  type FilterKey,
  filterKeys,
  formatFilter,
  outward,
  type TaggedItem,
} from '@newswire/model'
import { withToken } from '../private/address.js'
import { type Alternate, frame } from './frame.js'
import { type Html, html, nothing } from './html.js'
import type { PageLanguage } from './language.js'
import {
  byline,
  creditLine,
  headlineOf,
  itemPath,
  marks,
  ownTongue,
  tagList,
  tagsShownMax,
  teaserOf,
} from './release.js'
import { type PageWords, pageWords } from './words.js'

/** Whole addresses of the feed that the page shows, as a reader is to copy them: with the token. */
export interface PageAddresses {
  readonly rss: string
  readonly atom: string
  readonly json: string
  /** The topic and its hub; a private feed has none, since its address is told to nobody. */
  readonly topic?: { readonly self: string; readonly hub: string }
}

export interface PageInput {
  readonly filter: Filter
  /** The filter in words, in the page's language. */
  readonly words: string
  readonly language: PageLanguage
  /** What this reader may read, newest first. */
  readonly entries: readonly TaggedItem[]
  readonly addresses: PageAddresses
  /** Path and query of the page with what is older; undefined on the last one. */
  readonly olderPath?: string | undefined
  /** Where people reach the house, without a slash at the end. */
  readonly publicUrl: string
  /** Of a private feed. */
  readonly token?: string | undefined
}

/** A feed as a page for people; the same input gives the same bytes. */
export function renderPage(input: PageInput): string {
  const { words, language, entries, addresses, token } = input
  const { topic } = addresses
  const page = pageWords[language]
  const list =
    entries.length === 0
      ? emptyState(input)
      : html`<ol class="entries" aria-label="${page.entries}">${entries.map((item) => entryOf(item, input))}</ol>`
  return frame({
    language,
    title: words,
    alternates: alternatesOf(addresses, words),
    isPrivate: token !== undefined,
    ...(topic === undefined ? {} : { topic, canonical: topic.self }),
    main: html`<header class="feed-head"><h1>${words}</h1></header>
<div class="columns">
${subscribePanel(input)}
<div class="stream">${list}${olderLink(input)}</div>
</div>`,
  })
}

function alternatesOf({ rss, atom, json }: PageAddresses, words: string): Alternate[] {
  const row = (name: string, type: string, href: string) => ({
    type,
    title: `${words} (${name})`,
    href,
  })
  return [
    row('RSS', 'application/rss+xml', rss),
    row('Atom', 'application/atom+xml', atom),
    row('JSON Feed', 'application/feed+json', json),
  ]
}

function subscribePanel({ addresses, language, filter, token }: PageInput): Html {
  const words = pageWords[language]
  const query = formatFilter(filter)
  const rows = [
    addressRow('RSS', addresses.rss, words),
    addressRow('Atom', addresses.atom, words),
    addressRow('JSON', addresses.json, words),
  ]
  const caution = token === undefined ? nothing : html`<p class="caution">${words.privateFeed}</p>`
  return html`<aside class="subscribe" aria-labelledby="subscribe">
<h2 id="subscribe">${words.subscribe}</h2>
<p class="quiet">${words.subscribeHow}</p>
${caution}${rows}
<p class="hook"><a class="button" href="/webhooks${query === '' ? '' : `?${query}`}">${words.webhook}</a></p>
<p class="quiet">${words.webhookHow}</p>
</aside>`
}

/** A plain field, so that an address can be copied without any script. */
function addressRow(name: string, address: string, words: PageWords): Html {
  const id = `address-${name.toLowerCase()}`
  return html`<p class="address"><label for="${id}"><span aria-hidden="true">${name}</span><span class="unseen">${words.addressOf(name)}</span></label>
<input id="${id}" type="text" readonly spellcheck="false" value="${address}">
<button type="button" hidden data-copy="${id}" data-done="${words.copied}" data-by-hand="${words.copyByHand}" aria-label="${words.copy}: ${words.addressOf(name)}">${words.copy}</button></p>
`
}

function entryOf(whole: TaggedItem, { language, token }: PageInput): Html {
  const item = outward(whole)
  const gone = item.status !== 'usable'
  const at = gone ? item.updated : item.published
  const headline = headlineOf(item, language)
  const teaser = gone ? '' : teaserOf(item)
  return html`<li><article ${ownTongue(item)}${gone ? html` class="gone"` : nothing}>
<p class="meta" lang="${language}">${marks(item, language)}${byline(item, at, language)}</p>
<h2><a href="${itemPath(item, token)}">${headline}</a></h2>
${teaser === '' ? nothing : html`<p>${teaser}</p>`}
${gone ? nothing : tagList(item, tagsShownMax.entry, token)}
<p class="credit" lang="${language}">${creditLine(item, language)}</p>
</article></li>
`
}

function olderLink({ olderPath, language }: PageInput): Html {
  if (olderPath === undefined) return nothing
  return html`<p class="older"><a class="button" rel="next" href="${olderPath}">${pageWords[language].older}</a></p>`
}

/** What to do where nothing is: wait for it, or ask for more. */
function emptyState({ filter, language, token }: PageInput): Html {
  const words = pageWords[language]
  const ways = widerFilters(filter).map(
    ({ key, query }) =>
      html`<li><a href="${withToken(pageOf(query), token)}">${words.without(words.keys[key] ?? key)}</a></li>`,
  )
  const all = html`<li><a href="${withToken(pageOf(''), token)}">${words.everything}</a></li>`
  const wider =
    formatFilter(filter) === '' ? nothing : html`<p>${words.widen}</p><ul>${ways}${all}</ul>`
  return html`<section class="empty"><h2>${words.empty}</h2><p>${words.emptyHow}</p>${wider}</section>`
}

/** The filter without one of its keys each, where others are left. */
function widerFilters(filter: Filter): { key: FilterKey | 'not'; query: string }[] {
  const { not, ...own } = filter
  const keys = filterKeys.filter((key) => own[key]?.length)
  const whole = not === undefined ? {} : { not }
  const without = keys.map((key) => {
    const { [key]: _, ...rest } = own
    return { key, query: formatFilter({ ...rest, ...whole }) }
  })
  const all = not === undefined ? without : [...without, { key: 'not', query: formatFilter(own) }]
  return (all as { key: FilterKey | 'not'; query: string }[]).filter(({ query }) => query !== '')
}

function pageOf(query: string): string {
  return `/feeds/rss${query === '' ? '' : `?${query}`}`
}
