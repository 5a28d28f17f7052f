import { type NormalizedItem, normalizedItemSchema, type TaggedItem } from './item.js'
import type { Tag } from './tag.js'

/** A whole item for tests; give what the test is about. */
export function normalizedItem(own: Partial<NormalizedItem> = {}): NormalizedItem {
  const id = own.id ?? 'na-4711'
  const precedence = own.precedence ?? { rawSequence: 1, contentHash: 'hash-1' }
  return normalizedItemSchema.parse({
    id,
    uri: `urn:newswire:${id}`,
    wire: 'na',
    version: 1,
    change: 'new',
    status: 'usable',
    headline: 'Muster AG eröffnet Werk in Chongqing',
    body: {
      html: '<p>Die Muster AG hat ein Werk eröffnet.</p>',
      text: 'Die Muster AG hat ein Werk eröffnet.',
      complete: true,
    },
    language: 'de',
    issuer: { name: 'Muster AG' },
    credit: 'Original-Content von: Muster AG, übermittelt durch news aktuell',
    tickers: [],
    links: [],
    media: [],
    published: '2026-01-05T09:00:00Z',
    updated: '2026-01-05T09:00:00Z',
    received: '2026-01-05T09:00:01Z',
    source: 'push',
    rights: 'full',
    sourceCodes: [],
    flags: [],
    lineage: [{ version: own.version ?? 1, ...precedence }],
    ...own,
    precedence,
  })
}

/** A whole public item for tests. */
export function taggedItem(own: Partial<TaggedItem> = {}): TaggedItem {
  const { tagging = 1, vocabulary = 'test', tags = [] } = own
  const { announce, toldAs, toldBefore, firstSequence, place, ...rest } = own
  const told = Object.entries({ announce, toldAs, toldBefore, firstSequence, place }).filter(
    ([, it]) => it,
  )
  return {
    ...normalizedItem(rest),
    ...{ tagging, vocabulary, tags },
    ...Object.fromEntries(told),
  }
}

/** A tag for tests, sure of itself. */
export function tagOf(scheme: Tag['scheme'], code: string, broader: string[] = []): Tag {
  return {
    scheme,
    code,
    label: code,
    score: 1,
    primary: true,
    how: 'gazetteer',
    evidence: [],
    broader,
  }
}
