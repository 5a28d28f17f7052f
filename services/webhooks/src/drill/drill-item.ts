import { type Ninjs, revisionOf, type TaggedItem, toNinjs } from '@newswire/model'

/** What differs between the versions of the drill's item. */
export type DrillVersion = Pick<TaggedItem, 'version' | 'tagging' | 'change' | 'status'> & {
  readonly headline: string
}

/** Ids of real items hold no colon. */
export function drillItemId(run: string): string {
  return `drill:${run}`
}

/** What a thin event says of it: it has no page, so there is no link. */
export function drillThin(run: string, { version, tagging, status }: DrillVersion): object {
  const revision = revisionOf({ version, tagging })
  const uri = `urn:newswire-drill:${run}`
  return { id: drillItemId(run), uri, version, revision, status, link: null, drill: true }
}

/**
 * The item of a drill, as the outside sees it. Ids of real items hold letters, digits, `-` and `_`
 * only (`toToken`), so that an id with a colon is never another item's.
 */
export function drillData(run: string, now: Date, version: DrillVersion): Ninjs {
  const instant = now.toISOString()
  const text = 'This is a test of your webhook. Nothing happened; publish nothing of it.'
  const precedence = { rawSequence: 0, contentHash: `drill-${version.version}` }
  const shown = toNinjs({
    ...version,
    id: drillItemId(run),
    uri: `urn:newswire-drill:${run}`,
    wire: 'drill',
    source: 'drill',
    body: { html: `<p>${text}</p>`, text, complete: true },
    language: 'en',
    issuer: { name: 'Newswire fire drill' },
    credit: 'Newswire fire drill',
    ...{ tickers: [], links: [], media: [], tags: [], sourceCodes: [], flags: ['drill'] },
    ...{ published: instant, updated: instant, received: instant },
    rights: 'full',
    vocabulary: 'drill',
    precedence,
    lineage: [{ version: version.version, ...precedence }],
  })
  return { ...shown, _newswire: { ...(shown['_newswire'] as Ninjs), drill: true } }
}
