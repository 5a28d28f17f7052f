import type { Bus } from '@newswire/bus'
import { type Filter, isErased, outward, type TaggedItem } from '@newswire/model'
import { Hindsight, type HindsightItem } from './hindsight.js'
import type { BacktestLimits } from './limits.js'
import { readWindow } from './window.js'

export interface BacktestQuestion {
  readonly filter: Filter
  /** UTC days, today among them. */
  readonly days: number
  readonly seesPrivate: boolean
  readonly now: Date
}

export interface BacktestAnswer {
  /** What was looked at begins and ends here: RFC 3339. */
  readonly from: string
  readonly to: string
  /** Different items. */
  readonly items: number
  /** By the day that the item would have been told first; oldest day first. */
  readonly perDay: readonly { readonly date: string; readonly items: number }[]
  /** As lists have them: the newest first, as they stand now. */
  readonly newest: readonly ItemView[]
  /** Item versions that were looked at. */
  readonly looked: number
  /** Whether all versions of these days were looked at. */
  readonly complete: boolean
}

export interface ItemView {
  readonly id: string
  readonly headline: string
  readonly published: string
  readonly version: number
  readonly status: TaggedItem['status']
  readonly tags: readonly { scheme: string; code: string; label: string }[]
}

const dayMs = 24 * 60 * 60 * 1_000

/**
 * How many items a filter would have been told in the last days, had it stood at their beginning.
 */
export async function backtest(
  bus: Pick<Bus, 'streams' | 'positionAt' | 'replay' | 'latest'>,
  limits: BacktestLimits,
  question: BacktestQuestion,
): Promise<BacktestAnswer> {
  const { filter, days, seesPrivate, now } = question
  const begin = new Date(Math.floor(now.getTime() / dayMs) * dayMs - (days - 1) * dayMs)
  const streams = await bus.streams()
  const upTo = streams.find(({ stream }) => stream === 'TAGGED')?.lastSequence ?? 0
  const wanted = await bus.positionAt('item.tagged', begin)
  // Where there are too many, the newest tell more than the oldest.
  const after = Math.max(wanted, upTo - limits.factsMax)
  const hindsight = new Hindsight({ filter, since: after, seesPrivate })
  const seen: { first?: Date; last?: Date } = {}
  const isRead = await readWindow(
    bus,
    { after, upTo },
    {
      batchMax: limits.batchMax,
      signal: AbortSignal.timeout(limits.timeMsMax),
      take: (fact) => {
        seen.first ??= fact.storedAt
        seen.last = fact.storedAt
        hindsight.take(fact)
      },
    },
  )
  const items = hindsight.items()
  const isCut = after > wanted
  return {
    from: (isCut ? (seen.first ?? begin) : begin).toISOString(),
    to: (isRead ? now : (seen.last ?? begin)).toISOString(),
    items: items.length,
    perDay: perDayOf(items, begin, days),
    newest: await viewsOf(bus, items, { max: limits.newestMax, seesPrivate }),
    looked: hindsight.looked,
    complete: isRead && !isCut,
  }
}

function perDayOf(items: readonly HindsightItem[], begin: Date, days: number) {
  const dayOf = (at: Date) => Math.floor((at.getTime() - begin.getTime()) / dayMs)
  const counts = new Array<number>(days).fill(0)
  for (const { firstAt } of items) {
    // An item that came in while this ran belongs to the last day also where that is over by now.
    const day = Math.min(dayOf(firstAt), days - 1)
    counts[day] = (counts[day] ?? 0) + 1
  }
  return counts.map((count, day) => {
    const date = new Date(begin.getTime() + day * dayMs).toISOString().slice(0, 10)
    return { date, items: count }
  })
}

/** As they stand at this moment: what was taken back meanwhile shows as that. */
async function viewsOf(
  bus: Pick<Bus, 'latest'>,
  items: readonly HindsightItem[],
  { max, seesPrivate }: { readonly max: number; readonly seesPrivate: boolean },
): Promise<ItemView[]> {
  const newest = [...items].sort((a, b) => b.place - a.place).slice(0, max)
  const standing = await Promise.all(newest.map((keys) => bus.latest('item.tagged', keys)))
  return standing.flatMap((stored) => {
    if (!stored || isErased(stored.value)) return []
    return stored.value.rights === 'private' && !seesPrivate ? [] : [viewOf(stored.value)]
  })
}

function viewOf(whole: TaggedItem): ItemView {
  const { id, headline, published, version, status, tags } = outward(whole)
  const codes = tags.map(({ scheme, code, label }) => ({ scheme, code, label }))
  return { id, headline, published, version, status, tags: codes }
}
