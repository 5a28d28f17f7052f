import { issuerSlug, outward, type TaggedItem } from '@newswire/model'
import { type Alternate, frame } from './page/frame.js'
import { type Html, html, nothing, sanitised } from './page/html.js'
import { otherLanguage, type PageLanguage } from './page/language.js'
import {
  byline,
  creditLine,
  headlineOf,
  isWebAddress,
  itemPath,
  marks,
  ownTongue,
  tagList,
  tagsShownMax,
  teaserOf,
  timeInWords,
} from './page/release.js'
import { pageWords } from './page/words.js'
import { withToken } from './private/address.js'

export interface ItemPageOptions {
  /** Of what the page says itself; the release keeps its own. */
  readonly language: PageLanguage
  /** Where people reach the house, without a slash at the end. */
  readonly publicUrl: string
  /** What the reader's address carries. */
  readonly token?: string | undefined
}

/** A release as a page for people. */
export function itemPage(whole: TaggedItem, options: ItemPageOptions): string {
  const item = outward(whole)
  const { language, token } = options
  const subheadline =
    item.subheadline === undefined ? nothing : html`<p class="sub">${item.subheadline}</p>`
  return framed(
    item,
    options,
    html`<article class="release" ${ownTongue(item)}>
<p class="meta" lang="${language}">${marks(item, language)}${byline(item, item.published, language)}</p>
${headlineMarkup(item, language)}
${subheadline}${versionNote(item, language)}${datelineOf(item)}<div class="text">${sanitised(item.body.html)}</div>
${restNote(item, language)}<p class="credit" lang="${language}">${creditLine(item, language)}</p>
${mediaSection(item, language)}${contactSection(item, language)}${tagSection(item, options)}
${aboutSection(item, token, language)}</article>
<div id="newswire-item" class="release" data-item="${item.id}"></div>`,
  )
}

/** What stands in the place of a withdrawn release. */
export function withdrawnPage(whole: TaggedItem, options: ItemPageOptions): string {
  const item = outward(whole)
  const { language } = options
  return framed(
    item,
    options,
    html`<article class="release gone" ${ownTongue(item)}>
<p class="meta" lang="${language}">${marks(item, language)}${byline(item, item.updated, language)}</p>
${headlineMarkup(item, language)}
<p class="note gone" lang="${language}" dir="ltr">${pageWords[language].withdrawnHow}</p>
<p class="credit" lang="${language}">${creditLine(item, language)}</p>
</article>
<div id="newswire-item" class="release" data-item="${item.id}" data-gone></div>`,
  )
}

/** What stands where no release is, or none that this reader may know of. */
export function missingPage(
  id: string,
  { language, token }: Pick<ItemPageOptions, 'language' | 'token'>,
): string {
  const words = pageWords[language]
  return frame({
    language,
    title: words.missing,
    main: html`<article class="release"><h1>${words.missing}</h1>
<p>${words.missingHow}</p>
<p><a href="/">${words.subscribe}</a></p></article>`,
    alternates: [],
    otherLanguageHref: inOtherLanguage(id, language, token),
    isPrivate: token !== undefined,
  })
}

/** Headlines longer than this are set smaller: some wires put a whole paragraph there. */
const headlineCharsLarge = 200

function headlineMarkup(item: TaggedItem, language: PageLanguage): Html {
  const line = headlineOf(item, language)
  return line.length > headlineCharsLarge
    ? html`<h1 class="long">${line}</h1>`
    : html`<h1>${line}</h1>`
}

/** Left out where the text itself begins with it. */
function datelineOf({ dateline, body }: TaggedItem): Html {
  if (dateline === undefined || body.text.trimStart().startsWith(dateline.raw)) return nothing
  return html`<p class="dateline">${dateline.raw}</p>`
}

/** Which version this is, where it is not the first; a correction says what to do. */
function versionNote({ version, change, updated }: TaggedItem, language: PageLanguage): Html {
  if (version === 1 && change === 'new') return nothing
  const words = pageWords[language]
  const which = words.versionOf(version, timeInWords(updated, language))
  const how = change === 'correction' ? html`<br>${words.correctionHow}` : nothing
  return html`<p class="note" lang="${language}" dir="ltr">${which}${how}</p>`
}

