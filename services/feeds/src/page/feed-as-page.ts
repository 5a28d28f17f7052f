import { type FeedAddress, feedAddress } from '../address.js'
import type { FeedPage } from '../feed-page.js'
import { labelOf } from '../labels.js'
import { filterInWords } from '../render/filter-in-words.js'
import type { PageLanguage } from './language.js'
import { renderPage } from './page.js'

export interface FeedAsPageOptions {
  /** Without a slash at the end. */
  readonly publicUrl: string
  readonly language: PageLanguage
}

/** A feed's entries as a page, with the addresses of the same feed in every format. */
export function feedAsPage(
  address: FeedAddress,
  { items, links }: FeedPage,
  { publicUrl, language }: FeedAsPageOptions,
): string {
  const { filter, token } = address
  const { archive: _, ...newest } = address
  const urlOf = (format: FeedAddress['format']) =>
    `${publicUrl}${feedAddress({ ...newest, format }).path}`
  const words = filterInWords(filter, language, labelOf)
  const { hub, prevArchive } = links
  return renderPage({
    ...{ filter, language, publicUrl, token },
    words: `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`,
    entries: items.map(({ item }) => item),
    addresses: {
      ...{ rss: urlOf('rss'), atom: urlOf('atom'), json: urlOf('json') },
      ...(hub === undefined ? {} : { topic: { self: `${publicUrl}${address.path}`, hub } }),
    },
    olderPath: prevArchive?.slice(publicUrl.length),
  })
}
