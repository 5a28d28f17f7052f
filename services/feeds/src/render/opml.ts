import type { Language } from '@newswire/vocabulary'
import { readable, xmlText } from './text.js'

/** A feed to subscribe to, or a group of them. */
export interface Outline {
  readonly text: string
  readonly feed?: {
    /** Absolute. */
    readonly xmlUrl: string
    readonly htmlUrl?: string
    readonly language?: Language
    /** OPML has a word for the version of RSS alone. */
    readonly isRss: boolean
  }
  readonly outlines?: readonly Outline[]
}

export interface OpmlOptions {
  readonly title: string
  readonly outlines: readonly Outline[]
  /** When an item of the listed feeds changed last; never the clock's. */
  readonly updated: Date | undefined
}

/**
 * OPML 2.0: the list of feeds that readers import. Its texts may hold HTML (OPML 2.0, "Text
 * attribute"), so what would be a tag or an entity is escaped as in HTML. Groups of nothing are
 * left out; a body wants at least one outline.
 */
export function renderOpml({ title, outlines, updated }: OpmlOptions): string {
  const filled = outlines.flatMap(withContent)
  const body = filled.length === 0 ? [{ text: title }] : filled
  const date =
    updated === undefined ? '' : `    <dateModified>${updated.toUTCString()}</dateModified>\n`
  return `<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
  <head>
    <title>${said(title)}</title>
${date}  </head>
  <body>
${body.map((outline) => written(outline, '    ')).join('')}  </body>
</opml>
`
}

function withContent(outline: Outline): Outline[] {
  const inside = outline.outlines?.flatMap(withContent) ?? []
  if (!outline.feed && inside.length === 0) return []
  return [inside.length === 0 ? outline : { ...outline, outlines: inside }]
}

function written({ text, feed, outlines = [] }: Outline, indent: string): string {
  const attributes = feed
    ? [
        `type="rss" text="${said(text)}" title="${said(text)}"${feed.isRss ? ' version="RSS2"' : ''}`,
        `xmlUrl="${xmlText(feed.xmlUrl)}"`,
        ...(feed.htmlUrl === undefined ? [] : [`htmlUrl="${xmlText(feed.htmlUrl)}"`]),
        ...(feed.language === undefined ? [] : [`language="${feed.language}"`]),
      ].join(' ')
    : `text="${said(text)}"`
  if (outlines.length === 0) return `${indent}<outline ${attributes}/>\n`
  const inside = outlines.map((outline) => written(outline, `${indent}  `)).join('')
  return `${indent}<outline ${attributes}>\n${inside}${indent}</outline>\n`
}

function said(plain: string): string {
  const html = readable(plain)
    .replace(/&(?=\S)/g, '&amp;')
    .replaceAll('<', '&lt;')
  return xmlText(html)
}
