import {
  type Change,
  erasedFlag,
  isEmbargoed,
  isErased,
  type LineageEntry,
  type NormalizedItem,
  type Precedence,
  type TaggedItem,
} from '@newswire/model'
import { defined } from '../defined.js'
import type { Draft } from '../draft.js'
import { compose } from '../life/compose.js'
import { contentHashOf } from '../life/content-hash.js'

/** The flag of an item that asks to disregard another, which nobody has found. */
const disregardFlag = 'disregard-unlinked'
/** Flags that a decision settles. */
const settledFlags: ReadonlySet<string> = new Set([
  'embargo-unreadable',
  'correction-unlinked',
  disregardFlag,
])

/** When a person decided, and where the decision stands in stream RAW. */
export interface Moment {
  readonly rawSequence: number
  /** RFC 3339. */
  readonly at: string
}

/** What stands of an item when it is decided on. */
export interface Before {
  /** The newest version inside. */
  readonly standing: NormalizedItem
  /** What the outside last saw of it. */
  readonly shown: TaggedItem | undefined
}

/** What a decision makes of an item: its next fact in ITEMS, or nothing, and why. */
export type Verdict =
  | { readonly kind: 'fact'; readonly item: NormalizedItem }
  | { readonly kind: 'nothing'; readonly reason: string }

/**
 * The item taken back. Where the source did so before, the same version is marked: whoever had the
 * item was told already.
 */
export function withdrawn({ standing, shown }: Before, moment: Moment): Verdict {
  if (isErased(standing)) return nothing('the item was erased by law')
  if (isWithdrawnByPerson(standing)) return nothing('a person withdrew the item before')
  if (standing.status === 'canceled') {
    return { kind: 'fact', item: marked(standing, { byPerson: true }) }
  }
  const draft = draftOf(standing, moment)
  const item = next({ draft, change: 'withdrawal', standing, shown, moment })
  return { kind: 'fact', item: marked(item, { byPerson: true }) }
}

/**
 * The item let out: without the embargo that holds it, or, where a person withdrew it, with its
 * last text, which is `lastUsable`; an embargo of that text stands again.
 */
export function released(
  { standing, shown }: Before,
  lastUsable: NormalizedItem | undefined,
  moment: Moment,
): Verdict {
  const reason = whyNotReleased(standing, lastUsable, moment.at)
  if (reason !== undefined) return nothing(reason)
  const text = standing.status === 'canceled' ? lastUsable : standing
  const { embargoUntil, ...draft } = draftOf(text ?? standing, moment)
  const isBack = standing.status === 'canceled'
  const item = next({
    draft: isBack ? { ...draft, ...defined({ embargoUntil }) } : withoutSettled(draft),
    change: 'update',
    standing,
    shown,
    moment,
  })
  return { kind: 'fact', item: marked(item, { byPerson: true }) }
}

/** Undefined where there is something to release. */
export function whyNotReleased(
  standing: NormalizedItem,
  lastUsable: NormalizedItem | undefined,
  at: string,
): string | undefined {
  if (isErased(standing)) return 'the item was erased by law'
  if (standing.status !== 'canceled') {
    return isEmbargoed(standing, new Date(at)) ? undefined : 'nothing holds the item'
  }
  if (!isWithdrawnByPerson(standing))
    return 'the source withdrew the item, and only it can undo that'
  return lastUsable === undefined ? 'the item never had a text' : undefined
}

/**
 * The next version of an item by a notice about it that came in as an item of its own: its text, or
 * the item's end where it asks to disregard it.
 */
export function correctedBy(
  notice: NormalizedItem,
  { standing, shown }: Before,
  moment: Moment,
): Verdict {
  if (isErased(standing)) return nothing('the item was erased by law')
  if (isWithdrawnByPerson(standing)) return nothing('a person withdrew the item: release it first')
  const isEnd = notice.flags.includes(disregardFlag)
  if (notice.status === 'canceled' && !isEnd) return nothing('the notice is withdrawn')
  if (isEnd && standing.status === 'canceled') return nothing('the item is withdrawn already')
  const { id, uri, wire, embargoUntil } = standing
  const draft = withoutSettled({
    ...draftOf(isEnd ? standing : notice, moment),
    ...{ id, uri, wire, isCorrection: true },
  })
  const item = next({
    // A correction that is silent about an embargo does not lift it.
    draft: { ...defined({ embargoUntil }), ...draft },
    change: isEnd ? 'withdrawal' : 'correction',
    standing,
    shown,
    moment,
    modified: notice.precedence.modified,
  })
  const mark = isEnd ? {} : ({ corrects: true, byPerson: true } as const)
  return { kind: 'fact', item: marked(item, { via: notice.id, ...mark }) }
}

