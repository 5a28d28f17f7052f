import type { Tag, TaggedItem } from '@newswire/model'
import { withToken } from '../private/address.js'
import { type Html, html, nothing } from './html.js'
import { directionOf, type PageLanguage } from './language.js'
import { type PageWords, pageWords } from './words.js'

/** Length of the plain teaser of an entry. */
const teaserCharsMax = 300
/** Tags that are shown with an entry, and with a whole release. */
export const tagsShownMax = { entry: 6, release: 40 } as const

/** `lang` and `dir` of what a release itself says. */
export function ownTongue({ language }: Pick<TaggedItem, 'language'>): Html {
  return html`lang="${language === '' ? 'und' : language}" dir="${directionOf(language)}"`
}

/** Who and when; some wire texts name no issuer. */
export function byline({ issuer }: TaggedItem, at: string, language: PageLanguage): Html {
  const who = issuer.name.trim() === '' ? nothing : html`<bdi>${issuer.name}</bdi> · `
  return html`${who}${when(at, language)}`
}

/** An instant to the minute, in UTC, as the page's language writes it. */
export function when(at: string, language: PageLanguage): Html {
  return html`<time datetime="${at}" dir="ltr">${timeInWords(at, language)}</time>`
}

const formats = new Map<PageLanguage, Intl.DateTimeFormat>()

export function timeInWords(at: string, language: PageLanguage): string {
  const options = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const
  const format =
    formats.get(language) ?? new Intl.DateTimeFormat(pageWords[language].locale, options)
  formats.set(language, format)
  return `${format.format(new Date(at))} UTC`
}

/** What a reader must know before the first word. */
export function marks(item: TaggedItem, language: PageLanguage): Html {
  const words = pageWords[language]
  if (item.status !== 'usable') return html`<span class="mark gone">${words.withdrawn}</span> `
  const part = item.body.complete ? nothing : html`<span class="mark">${words.teaser}</span> `
  const own =
    item.rights === 'private' ? html`<span class="mark">${words.privateMark}</span> ` : nothing
  return html`${changeMark(item, words)}${part}${own}`
}

function changeMark({ change, version }: TaggedItem, words: PageWords): Html {
  if (change === 'correction') return html`<span class="mark">${words.correction}</span> `
  if (change === 'update' && version > 1) return html`<span class="mark">${words.update}</span> `
  return nothing
}

/** The line that must be shown, and the way to the release where it came from. */
export function creditLine({ credit, sourceUrl }: TaggedItem, language: PageLanguage): Html {
  const line = credit === '' ? nothing : html`<span dir="auto">${credit}</span>`
  if (!isWebAddress(sourceUrl)) return line
  const link = html`<a href="${sourceUrl}" rel="noopener noreferrer">${pageWords[language].source}</a>`
  return credit === '' ? link : html`${line} · ${link}`
}

/** Only these lead to pages: whatever else a source calls an address is no link. */
export function isWebAddress(address: string | undefined): address is string {
  return address !== undefined && /^https?:\/\//i.test(address)
}

/** Each tag leads to its own feed. */
export function tagList(item: TaggedItem, max: number, token: string | undefined): Html {
  const seen = new Set<string>()
  const shown = item.tags
    .filter((tag) => tag.scheme !== 'lang' && !seen.has(tag.code) && seen.add(tag.code))
    .slice(0, max)
  if (shown.length === 0) return nothing
  const links = shown.map(
    (tag) =>
      html`<li><a data-tag="${tag.code}" href="${withToken(feedOf(tag), token)}"><bdi>${tag.label}</bdi></a></li>`,
  )
  return html`<ul class="tags">${links}</ul>`
}

export function feedOf({ scheme, code }: Pick<Tag, 'scheme' | 'code'>): string {
  const key = scheme === 'medtop' ? 'topic' : 'region'
  return `/feeds/rss?${key}=${encodeURIComponent(code).replaceAll('%3A', ':')}`
}

/** The item's page; of a private item only whoever has the token finds it. */
export function itemPath({ id, rights }: TaggedItem, token: string | undefined): string {
  return withToken(`/items/${encodeURIComponent(id)}`, rights === 'private' ? token : undefined)
}

export function teaserOf({ body }: TaggedItem): string {
  // A release has thousands of characters; its beginning is enough.
  const start = body.text.slice(0, teaserCharsMax * 2)
  const text = oneLine(start)
  if (text.length <= teaserCharsMax && start.length === body.text.length) return text
  return `${text.slice(0, teaserCharsMax).replace(/\s+\S*$/, '')} …`
}

export function headlineOf({ headline }: TaggedItem, language: PageLanguage): string {
  const line = oneLine(headline)
  return line === '' ? pageWords[language].unnamed : line
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
