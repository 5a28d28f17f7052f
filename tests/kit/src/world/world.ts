import { type Chance, chanceFrom } from '../chance.js'
import type { Page } from '../fake-wire.js'
import { actOf, type Making, type Publication, type PushStep } from './acts.js'
import { disturbed } from './addresses.js'
import { atom, type Manner, presseportal, prnewswire } from './feed-xml.js'
import { type Life, livesOf } from './lives.js'
import type { Wire } from './release.js'
import { type Weather, weatherFor } from './weather.js'

export type Step =
  | {
      readonly kind: 'poll'
      readonly feed: string
      readonly weather: Weather
      readonly page: Page
      /** What a poll of this page finds, oldest first; nothing where it fails. */
      readonly shown: readonly Publication[]
    }
  | PushStep

export interface WorldFeed {
  /** Its path too: `/<name>`. */
  readonly name: string
  readonly wire: Wire
}

export interface World {
  readonly feeds: readonly WorldFeed[]
  readonly lives: readonly Life[]
  /** In order; each is to be over before the next begins. */
  readonly rounds: readonly (readonly Step[])[]
}

export interface WorldOptions {
  readonly seed: number
  readonly stories: number
  readonly rounds: number
  /** The day before it is the day of the world. */
  readonly now: Date
}

interface Feed extends WorldFeed {
  readonly manner: Manner
  /** Its place among the feeds of its wire. */
  readonly place: number
  readonly window: number
  /** Shows the text before the newest one. */
  readonly lags: boolean
}

const feeds: readonly Feed[] = [
  { name: 'pp-all', wire: 'na', manner: presseportal, place: 0, window: 70, lags: false },
  { name: 'pp-topic', wire: 'na', manner: presseportal, place: 1, window: 40, lags: true },
  { name: 'pp-atom', wire: 'na', manner: atom, place: 2, window: 40, lags: false },
  { name: 'prn-all', wire: 'prn', manner: prnewswire, place: 0, window: 60, lags: false },
  { name: 'prn-uk', wire: 'prn', manner: prnewswire, place: 1, window: 40, lags: false },
]

const dayMs = 86_400_000
const noonMs = 43_200_000

/**
 * A small world of releases, five overlapping feeds and a source that pushes, all from one seed. It
 * is made whole before it begins, and it knows what each poll will show.
 */
export function makeWorld({ seed, stories, rounds, now }: WorldOptions): World {
  const chance = chanceFrom(seed)
  const yesterday = Math.floor(now.getTime() / dayMs - 1) * dayMs
  const firstRound = new Date(yesterday + noonMs)
  const making: Making = { now, standing: new Map(), seen: new Set() }
  const lives = livesOf({ chance, stories, rounds, firstRound })
  let open = lives
  const made = Array.from({ length: rounds }, (_, round) => {
    const acts = open.map((life) => ({ life, ...actOf(life, round - life.start, making) }))
    open = acts.filter(({ isOver }) => !isOver).map(({ life }) => life)
    const polls = feeds.map((feed) => poll(feed, making, chance))
    return [...polls, ...acts.flatMap(({ steps }) => steps)]
  })
  return { feeds: feeds.map(({ name, wire }) => ({ name, wire })), lives, rounds: made }
}

function poll(feed: Feed, { seen, standing }: Making, chance: Chance): Step {
  const { name, wire, manner, place, window, lags } = feed
  const weather = weatherFor(chance)
  const all = [...standing.values()]
    .filter(({ entry, feeds: places }) => entry.wire === wire && places.includes(place))
    .map((newest) => (lags && newest.before ? newest.before : newest))
    .sort((a, b) => b.entry.published.getTime() - a.entry.published.getTime())
  const inWindow = weather.kind === 'flood' ? all : all.slice(0, window)
  const shown = weather.hides ? [] : inWindow.map(({ told }) => told).reverse()
  for (const { item } of shown) seen.add(item)
  const entries = disturbed(
    chance,
    inWindow.map(({ entry }) => entry),
  )
  const order = weather.kind === 'shuffled' ? chance.shuffled(entries) : entries
  return { kind: 'poll', feed: name, weather, page: weather.pageOf(manner, order), shown }
}
