import { escapeHtml, withoutIllegal } from '@newswire/model'

/** Markup that is safe as it stands. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

type Value = Html | string | number | readonly Html[]

/** HTML in which every value is text, unless it is markup of ours. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const shown = values.map(show)
  return new Html(parts.map((part, index) => part + (shown[index] ?? '')).join(''))
}

function show(value: Value): string {
  if (value instanceof Html) return value.markup
  if (typeof value === 'object') return value.map((each) => each.markup).join('')
  return escapeHtml(withoutIllegal(String(value)))
}

export interface PageOptions {
  readonly title: string
  readonly main: Html
  /** Seconds after which the page loads itself again. */
  readonly refreshSeconds?: number
  /** A signed-in person sees the way to the rooms behind the door. */
  readonly signedIn?: boolean
}

/** A page of the house. */
export function page({ title, main, refreshSeconds, signedIn = false }: PageOptions): string {
  const refresh =
    refreshSeconds === undefined
      ? html``
      : html`<meta http-equiv="refresh" content="${refreshSeconds}">`
  const rooms = signedIn
    ? html`<a href="/dashboard">Dashboard</a> <a href="/dashboard/queues">Queues</a>
<form method="post" action="/logout"><button>Sign out</button></form>`
    : html`<a href="/dashboard">Dashboard</a>`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh}<title>${title} · Newswire</title>
<link rel="stylesheet" href="/newswire.css">
<link rel="alternate" type="application/rss+xml" title="All releases" href="/feeds/rss">
<link rel="alternate" type="application/atom+xml" title="All releases" href="/feeds/atom">
<link rel="alternate" type="application/feed+json" title="All releases" href="/feeds/json">
</head>
<body>
<nav><a class="brand" href="/">Newswire</a> <span>${rooms}</span></nav>
<main>${main}</main>
</body>
</html>
`.markup
}
