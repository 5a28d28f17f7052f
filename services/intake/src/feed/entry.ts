import type { FeedEntry } from '@newswire/model'
import type { RawEntry } from './reader.js'
import { repaired } from './repair.js'

/** An entry with each of its texts repaired; addresses and dates stay as they are. */
export function repairedEntry(entry: RawEntry): RawEntry {
  const mended: RawEntry = { ...entry, categories: entry.categories.map(repaired) }
  for (const name of ['title', 'content', 'summary', 'author'] as const) {
    const text = entry[name]
    if (text !== undefined) mended[name] = repaired(text)
  }
  mended.extensions = Object.fromEntries(
    Object.entries(entry.extensions).map(([name, texts]) => [name, texts.map(repaired)]),
  )
  return mended
}

/** What the channel says of itself; `url` is where the feed was found, after redirects. */
export function channelOf(
  { title, link, language }: { title?: string; link?: string; language?: string },
  url: string,
  mend: (text: string) => string,
): FeedEntry['feed'] {
  return {
    ...(title === undefined ? {} : { title: mend(title) }),
    ...(link === undefined ? {} : { link }),
    ...(language === undefined ? {} : { language }),
    url,
  }
}
