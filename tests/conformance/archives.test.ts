import { type Newswire, startNewswire } from '@newswire/kit'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Furnished, furnish } from './furnished-house.js'
import { type Hostile, hostile, patience, push, releaseOf } from './hostile.js'
import { atomRules } from './rules/atom-rules.js'
import {
  askFeed,
  childrenOf,
  type FeedDocument,
  namespaceUris,
  tombstoneUri,
} from './rules/document.js'
import { entriesOf, headOf, linksIn } from './rules/every-feed.js'
import { rssRules } from './rules/rss-rules.js'
import { atomCheck } from './schemas.js'

/*
 * Feed Paging and Archiving (RFC 5005, section 4): from the subscription document back to the
 * first archive, document by document, as a client goes that was away for a month.
 */

/** More than fits into the feed and two closed archives. */
const plainCount = 180
const chainDocumentsMax = 50

let newswire: Newswire
let furnished: Furnished
beforeAll(async () => {
  newswire = await startNewswire()
  furnished = await furnish(newswire)
  await push(
    newswire,
    Array.from({ length: plainCount }, (_, n) => releaseOf(plainRelease(n))),
  )
  await vi.waitFor(async () => {
    const answer = await fetch(`${newswire.url}/feeds/json?limit=500`)
    const { items } = (await answer.json()) as { items: unknown[] }
    expect(items.length).toBe(plainCount + furnished.ids.size)
  }, patience)
}, 90_000)
afterAll(() => newswire.stop())

function plainRelease(n: number): Hostile {
  const at = new Date(Date.parse('2026-03-02T08:00:00Z') + n * 1_000).toISOString()
  return {
    ...{ name: `plain-${n}`, language: 'en', shown: '', at },
    headline: `Plant number ${n} opens in Lyon`,
    html: `<p>The Acme Corporation opens plant number ${n} in Lyon, France.</p>`,
  }
}

const chains = new Map<string, Promise<readonly FeedDocument[]>>()

/** The documents from the feed back to its first archive. */
function chainOf(path: string): Promise<readonly FeedDocument[]> {
  const known = chains.get(path) ?? walk(newswire.url + path)
  chains.set(path, known)
  return known
}

async function walk(url: string): Promise<readonly FeedDocument[]> {
  const documents: FeedDocument[] = []
  let next: string | undefined = url
  while (next !== undefined && documents.length < chainDocumentsMax) {
    const document: FeedDocument = await askFeed(next)
    documents.push(document)
    next = relation(document, 'prev-archive')
  }
  return documents
}

function relation({ root }: FeedDocument, rel: string): string | undefined {
  const links = linksIn(headOf(root)).filter(({ attributes }) => attributes.get('rel') === rel)
  if (links.length > 1) throw new Error(`The document has ${links.length} links ${rel}.`)
  return links[0]?.attributes.get('href')
}

/** Of living entries and tombstones alike. */
function idsIn({ root }: FeedDocument): string[] {
  const name = root.local === 'rss' ? 'guid' : 'id'
  const living = entriesOf(root).map((entry) => childrenOf(entry, name)[0]?.text ?? '')
  const stones = childrenOf(root, 'deleted-entry', tombstoneUri)
  return [...living, ...stones.map(({ attributes }) => attributes.get('ref') ?? '')]
}

const isArchive = ({ root }: FeedDocument) =>
  headOf(root).children.some(({ local, uri }) => local === 'archive' && uri === namespaceUris.fh)

describe.each([
  ['/feeds/rss', rssRules],
  ['/feeds/atom', atomRules],
  ['/feeds/atom?lang=en', atomRules],
  ['/feeds/rss?region=FR', rssRules],
] as const)('the chain of %s', (path, rules) => {
  test('is longer than one document, and ends', async () => {
    const documents = await chainOf(path)
    expect(documents.length).toBeGreaterThan(2)
    expect(documents.length).toBeLessThan(chainDocumentsMax)
  })

  test('starts with a feed that is no archive; all others say that they are', async () => {
    const documents = await chainOf(path)
    expect(documents.map(isArchive)).toEqual(documents.map((_, at) => at > 0))
  })

  test('leads from each archive to the current feed, and forward to its successor', async () => {
    const [feed, ...archives] = await chainOf(path)
    expect(archives.map((archive) => relation(archive, 'current'))).toEqual(
      archives.map(() => feed?.url),
    )
    for (const [at, archive] of archives.entries()) {
      const next = relation(archive, 'next-archive')
      // What has no entry for this filter, or is not closed yet, redirects to what comes after it.
      const answer = await fetch(next ?? '')
      await answer.body?.cancel()
      expect(answer.url).toBe([feed, ...archives][at]?.url)
    }
  })

  test.each(Object.entries(rules))('and in each document %s', async (_name, rule) => {
    const found = (await chainOf(path)).flatMap((document) =>
      rule(document).map((fault) => `${document.url.slice(newswire.url.length)} ${fault}`),
    )
    expect([...new Set(found)]).toEqual([])
  })
})

test('every item is in the chain of all releases, in RSS and in Atom', async () => {
  const answer = await fetch(`${newswire.url}/feeds/json?limit=500`)
  const { items } = (await answer.json()) as { items: { id: string }[] }
  const ids = items.map(({ id }) => id).sort()
  for (const path of ['/feeds/rss', '/feeds/atom']) {
    const found = (await chainOf(path)).flatMap(idsIn)
    expect([...new Set(found)].sort(), path).toEqual(ids)
  }
})

test('every archive of Atom is right by the grammar of RFC 4287', async () => {
  const check = atomCheck()
  const documents = await chainOf('/feeds/atom')
  expect(documents.flatMap(({ source }) => check(source))).toEqual([])
})

test('a closed archive holds a tombstone and no word of what was withdrawn', async () => {
  const documents = await chainOf('/feeds/atom')
  const stones = documents
    .slice(1)
    .flatMap(({ root }) => childrenOf(root, 'deleted-entry', tombstoneUri))
    .map(({ attributes }) => attributes.get('ref'))
  expect(stones).toContain(`urn:newswire:${furnished.withdrawn}`)
  const living = documents.flatMap(({ root }) => entriesOf(root))
  const ids = living.map((entry) => childrenOf(entry, 'id')[0]?.text)
  expect(ids).not.toContain(`urn:newswire:${furnished.withdrawn}`)
})

test('the oldest archive holds what came first', async () => {
  const [oldest] = (await chainOf('/feeds/rss')).slice(-1)
  const [first] = hostile
  expect(oldest && idsIn(oldest)).toContain(`urn:newswire:${furnished.ids.get(first?.name ?? '')}`)
})
