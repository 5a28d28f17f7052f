import type { Mood } from '../mark.js'
import type { Overview, Stage, StageName } from '../shapes.js'

/** Older than this, what waits waits too long. */
const oldSeconds = 60
export type StationName = 'sources' | StageName | 'dead' | 'held'

/** One place of the flow, with its numbers. */
export interface Station {
  readonly name: StationName
  readonly mood: Mood
  readonly href: string
  readonly stage?: Stage
  readonly count?: number
}

const hrefs: Readonly<Record<StationName, string>> = {
  sources: '/dashboard/sources',
  intake: '/dashboard/sources',
  normalizer: '/dashboard/stages',
  tagger: '/dashboard/stages',
  feeds: '/dashboard/stages',
  webhooks: '/dashboard/deliveries',
  dead: '/dashboard/dead-letters',
  held: '/dashboard/items',
}

export function stationsOf(overview: Overview): ReadonlyMap<StationName, Station> {
  const { stages, sources, deadLetters, embargoed } = overview
  const troubled = sources.filter(({ state }) => state === 'failing' || state === 'silent').length
  const all: Station[] = [
    { ...place('sources'), mood: troubled > 0 ? 'warn' : 'good', count: sources.length },
    ...stages.map((stage) => ({ ...place(stage.stage), mood: moodOf(stage), stage })),
    { ...place('dead'), mood: deadLetters > 0 ? 'bad' : 'good', count: deadLetters },
    { ...place('held'), mood: 'still', count: embargoed },
  ]
  return new Map(all.map((station) => [station.name, station]))
}

const place = (name: StationName) => ({ name, href: hrefs[name] })

function moodOf({ errorsPerMinute, oldestWaitingSeconds }: Stage): Mood {
  if (errorsPerMinute > 0) return 'bad'
  return (oldestWaitingSeconds ?? 0) > oldSeconds ? 'warn' : 'good'
}

/** How fast a pipe moves: steps, so that a small change does not make the picture jump. */
export function secondsOf(itemsPerMinute: number): number | undefined {
  if (itemsPerMinute <= 0) return undefined
  if (itemsPerMinute < 5) return 6
  if (itemsPerMinute < 30) return 4
  return itemsPerMinute < 300 ? 2.5 : 1.5
}
