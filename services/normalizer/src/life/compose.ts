import {
  itemLimits,
  type LineageEntry,
  type NormalizedItem,
  type Precedence,
  revisionOf,
  type Settlement,
  type TaggedItem,
} from '@newswire/model'
import { defined } from '../defined.js'
import type { Draft } from '../draft.js'
import { assertItemSize } from '../item-size.js'

/** Flags of a withdrawal's own text that still say something about the item. */
const withdrawalFlags: ReadonlySet<string> = new Set(['withheld-by-source'])

export type VersionSettlement = Extract<Settlement, { outcome: 'version' }>

export interface Composition {
  draft: Draft
  settlement: VersionSettlement
  precedence: Precedence
  /** The version that stands; undefined for the first. */
  standing: NormalizedItem | undefined
  /** What the outside last saw of the item, where that is anything. */
  shown: TaggedItem | undefined
}

/** The item's next version. PermanentError where it would be larger than an item may be. */
export function compose(composition: Composition): NormalizedItem {
  const { settlement } = composition
  const item =
    settlement.change === 'withdrawal' ? withdrawalOf(composition) : versionOf(composition)
  assertItemSize(Buffer.byteLength(JSON.stringify(item)))
  return item
}

function versionOf({ draft, settlement, precedence, standing }: Composition): NormalizedItem {
  const { isCorrection: _, sourceVersion: __, via: ___, modified, ...fields } = draft
  const { version, change } = settlement
  return {
    ...fields,
    ...(standing === undefined ? {} : unsaid(draft, standing)),
    ...defined({ corrects: standing?.corrects }),
    ...storyOf(draft, standing),
    version,
    change,
    published: standing?.published ?? draft.published,
    updated: updatedOf(modified, draft, standing),
    precedence,
    lineage: lineageOf(standing, version, { ...precedence, ...marksOf(draft) }),
  }
}

/** A story stays, whatever later texts have in common with others. */
function storyOf(draft: Draft, standing: NormalizedItem | undefined): Partial<NormalizedItem> {
  const { story, storyReasons } = standing?.story === undefined ? draft : standing
  return defined({ story, storyReasons })
}

function marksOf({ via, isCorrection }: Draft): Pick<LineageEntry, 'via' | 'corrects'> {
  return defined({ via, corrects: isCorrection ? (true as const) : undefined })
}

/** What the new text leaves open, as the standing version has it: a full text brings no codes. */
function unsaid(draft: Draft, standing: NormalizedItem): Partial<NormalizedItem> {
  const hasIssuer = draft.issuer.name !== '' || standing.issuer.name === ''
  return {
    ...(hasIssuer ? {} : { issuer: standing.issuer, credit: draft.credit || standing.credit }),
    ...(draft.language === 'und' ? { language: standing.language } : {}),
    ...(draft.sourceCodes.length === 0 ? { sourceCodes: standing.sourceCodes } : {}),
    ...defined({
      dateline: draft.dateline ?? standing.dateline,
      sourceUrl: draft.sourceUrl ?? standing.sourceUrl,
    }),
    flags: hasIssuer ? draft.flags : draft.flags.filter((flag) => flag !== 'no-issuer'),
  }
}

/**
 * A withdrawal needs no text. It looks like what the outside last saw, never like a held version:
 * a headline under embargo must not get out by being withdrawn. An item that nobody saw keeps its
 * embargo, so that its id stays out of the logs.
 */
function withdrawalOf(composition: Composition): NormalizedItem {
  const { draft, settlement, precedence, standing, shown } = composition
  const { isCorrection: _, sourceVersion: __, via: ___, modified, ...fields } = draft
  const { subheadline: _s, contact: _c, embargoUntil, ...seen } = shown ?? standing ?? fields
  const { version, change } = settlement
  return {
    ...withoutTags(seen),
    ...defined({ embargoUntil: shown === undefined ? embargoUntil : undefined }),
    body: { html: '', text: '', complete: seen.body.complete },
    links: [],
    media: [],
    version,
    change,
    status: 'canceled',
    flags: [
      ...new Set([...seen.flags, ...draft.flags.filter((flag) => withdrawalFlags.has(flag))]),
    ],
    published: standing?.published ?? draft.published,
    updated: updatedOf(modified, draft, standing),
    received: draft.received,
    precedence,
    lineage: lineageOf(standing, version, {
      ...precedence,
      ...marksOf(draft),
      withdrawn: true,
    }),
  }
}

function withoutTags<T extends object>(item: T): Omit<T, 'tagging' | 'vocabulary' | 'tags'> {
  const { tagging: _, vocabulary: __, tags: ___, ...rest } = item as T & Partial<TaggedItem>
  return rest
}

/** This version's time; it never runs backwards, since readers order by it. */
function updatedOf(
  modified: string | undefined,
  draft: Draft,
  standing: NormalizedItem | undefined,
): string {
  const own = modified ?? (standing === undefined ? draft.published : draft.received)
  const before = standing?.updated
  return before !== undefined && Date.parse(before) > Date.parse(own) ? before : own
}

function lineageOf(
  standing: NormalizedItem | undefined,
  version: number,
  entry: Omit<LineageEntry, 'version'>,
): NormalizedItem['lineage'] {
  return [...(standing?.lineage ?? []), { version, ...entry }].slice(-itemLimits.lineageMax)
}

/**
 * The withdrawal as the outside gets it: with the last tags, but not the words that led to them.
 */
export function taggedWithdrawal(item: NormalizedItem, shown: TaggedItem): TaggedItem {
  const tags = shown.tags.map((tag) => ({ ...tag, evidence: [] }))
  return { ...item, tagging: 1, vocabulary: shown.vocabulary, tags }
}

/** The publish id of a public revision: the tagger's is the same, so the second one is dropped. */
export function revisionIdOf(item: TaggedItem): string {
  return `${item.id}:${revisionOf(item)}`
}
