import type { Source } from '@newswire/model'
import type { Positions } from '../poll/positions.js'
import type { SourceRows } from './rows.js'

/** What both wires allow of their feeds is the teaser. */
const teaserFeed = { kind: 'rss', rights: 'teaser', enabled: true } as const

/**
 * The sources that stand at the first start. presseportal's own `ttl` is six minutes; PR Newswire
 * shows about twenty releases, which are two hours or less.
 */
export const defaultSources: readonly Source[] = [
  {
    ...teaserFeed,
    id: 'presseportal-de',
    name: 'presseportal.de: all releases',
    url: 'https://www.presseportal.de/rss/presseportal.rss2',
    wire: 'na',
    intervalSeconds: 360,
  },
  {
    ...teaserFeed,
    id: 'presseportal-ch',
    name: 'presseportal.ch: all releases',
    url: 'https://www.presseportal.ch/de/rss/presseportal.rss2?langid=1',
    wire: 'na',
    intervalSeconds: 600,
  },
  {
    ...teaserFeed,
    id: 'prnewswire',
    name: 'PR Newswire: all news',
    url: 'https://www.prnewswire.com/rss/news-releases-list.rss',
    wire: 'prn',
    intervalSeconds: 600,
  },
  {
    ...teaserFeed,
    id: 'prnewswire-uk',
    name: 'PR Newswire UK: all news',
    url: 'https://www.prnewswire.co.uk/rss/news-releases-list.rss',
    wire: 'prn',
    intervalSeconds: 600,
  },
]

/**
 * Makes the default rows that were never there. A position outlives its default source: where it
 * stands alone a person has deleted the source, and it stays deleted.
 */
export async function seedSources(
  { sources, positions }: { sources: SourceRows; positions: Positions },
  seeds: readonly Source[],
): Promise<void> {
  for (const source of seeds) {
    if (await positions.get(source.id)) continue
    // The row first: a crash in between only means that this runs again.
    await sources.create(source)
    await markSeeded(positions, source.id)
  }
}

export function isDefaultSource(id: string): boolean {
  return defaultSources.some((source) => source.id === id)
}

/** Makes sure that a position tells of the source, also before its first poll. */
export async function markSeeded(positions: Positions, id: string): Promise<void> {
  await positions.change(id, (position) => position)
}
