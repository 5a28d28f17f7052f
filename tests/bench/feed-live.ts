import { loadavg } from 'node:os'
import { askRedis } from '@newswire/kit'
import { formatFilter, parseFilter } from '@newswire/model'
import { append, type FeedsHouse, startFeedsHouse } from './feeds-house.js'
import { someFilters } from './feeds-items.js'
import { pause, percentile } from './figures.js'

const itemsPerSecond = 50
const seconds = 20
const keptFeeds = 200
/** Each kept feed is asked every four seconds. */
const pollsPerSecond = 50
const manyFeeds = 1_000
const standing = 2_000

export interface LiveFigures {
  /** Milliseconds from the append's acknowledgement to the first answer that shows the item. */
  readonly visible: readonly number[]
  /** Answers that the pollers of the kept feeds got meanwhile. */
  readonly polls: number
  readonly load: number
}

/**
 * Appends items at a steady rate while kept feeds are polled at a steady rate;
 * the feed of everything is asked all the time for what it shows.
 */
export async function measureLive(): Promise<LiveFigures> {
  await using house = await startFeedsHouse()
  await house.fill(0, standing)
  const paths = pathsOf(keptFeeds)
  for (const path of paths) await ask(house, path)
  let isOver = false
  let polls = 0
  const poll = async () => {
    const asked: Promise<string>[] = []
    for (; !isOver; polls += 1) {
      asked.push(ask(house, paths[polls % paths.length] ?? ''))
      await pause(1_000 / pollsPerSecond)
    }
    await Promise.all(asked)
  }
  const polling = poll()
  const watching = watch(house, itemsPerSecond * seconds)
  const startedAt = performance.now()
  for (let k = 0; k < itemsPerSecond * seconds; k += 1) {
    await pause((k / itemsPerSecond) * 1_000 - (performance.now() - startedAt))
    void append(house.bus, standing + k).then((place) => watching.appended(place))
  }
  const visible = await watching.done
  isOver = true
  await polling
  return { visible, polls, load: loadavg()[0] ?? Number.NaN }
}

/**
 * Asks the feed of everything again and again, one answer at a time. Its newest entry tells which
 * appends can be seen: feeds are in the order of TAGGED.
 */
function watch(house: FeedsHouse, count: number) {
  const waiting = new Map<number, number>()
  const visible: number[] = []
  async function look(): Promise<void> {
    const feed = JSON.parse(await ask(house, '/feeds/json?limit=1')) as Shown
    const newest = Number(feed.items[0]?.id.split('-').at(-1))
    const now = performance.now()
    for (const [place, appendedAt] of waiting) {
      // Item n is at place n + 1, or a few from it: appends overtake each other.
      if (place > newest + 1) continue
      waiting.delete(place)
      visible.push(now - appendedAt)
    }
  }
  async function run(): Promise<readonly number[]> {
    while (visible.length < count) {
      await look()
      await pause(2)
    }
    return visible
  }
  return { appended: (place: number) => waiting.set(place, performance.now()), done: run() }
}

interface Shown {
  readonly items: readonly { readonly id: string }[]
}

export interface ManyFigures {
  /** Feeds that were asked again, twice each, after one item that all of them have. */
  readonly asked: number
  /** Renderings before they were asked again. */
  readonly unasked: number
  readonly renderings: number
}

/** A thousand kept feeds, one item that is in all of them, and a tenth of them asked again. */
export async function measureMany(): Promise<ManyFigures> {
  await using house = await startFeedsHouse()
  await house.fill(0, standing)
  const paths = Array.from({ length: manyFeeds }, (_, n) => `/feeds/json?not.issuer=nobody-${n}`)
  for (const path of paths) await ask(house, path)
  const before = await renderingsOf(house)
  await house.fill(standing, 1)
  const unasked = (await renderingsOf(house)) - before
  // The last ones: a server may keep fewer than all.
  const again = paths.slice(-manyFeeds / 10)
  for (const path of again) await ask(house, path)
  for (const path of again) await ask(house, path)
  return {
    asked: again.length,
    renderings: (await renderingsOf(house)) - before - unasked,
    unasked,
  }
}

function pathsOf(count: number): string[] {
  const queries = new Set<string>()
  for (const input of someFilters(815)) {
    queries.add(formatFilter(parseFilter(input)))
    if (queries.size === count) break
  }
  return [...queries].map((query) => `/feeds/rss?${query}`)
}

async function ask({ url }: FeedsHouse, path: string): Promise<string> {
  const answer = await fetch(new URL(path, url), { redirect: 'error' })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}.`)
  return text
}

/**
 * Each of these feeds reads one page of the order of all items for a rendering, which nothing else
 * does.
 */
async function renderingsOf({ redis }: FeedsHouse): Promise<number> {
  const told = await askRedis(redis, 'INFO', 'commandstats')
  return Number(/^cmdstat_zrevrangebyscore:calls=(\d+)/m.exec(told)?.[1] ?? 0)
}

export function reportLive({ visible, polls, load }: LiveFigures): string {
  const ms = (share: number) => `${percentile(visible, share).toFixed(1)} ms`
  return [
    `From the append to TAGGED to the item in its feed, ${itemsPerSecond} items/s for ${seconds} s, ${keptFeeds} kept feeds polled ${polls} times meanwhile, load ${load.toFixed(1)}:`,
    `  p50 ${ms(0.5)}, p99 ${ms(0.99)}, largest ${ms(1)} (goal: p99 ≤ 100 ms)`,
  ].join('\n')
}

export function reportMany({ asked, renderings, unasked }: ManyFigures): string {
  return [
    `One item that is in ${manyFeeds.toLocaleString('en')} feeds that were asked before:`,
    `  ${unasked} renderings by itself (goal: 0), ${renderings} once ${asked} of them are asked again, twice each (goal: ${asked})`,
  ].join('\n')
}
