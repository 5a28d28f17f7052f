import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { useAgain } from '../ask/use-again.js'
import { useAsk } from '../ask/use-ask.js'
import { type LiveState, useLive } from '../ask/use-live.js'
import type { Alarm, LiveItem, Overview, Page } from './shapes.js'

/** Newest items that the dashboard shows. */
const itemsShown = 12
/** A stream that is refused tells nothing, not even that the session has ended. */
const lostAgainMs = 10_000

interface Desk {
  readonly overview: Overview | undefined
  readonly alarms: readonly Alarm[]
  /** Since when none stands, where that is known. */
  readonly wellSince: string | null
  readonly items: readonly LiveItem[]
  readonly live: LiveState
  readonly error: ReturnType<typeof useAsk>['error']
  readonly again: () => void
}

type Standing = Pick<Overview, 'alarms' | 'wellSince'>
interface AlarmsTold extends Page<Alarm> {
  readonly wellSince: string | null
}

interface ListedItem {
  readonly language: string
  readonly _newswire: Omit<LiveItem, 'language' | 'publishedAt'> & { readonly published: string }
}

const DeskContext = createContext<Desk | undefined>(undefined)

/** One stream of what happens for all pages of the dashboard. */
export function DeskProvider({ children }: { readonly children: ReactNode }) {
  const asked = useAsk<Overview>('/api/v1/overview')
  const listed = useAsk<Page<ListedItem>>(`/api/v1/items?limit=${itemsShown}`)
  const [told, setTold] = useState<Overview>()
  const [standing, setStanding] = useState<Standing>()
  const [items, setItems] = useState<readonly LiveItem[]>([])
  const askAnew = useRef(() => {})
  askAnew.current = () => {
    asked.again()
    listed.again()
  }
  const live = useLive({
    overview: (value) => setTold(value as Overview),
    alarms: (value) => setStanding(standingIn(value as AlarmsTold)),
    item: (value) => setItems((last) => newest([value as LiveItem, ...last])),
    reset: () => askAnew.current(),
  })
  const everyMs = live === 'lost' ? lostAgainMs : undefined
  useAgain(asked.again, everyMs)
  useAgain(listed.again, everyMs)
  const overview = newer(told, asked.value)
  useEffect(() => {
    if (overview) setStanding(standingOf(overview))
  }, [overview])
  const desk: Desk = {
    overview,
    ...(standing ?? standingOf(overview ?? { alarms: [], wellSince: null })),
    items: newest([...items, ...(listed.value?.items ?? []).map(liveItemOf)]),
    live,
    error: overview ? undefined : asked.error,
    again: askAnew.current,
  }
  return <DeskContext value={desk}>{children}</DeskContext>
}

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('useDesk stands outside of DeskProvider.')
  return desk
}

function standingOf({ alarms, wellSince }: Standing): Standing {
  return { alarms, wellSince }
}

function standingIn({ items: alarms, wellSince }: AlarmsTold): Standing {
  return { alarms, wellSince }
}

function newer(told: Overview | undefined, asked: Overview | undefined): Overview | undefined {
  if (told && asked) return told.at >= asked.at ? told : asked
  return told ?? asked
}

/** One line per item: its newest version, and the first place that it has. */
function newest(items: readonly LiveItem[]): LiveItem[] {
  const byId = new Map<string, LiveItem>()
  for (const item of items) {
    const known = byId.get(item.id)
    if (!known || known.version < item.version) byId.set(item.id, item)
  }
  return [...byId.values()].slice(0, itemsShown)
}

function liveItemOf({ language, _newswire }: ListedItem): LiveItem {
  const { id, wire, version, change, status, headline, published } = _newswire
  return { id, wire, version, change, status, headline, language, publishedAt: published }
}
