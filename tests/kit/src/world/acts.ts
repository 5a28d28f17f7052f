import { type Entry, entryOf } from './entry.js'
import type { Life, LifeKind } from './lives.js'
import { correctionOf, disregardOf, noticeEntry } from './notices.js'
import { cancellationOf, embargoed, embargoedBySentence, fullTextOf, type Push } from './pushes.js'
import { itemIdOf, markOf } from './release.js'

/** What a reader learns when it sees one text: the oracle's only input. */
export interface Publication {
  /** The id that the text itself stands under. */
  readonly item: string
  readonly mark: string
  readonly isFull: boolean
  /** The text calls itself a correction. */
  readonly isCorrection?: boolean
  /** It takes its item back, or the item of which it speaks. */
  readonly isWithdrawal?: boolean
  /** A notice: the item of which it speaks. */
  readonly of?: string
  /** Embargoed until long after the end. */
  readonly isHeld?: boolean
}

export interface PushStep {
  readonly kind: 'push'
  readonly push: Push
  readonly shown: readonly Publication[]
}

/** What one feed could show: an entry with what it tells. */
export interface Standing {
  readonly entry: Entry
  readonly told: Publication
  /** Places of the feeds of its wire. */
  readonly feeds: readonly number[]
  /** The text before this one, for feeds that lag. */
  readonly before?: Standing
}

export interface Making {
  readonly now: Date
  /** By item, the newest text of each. */
  readonly standing: Map<string, Standing>
  /** Items that a reader has seen. */
  readonly seen: Set<string>
}

export interface Act {
  readonly steps: readonly PushStep[]
  /** Nothing more comes of this life. */
  readonly isOver: boolean
}

const dayMs = 86_400_000
/** Far behind the end of any run. */
const heldForMs = 3 * dayMs
const noticeNumbers = { na: 5_900_000, prn: 301_900_000 } as const
const waits: Act = { steps: [], isOver: false }
const ends: Act = { steps: [], isOver: true }

/** What a release does `age` rounds behind its beginning, into the feeds and by pushes. */
export function actOf(life: Life, age: number, making: Making): Act {
  if (age < 0) return waits
  if (age === 0) return begin(life, making)
  const item = itemIdOf(life.release)
  if (life.kind === 'pushed') show(making, life, 1)
  // What follows speaks of a text that readers have: a source that is down delays it.
  const isFollowed = life.kind === 'unlinked' || making.seen.has(item)
  return isFollowed ? going[life.kind](life, making, age) : waits
}

function begin(life: Life, making: Making): Act {
  const { release, kind } = life
  if (kind === 'unlinked') return waits
  if (kind === 'pushed') {
    return pushed(making, life, { push: fullTextOf(release, 1), text: 1 }, waits)
  }
  if (kind.startsWith('held')) {
    const far = new Date(making.now.getTime() + heldForMs)
    const send = kind === 'held-by-sentence' ? embargoedBySentence : embargoed
    const push = send(release, 1, far)
    return pushed(making, life, { push, text: 1, own: { isHeld: true } }, waits)
  }
  show(making, life, 1)
  return waits
}

const canceled = (life: Life, making: Making) =>
  pushed(making, life, {
    ...{ push: cancellationOf(life.release), text: 1 },
    own: { isWithdrawal: true },
  })

const going: Readonly<Record<LifeKind, (life: Life, making: Making, age: number) => Act>> = {
  plain: () => ends,
  pushed: () => ends,
  held: () => ends,
  'held-by-sentence': () => ends,
  edited(life, making, age) {
    show(making, life, age + 1)
    return age < life.edits ? waits : ends
  },
  completed: (life, making) => pushed(making, life, { push: fullTextOf(life.release, 1), text: 1 }),
  canceled,
  'held-canceled': canceled,
  'held-moved': (life, making) => {
    // The instant is moved into the past: the text may go out.
    const push = embargoed(life.release, 2, new Date(making.now.getTime() - dayMs))
    return pushed(making, life, { push, text: 2 })
  },
  corrected: (life, making) => notify(life, making, 'correction'),
  unlinked: (life, making) => notify(life, making, 'correction'),
  disregarded: (life, making) => notify(life, making, 'withdrawal'),
  retitled(life, making) {
    show(making, life, 2, `/C O R R E C T I O N -- ${life.release.issuer}/`)
    return ends
  },
}

interface Pushed {
  readonly push: Push
  readonly text: number
  readonly own?: Partial<Publication>
}

function pushed(making: Making, { release }: Life, sent: Pushed, after = ends): Act {
  const item = itemIdOf(release)
  making.seen.add(item)
  const told = { item, mark: markOf(release, sent.text), isFull: true, ...sent.own }
  return { ...after, steps: [{ kind: 'push', push: sent.push, shown: [told] }] }
}

/** A text of the release is in its feeds from here on; the page keeps its first title's address. */
function show({ standing }: Making, { release, feeds }: Life, text: number, title?: string): void {
  const item = itemIdOf(release)
  const before = standing.get(item)
  const entry = entryOf(release, text)
  const told = { item, mark: markOf(release, text), isFull: false }
  standing.set(item, {
    feeds,
    ...(title === undefined
      ? { entry, told }
      : { entry: { ...entry, title }, told: { ...told, isCorrection: true } }),
    ...(before === undefined ? {} : { before }),
  })
}

/** A notice is in the feeds from here on, under a number of its own. */
function notify({ release }: Life, { standing }: Making, kind: 'correction' | 'withdrawal'): Act {
  const { wire, number } = release
  const wireId = String(noticeNumbers[wire] + number)
  const published = new Date(release.published.getTime() + noticeAfterMs)
  const notice = kind === 'correction' ? correctionOf(release, 2, number) : disregardOf(release)
  const item = itemIdOf({ wire, wireId })
  const told = { item, of: itemIdOf(release), isFull: false }
  standing.set(item, {
    entry: noticeEntry(release, notice, { wireId, published }),
    told:
      kind === 'correction'
        ? { ...told, isCorrection: true, mark: markOf(release, 2) }
        : { ...told, isWithdrawal: true, mark: '' },
    feeds: [0, 1],
  })
  return ends
}

const noticeAfterMs = 3_600_000
