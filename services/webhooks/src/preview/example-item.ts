import type { TaggedItem } from '@newswire/model'

/** Ids of real items hold no colon. */
const id = 'example:1'
const text = 'An example: no item that is public matches the filter yet.'
const precedence = { rawSequence: 0, contentHash: 'example' }

/** Stands in a preview where nothing matches yet. */
export function exampleItem(now: Date): TaggedItem {
  const instant = now.toISOString()
  return {
    ...{ id, uri: 'urn:newswire:example', wire: 'example', source: 'example' },
    ...{ version: 1, tagging: 1, change: 'new', status: 'usable', rights: 'full' },
    headline: 'A release as it would come',
    body: { html: `<p>${text}</p>`, text, complete: true },
    language: 'en',
    issuer: { name: 'Example Inc.' },
    credit: 'Example Inc.',
    ...{ tickers: [], links: [], media: [], tags: [], sourceCodes: [], flags: [] },
    ...{ published: instant, updated: instant, received: instant },
    vocabulary: 'example',
    precedence,
    lineage: [{ version: 1, ...precedence }],
  }
}
