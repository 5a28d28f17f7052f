import { type Html, html, nothing } from './html.js'
import type { PageLanguage } from './language.js'
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
  /** The one public address of the page. */
  readonly canonical?: string
  /** Where changes of the feed at this address are told (WebSub). */
  readonly topic?: { readonly self: string; readonly hub: string }
  /** The address holds a token: it is for no index and no Referer. */
  readonly isPrivate: boolean
}

/** A page of the feeds, with the house's style and nothing inline. */
export function frame(options: FrameOptions): string {
  const { language, title, main, alternates, isPrivate } = options
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
${headOf(options)}<link rel="stylesheet" href="/newswire.css">
<link rel="stylesheet" href="/feeds/page.css">
${links}<script src="/feeds/page.js" defer></script>
</head>
<body>
<a class="skip" href="#main">${pageWords[language].skip}</a>
<nav><a class="brand" href="/">Newswire</a>${isPrivate ? html` <span class="mark">${pageWords[language].privateMark}</span>` : nothing}</nav>
<main id="main">${main}</main>
</body>
</html>
`.markup
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
