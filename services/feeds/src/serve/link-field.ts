import type { FeedLinks } from '../feed-page.js'

/** The Link field (RFC 8288) of a feed: one field, as WebSub subscribers like it. */
export function linkField({
  self,
  hub,
  current,
  prevArchive,
  nextArchive,
}: FeedLinks & { readonly self: string }): string {
  const links: [string, string | undefined][] = [
    ['self', self],
    ['hub', hub],
    ['current', current],
    ['prev-archive', prevArchive],
    ['next-archive', nextArchive],
  ]
  return links
    .filter(([, url]) => url !== undefined)
    .map(([rel, url]) => `<${url}>; rel="${rel}"`)
    .join(', ')
}