/** Where the rest of a teaser is. */
function restNote({ body, sourceUrl }: TaggedItem, language: PageLanguage): Html {
  if (body.complete || !isWebAddress(sourceUrl)) return nothing
  const { teaserHow, readAtSource } = pageWords[language]
  return html`<p class="note" lang="${language}" dir="ltr">${teaserHow} <a href="${sourceUrl}" rel="noopener noreferrer">${readAtSource}</a></p>
`
}

/** Links, not pictures: nothing of a page of ours loads from elsewhere and tells who reads it. */
function mediaSection({ media }: TaggedItem, language: PageLanguage): Html {
  const shown = media.filter(({ url }) => isWebAddress(url))
  if (shown.length === 0) return nothing
  const rows = shown.map(({ url, caption, mimeType, rights }) => {
    const more = [mimeType, rights].filter((part) => part !== undefined).join(' · ')
    return html`<li><a href="${url}" rel="noopener noreferrer">${caption ?? url}</a>${more === '' ? nothing : html` <small>${more}</small>`}</li>`
  })
  return html`<section><h2 lang="${language}">${pageWords[language].media}</h2><ul class="files">${rows}</ul></section>
`
}

function contactSection({ contact = '' }: TaggedItem, language: PageLanguage): Html {
  if (contact.trim() === '') return nothing
  return html`<section><h2 lang="${language}">${pageWords[language].contact}</h2><p class="lines">${contact.trim()}</p></section>
`
}

function tagSection(item: TaggedItem, { language, token }: ItemPageOptions): Html {
  const tags = tagList(item, tagsShownMax.release, token)
  if (tags.markup === '') return nothing
  return html`<section><h2 lang="${language}">${pageWords[language].topics}</h2>${tags}</section>
`
}

function aboutSection(item: TaggedItem, token: string | undefined, language: PageLanguage): Html {
  const words = pageWords[language]
  const { id, corrects, story, issuer, rights } = item
  const own = rights === 'private' ? token : undefined
  const slug = issuerSlug(issuer.name)
  const other = (target: string) => withToken(`/items/${encodeURIComponent(target)}`, token)
  const links = [
    corrects === undefined ? [] : [html`<a href="${other(corrects)}">${words.corrects}</a>`],
    story === undefined || story === id ? [] : [html`<a href="${other(story)}">${words.story}</a>`],
    slug === ''
      ? []
      : [
          html`<a href="${withToken(`/feeds/rss?issuer=${encodeURIComponent(slug)}`, token)}">${words.moreOf}</a>`,
        ],
    [html`<a href="${withToken(jsonPath(item), own)}">${words.asJson}</a>`],
  ].flat()
  return html`<section lang="${language}"><h2>${words.about}</h2>
<ul>${links.map((link) => html`<li>${link}</li>`)}</ul></section>
`
}

function framed(item: TaggedItem, options: ItemPageOptions, main: Html): string {
  const { language, publicUrl, token } = options
  return frame({
    language,
    title: headlineOf(item, language),
    description: teaserOf(item),
    main,
    // Adds tags' words, versions and the timeline to what can be read without a script.
    modules: ['/app/item.js'],
    alternates: alternatesOf(item, options),
    otherLanguageHref: inOtherLanguage(item.id, language, token),
    isPrivate: token !== undefined,
    canonical: `${publicUrl}${itemPath(item, undefined)}`,
  })
}

function inOtherLanguage(id: string, language: PageLanguage, token: string | undefined): string {
  const other = otherLanguage(language)
  return withToken(`/items/${encodeURIComponent(id)}?hl=${other}`, token)
}

function alternatesOf(item: TaggedItem, { publicUrl, token }: ItemPageOptions): Alternate[] {
  const feed = (name: string) =>
    withToken(`${publicUrl}/feeds/${name}?source=${encodeURIComponent(item.wire)}`, token)
  const own = item.rights === 'private' ? token : undefined
  return [
    { type: 'application/rss+xml', title: `${item.wire} (RSS)`, href: feed('rss') },
    { type: 'application/atom+xml', title: `${item.wire} (Atom)`, href: feed('atom') },
    { type: 'application/feed+json', title: `${item.wire} (JSON Feed)`, href: feed('json') },
    { type: 'application/json', title: 'ninjs 3.1', href: withToken(jsonPath(item), own) },
  ]
}

function jsonPath({ id }: TaggedItem): string {
  return `/api/v1/items/${encodeURIComponent(id)}`
}
