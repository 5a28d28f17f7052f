import { setTimeout as delay } from 'node:timers/promises'
import { type House, readFilter } from '../house/index.js'
import { paint } from '../screen/index.js'
import { type Outcome, outcomes, type Session } from '../session.js'
import type { StreamEvent } from './event-stream.js'
import { liveEvents, NoLiveError } from './live.js'
import { createNewest, type Newest } from './newest.js'
import { type LiveItem, lineOf, liveItemSchema } from './shown-item.js'

export interface TailOptions {
  /** How many of the newest are shown at first. */
  readonly last: number
}

/** How often a house without a live stream is asked. */
const pollEveryMs = 2_000

/** `newswire tail [filter...]`: items as they become public, until Ctrl-C. */
export async function tail(
  parts: readonly string[],
  { last }: TailOptions,
  session: Session,
): Promise<Outcome> {
  const filter = readFilter(parts)
  const house = session.house({ onlyWithGivenKey: true })
  const newest = createNewest(house, filter)
  const show = shower(session)
  try {
    for (const item of await newest.last(last)) show(item, publishedAt(item, session.now()))
    await follow({ house, newest, show, session, hasFilter: filter.size > 0 })
  } catch (error) {
    if (!session.signal.aborted) throw error
  }
  return outcomes.done
}

type Show = (item: LiveItem, at: Date) => void

function shower({ screen, isJson }: Session): Show {
  return (item, at) => {
    if (isJson) screen.jsonLine(item)
    else screen.line(...lineOf(item, at, screen.columns))
  }
}

interface Following {
  readonly house: House
  readonly newest: Newest
  readonly show: Show
  readonly session: Session
  readonly hasFilter: boolean
}

async function follow(following: Following): Promise<void> {
  try {
    await byStream(following)
  } catch (error) {
    if (!(error instanceof NoLiveError)) throw error
    const seconds = pollEveryMs / 1_000
    following.session.screen.note(
      paint('dim', `This house has no live stream: it is asked every ${seconds} s.`),
    )
    await byAsking(following)
  }
}

async function byStream(following: Following): Promise<void> {
  const { house, newest, show, session } = following
  async function showUnseen(): Promise<void> {
    for (const item of await newest.unseen()) show(item, session.now())
  }
  // The next event, or the stream that comes again, makes it look once more.
  const look = lookOnce(showUnseen, ({ message }) => {
    if (!house.signal.aborted) session.screen.note(paint('odd', message))
  })
  const tell = teller(session)
  function onState(state: 'open' | 'broken', reason: string): void {
    tell(state, reason)
    // What became public between the list and the stream, or beyond what the stream keeps.
    if (state === 'open') look()
  }
  for await (const event of liveEvents({ house, onState })) {
    const item = itemOf(event)
    if (item === undefined) continue
    // Which regions lie in which, and which words match, the house alone knows.
    const isEnd = item.status !== 'usable' && newest.knows(item.id)
    if (following.hasFilter && !isEnd) look()
    else if (newest.take(item)) show(item, session.now())
  }
}

function itemOf({ type, data }: StreamEvent): LiveItem | undefined {
  if (type !== 'item') return undefined
  try {
    return liveItemSchema.safeParse(JSON.parse(data)).data
  } catch {
    // One event that nobody can read must not end the watch; the next look finds its item.
    return undefined
  }
}

/** Looks at once, and once more where it was asked to meanwhile: a burst makes two looks. */
function lookOnce(work: () => Promise<void>, onFault: (error: Error) => void): () => void {
  let isRunning = false
  let isWanted = false
  return function look(): void {
    isWanted = true
    if (isRunning) return
    isRunning = true
    void (async () => {
      try {
        while (isWanted) {
          isWanted = false
          await work()
        }
      } catch (error) {
        onFault(error as Error)
      } finally {
        isRunning = false
      }
    })()
  }
}

async function byAsking({ house, newest, show, session }: Following): Promise<void> {
  const tell = teller(session)
  while (!house.signal.aborted) {
    await delay(pollEveryMs, undefined, { signal: house.signal })
    const found = await newest.unseen().catch((error: Error) => error)
    if (found instanceof Error) tell('broken', found.message)
    else {
      tell('open')
      for (const item of found) show(item, session.now())
    }
  }
}

/** Says once that the house is away, and once that it is back. */
function teller({ screen, signal }: Session) {
  let isBroken = false
  return function tell(state: 'open' | 'broken', reason = ''): void {
    const wasBroken = isBroken
    isBroken = state === 'broken'
    if (signal.aborted || isBroken === wasBroken) return
    const says = isBroken
      ? paint('odd', `Waiting for the house: ${reason}`)
      : paint('good', 'The house is there again.')
    screen.note(says)
  }
}

function publishedAt({ publishedAt: at }: LiveItem, now: Date): Date {
  const date = new Date(at ?? now)
  return Number.isNaN(date.getTime()) ? now : date
}
