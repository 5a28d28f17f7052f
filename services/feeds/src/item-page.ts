import { escapeHtml, outward, type TaggedItem } from '@newswire/model'
import { wordsFor } from './render/words.js'

/** A release as a page for people. */
export function itemPage(whole: TaggedItem): string {
  const item = outward(whole)
  const tags = item.tags
    .map((tag) => `<li title="${escapeHtml(tag.code)}">${escapeHtml(tag.label)}</li>`)
    .join('')
  const source =
    item.sourceUrl === undefined
      ? ''
      : ` · <a href="${escapeHtml(item.sourceUrl)}">${wordsFor(item).source}</a>`
  const dateline = item.dateline === undefined ? '' : `<p>${escapeHtml(item.dateline.raw)}</p>`
  const correction =
    item.change === 'correction' ? `<p><strong>${wordsFor(item).correction}</strong></p>` : ''
  return frame(
    item,
    `<h1>${escapeHtml(item.headline)}</h1>
<p><small>${byline(item, item.published)}</small></p>
${correction}${dateline}${item.body.html}
<p><small>${escapeHtml(item.credit)}${source}</small></p>
<ul>${tags}</ul>`,
  )
}

/** What stands in the place of a withdrawn release. */
export function withdrawnPage(item: TaggedItem): string {
  const title = `${wordsFor(item).withdrawn}: ${escapeHtml(item.headline)}`
  return frame(
    item,
    `<h1>${title}</h1>
<p>${byline(item, item.updated)}</p>`,
  )
}

/** Who and when, to the minute; some wire texts name no issuer. */
function byline({ issuer }: TaggedItem, at: string): string {
  const who = issuer.name === '' ? '' : `${escapeHtml(issuer.name)} · `
  return `${who}<time datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time>`
}

function frame(item: TaggedItem, main: string): string {
  const query = `source=${encodeURIComponent(item.wire)}`
  return `<!doctype html>
<html lang="${escapeHtml(item.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(item.headline)}</title>
<link rel="stylesheet" href="/newswire.css">
<link rel="alternate" type="application/atom+xml" href="/feeds/atom?${query}">
<link rel="alternate" type="application/feed+json" href="/feeds/json?${query}">
</head>
<body><nav><a class="brand" href="/">Newswire</a></nav><main>
${main}
</main></body>
</html>
`
}
