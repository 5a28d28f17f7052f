import { type Html, html, nothing } from './html.js'
import { otherLanguage, type PageLanguage } from './language.js'
import { pageWords } from './words.js'

/** A representation of the same thing in another format. */
export interface Alternate {
  readonly type: string
  readonly title: string
  readonly href: string
}

export interface FrameOptions {
  readonly language: PageLanguage
  readonly title: string
  readonly description?: string
  readonly main: Html
  readonly alternates: readonly Alternate[]
  /** Where the page speaks the other language. */
  readonly otherLanguageHref?: string
  /** Addresses of scripts that add to the page, which can be read without them. */
  readonly modules?: readonly string[]
  /** The one public address of the page. */
  readonly canonical?: string
  /** Where changes of the feed at this address are told (WebSub). */
  readonly topic?: { readonly self: string; readonly hub: string }
  /** The address holds a token: it is for no index and no Referer. */
  readonly isPrivate: boolean
}

/** A page of the feeds, with the house's style and nothing inline. */
export function frame(options: FrameOptions): string {
  const { language, title, main, alternates, modules = [] } = options
  const links = alternates.map(
    ({ type, title: name, href }) =>
      html`<link rel="alternate" type="${type}" title="${name}" href="${href}">
`,
  )
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Newswire</title>
${headOf(options)}<link rel="stylesheet" href="/feeds/page.css">
${links}<script src="/feeds/page.js" defer></script>
${modules.map(
  (src) => html`<script type="module" src="${src}"></script>
`,
)}</head>
<body>
<a class="skip" href="#main">${pageWords[language].skip}</a>
${masthead(options)}
<main id="main">${main}</main>
<footer class="footer"><a href="/feeds/opml">OPML</a> <a href="/api/openapi.json">${pageWords[language].api}</a> <a href="/health">${pageWords[language].health}</a></footer>
</body>
</html>
`.markup
}

/** As the window has it; where it loads its script, it puts its tools beside the language. */
function masthead(options: FrameOptions): Html {
  const { language, isPrivate } = options
  const words = pageWords[language]
  const mark = isPrivate ? html`<span class="mark">${words.privateMark}</span>` : nothing
  return html`<header class="masthead"><a class="name" href="/"><img src="/app/newswire.svg" alt="" width="24" height="24">Newswire</a>
<nav aria-label="${words.navigation}"><a href="/">${words.subscribe}</a> <a href="/webhooks">${words.webhooks}</a> <a href="/dashboard">${words.dashboard}</a></nav>${mark}
<div id="newswire-tools">${languageLink(options)}</div></header>`
}

/** The same page in the other language, under that language's own name. */
function languageLink({ language, otherLanguageHref }: FrameOptions): Html {
  if (otherLanguageHref === undefined) return nothing
  const other = otherLanguage(language)
  return html`<a class="tongue" href="${otherLanguageHref}" lang="${other}" hreflang="${other}">${pageWords[other].ownName}</a>`
}

function headOf({ description, canonical, topic, isPrivate }: FrameOptions): Html {
  const about = description
    ? html`<meta name="description" content="${description}">
`
    : nothing
  if (isPrivate) {
    return html`${about}<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
`
  }
  const one = canonical
    ? html`<link rel="canonical" href="${canonical}">
`
    : nothing
  const told = topic
    ? html`<link rel="self" href="${topic.self}">
<link rel="hub" href="${topic.hub}">
`
    : nothing
  return html`${about}${one}${told}`
}