/** A notice whose text is another item's from here on: nobody shall have it twice. */
export function joined(
  { standing, shown }: Before,
  corrects: string | undefined,
  moment: Moment,
): Verdict {
  const verdict = withdrawn({ standing, shown }, moment)
  if (verdict.kind === 'nothing') return verdict
  const { notice, ...item } = verdict.item
  const flags = item.flags.filter((flag) => !settledFlags.has(flag))
  return { kind: 'fact', item: { ...item, flags, ...defined({ corrects }) } }
}

/** The same version with another story: what a reader sees of its text has not changed. */
export function toldAs({ standing }: Before, story: string | undefined): Verdict {
  if (isErased(standing)) return nothing('the item was erased by law')
  if (standing.status === 'canceled') return nothing('the item is withdrawn')
  if (story === standing.id) return nothing('the other item tells the story of this one')
  if (standing.story === story) return nothing('the item tells this story already')
  const { story: _, storyReasons, ...item } = standing
  const reasons = story === undefined ? undefined : ['A person said so.']
  const told = { ...item, ...defined({ story, storyReasons: reasons }) }
  // What a person said of the story stays, whatever later texts have in common with others.
  return { kind: 'fact', item: marked(told, { byPerson: true }) }
}

/** What stays of an item by law: its id, its places and times, and no word. */
export function erased({ standing, shown }: Before, moment: Moment): NormalizedItem {
  const { id, uri, wire, source, rights, published, embargoUntil } = standing
  const contentHash = contentHashOf({ ...nothingToRead, status: 'canceled' })
  const precedence = { rawSequence: moment.rawSequence, contentHash }
  const version = standing.version + 1
  const mark = { ...precedence, version, withdrawn: true, byPerson: true, erased: true } as const
  return {
    ...{ id, uri, wire, version, change: 'withdrawal', status: 'canceled' },
    // The id of an item that nobody saw stays out of the logs.
    ...defined({ embargoUntil: shown === undefined ? embargoUntil : undefined }),
    ...nothingToRead,
    ...{ language: 'und', issuer: { name: '' }, credit: '' },
    ...{ tickers: [], links: [], media: [], sourceCodes: [] },
    ...{ published, updated: laterOf(standing.updated, moment.at), received: moment.at },
    ...{ source, rights, flags: [erasedFlag], precedence },
    lineage: [...standing.lineage.map(withoutVia), mark],
  }
}

const nothingToRead = { headline: '(erased)', body: { html: '', text: '', complete: true } }

function isWithdrawnByPerson({ lineage, status }: NormalizedItem): boolean {
  return status === 'canceled' && lineage.at(-1)?.byPerson === true
}

function nothing(reason: string): Verdict {
  return { kind: 'nothing', reason }
}

/** A version as if it had come in when it was decided on. */
function draftOf(item: NormalizedItem, { at }: Moment): Draft {
  const { version, change, updated, precedence, lineage, ...rest } = item
  const { corrects, notice, story, storyReasons, ...fields } = rest
  return { ...fields, received: at, isCorrection: false }
}

interface Next extends Before {
  draft: Draft
  change: Change
  moment: Moment
  /** The time that orders it against the source's versions; else that of what stands. */
  modified?: string | undefined
}

/** A person's version keeps the source's place in its own order: older ones stay older. */
function next({ draft, change, standing, shown, moment, modified }: Next): NormalizedItem {
  const { sourceVersion, modified: before } = standing.precedence
  const precedence: Precedence = {
    rawSequence: moment.rawSequence,
    contentHash: contentHashOf(draft),
    ...defined({ sourceVersion, modified: modified ?? before }),
  }
  const settlement = { outcome: 'version', version: standing.version + 1, change } as const
  return compose({ draft, settlement, precedence, standing, shown })
}

function marked(item: NormalizedItem, mark: Partial<LineageEntry>): NormalizedItem {
  const { lineage } = item
  const lineageMarked = lineage.map((entry, at) =>
    at === lineage.length - 1 ? { ...entry, ...mark } : entry,
  )
  return { ...item, lineage: lineageMarked }
}

function withoutSettled(draft: Draft): Draft {
  return { ...draft, flags: draft.flags.filter((flag) => !settledFlags.has(flag)) }
}

function withoutVia({ via, ...entry }: LineageEntry): LineageEntry {
  return entry
}

function laterOf(a: string, b: string): string {
  return Date.parse(a) > Date.parse(b) ? a : b
}
