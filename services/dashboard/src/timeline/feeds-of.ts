import { asTold, issuerSlug, type TaggedItem } from '@newswire/model'

/** A feed that the item stands in. */
export interface FeedOfItem {
  readonly key: 'source' | 'issuer' | 'lang' | 'topic' | 'region'
  readonly value: string
  readonly label: string
  readonly path: string
}

/** Feeds of one value each that take the item, its wire's first; each narrower one does too. */
export function feedsOf(whole: TaggedItem): FeedOfItem[] {
  const item = asTold(whole)
  const issuer = issuerSlug(item.issuer.name)
  const feeds = [
    feed('source', item.wire, item.wire),
    ...(issuer === '' ? [] : [feed('issuer', issuer, item.issuer.name)]),
    ...item.tags.map(({ scheme, code, label }) => {
      if (scheme === 'lang') return feed('lang', code, label)
      return feed(scheme === 'medtop' ? 'topic' : 'region', code, label)
    }),
  ]
  return [...new Map(feeds.map((each) => [each.path, each])).values()]
}

function feed(key: FeedOfItem['key'], value: string, label: string): FeedOfItem {
  const path = `/feeds/rss?${key}=${encodeURIComponent(value).replaceAll('%3A', ':')}`
  return { key, value, label, path }
}
