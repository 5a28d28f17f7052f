import { withoutIllegal } from '@newswire/model'
import { element } from './holes.js'

/** A list of feeds, or one of them. */
export interface Outline {
  readonly text: string
  /** Absolute address of the feed; absent for a list. */
  readonly xmlUrl?: string
  /** The page that shows the same to people. */
  readonly htmlUrl?: string
  readonly language?: string
  readonly outlines?: readonly Outline[]
}

export interface Opml {
  readonly title: string
  readonly outlines: readonly Outline[]
}

/** OPML 2.0. It has no date of its own, so the same feeds give the same bytes. */
export function renderOpml({ title, outlines }: Opml): string {
  const head = element('head', {}, element('title', {}, text(title)))
  const body = element('body', {}, outlines.map(outline).join(''))
  const opml = element('opml', { version: '2.0' }, `${head}${body}`)
  return `<?xml version="1.0" encoding="utf-8"?>\n${opml}\n`
}

function outline({ text: own, xmlUrl, htmlUrl, language, outlines = [] }: Outline): string {
  const said = withoutIllegal(own)
  const isFeed = xmlUrl !== undefined
  return element(
    'outline',
    {
      text: said,
      title: isFeed ? said : undefined,
      type: isFeed ? 'rss' : undefined,
      xmlUrl,
      htmlUrl,
      language,
    },
    outlines.map(outline).join(''),
  )
}

function text(plain: string): string {
  return withoutIllegal(plain).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
