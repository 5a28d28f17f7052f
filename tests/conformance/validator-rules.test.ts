import { type Newswire, startNewswire } from '@newswire/kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { brokenDocuments } from './broken-documents.js'
import { filters, furnish } from './furnished-house.js'
import { atomRules } from './rules/atom-rules.js'
import { askFeed, type FeedDocument, type Rule, readXml } from './rules/document.js'
import { opmlRules } from './rules/opml-rules.js'
import { rssRules } from './rules/rss-rules.js'

/*
 * What the validator of the W3C says at its level of warnings, as rules of our own: each is one
 * function over a document, and each is shown to find what it is for. Written from the
 * specifications and from what the validator is known to remark on.
 */

const rulesOf: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  rss: rssRules,
  atom: atomRules,
  opml: opmlRules,
}

let newswire: Newswire
beforeAll(async () => {
  newswire = await startNewswire()
  await furnish(newswire)
}, 60_000)
afterAll(() => newswire.stop())

const asked = new Map<string, Promise<FeedDocument>>()

/** Asked once per address; the rules only read. */
function feed(path: string): Promise<FeedDocument> {
  const known = asked.get(path) ?? askFeed(newswire.url + path)
  asked.set(path, known)
  return known
}

describe.each(Object.keys(brokenDocuments))('a rule for %s finds what it is for', (format) => {
  const rules = rulesOf[format] ?? {}
  const { whole = '', breaks = [] } = brokenDocuments[format] ?? {}
  const documentOf = (source: string): FeedDocument => ({
    ...readXml(source),
    url: 'https://wire.example.org/feed',
    mediaType: `${format === 'opml' ? 'text/x-opml' : `application/${format}+xml`}; charset=utf-8`,
  })

  test('a document without fault has none', () => {
    const found = Object.values(rules).flatMap((rule) => rule(documentOf(whole)))
    expect(found).toEqual([])
  })

  test.each(breaks)('%s', (fault, from, to) => {
    expect(whole, 'the document holds what is broken').toContain(from)
    const document = documentOf(whole.replace(from, to))
    const found = Object.values(rules).flatMap((rule) => rule(document))
    expect(found).toContainEqual(expect.stringContaining(fault))
  })

  test('and every rule is broken by one of them', () => {
    const idle = Object.entries(rules).filter(([, rule]) =>
      breaks.every(([, from, to]) => rule(documentOf(whole.replace(from, to))).length === 0),
    )
    const elsewhere = ['the answer is', 'exactly one link', 'no feed is listed']
    const names = idle.map(([name]) => name)
    expect(names.filter((name) => !elsewhere.some((each) => name.startsWith(each)))).toEqual([])
  })
})

describe.each(['rss', 'atom'] as const)('/feeds/%s', (format) => {
  test.each(Object.entries(rulesOf[format] ?? {}))('%s', async (_name, rule) => {
    const found = await Promise.all(
      filters.map(async (query) => {
        const document = await feed(`/feeds/${format}${query === '' ? '' : `?${query}`}`)
        return rule(document).map((fault) => `${query} ${fault}`)
      }),
    )
    expect([...new Set(found.flat())]).toEqual([])
  })
})

describe('/feeds/opml', () => {
  test.each(Object.entries(opmlRules))('%s', async (_name, rule) => {
    expect(rule(await feed('/feeds/opml'))).toEqual([])
  })
})
