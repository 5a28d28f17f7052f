import type { FeedEntry } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { contentHashOf, keyEntries, normalId } from './entry-key.js'

const entry = (fields: Partial<FeedEntry>): FeedEntry => ({
  categories: [],
  enclosures: [],
  extensions: {},
  feed: { url: 'https://feeds.example.org/all.rss' },
  ...fields,
})

describe('keyEntries', () => {
  it('gives one key to a guid whose scheme, www. or tracking flips', () => {
    const spellings = [
      'http://www.example.org/pm/1/2/',
      'https://example.org/pm/1/2?utm_source=rss',
      'https://example.org/pm/1/2',
    ]
    expect(new Set(spellings.map(normalId)).size).toBe(1)
    const keys = spellings.map((guid) => keyEntries([entry({ guid, title: 'x' })])[0]?.key)
    expect(new Set(keys).size).toBe(1)
  })

  it('keeps queries and fragments that tell entries apart', () => {
    expect(normalId('https://example.org/?id=1')).not.toBe(normalId('https://example.org/?id=2'))
    expect(normalId('https://example.org/#a')).not.toBe(normalId('https://example.org/#b'))
  })

  it('takes the link where there is no guid, and the content where there is neither', () => {
    const [byLink] = keyEntries([entry({ link: 'https://example.org/1', title: 'a' })])
    const [changed] = keyEntries([entry({ link: 'https://example.org/1', title: 'b' })])
    expect(byLink?.key).toBe(changed?.key)
    const [plain] = keyEntries([entry({ title: 'a' })])
    const [other] = keyEntries([entry({ title: 'b' })])
    expect(plain?.key).not.toBe(other?.key)
  })

  it('does not believe a guid that stands on two titles', () => {
    const keyed = keyEntries([
      entry({ guid: 'same', link: 'https://example.org/1', title: 'One' }),
      entry({ guid: 'same', link: 'https://example.org/2', title: 'Two' }),
      entry({ guid: 'own', link: 'https://example.org/3', title: 'Three' }),
    ])
    expect(new Set(keyed.map(({ key }) => key)).size).toBe(3)
    expect(keyed.map(({ entry: { guid } }) => guid)).toEqual([undefined, undefined, 'own'])
  })

  it('falls back to the content where the links are shared as well', () => {
    const both = ['One', 'Two'].map((title) =>
      entry({ guid: 'same', link: 'https://example.org/', title }),
    )
    expect(new Set(keyEntries(both).map(({ key }) => key)).size).toBe(2)
  })

  it('tells two texts under one guid and title apart, the same over two polls', () => {
    const twins = ['a', 'b'].map((content) => entry({ guid: 'g', title: 'x', content }))
    const first = keyEntries(twins)
    expect(first).toHaveLength(2)
    expect(keyEntries(twins).map(({ key }) => key)).toEqual(first.map(({ key }) => key))
  })

  it('gives an entry that stands twice only once', () => {
    expect(
      keyEntries([entry({ guid: 'g', title: 'x' }), entry({ guid: 'g', title: 'x' })]),
    ).toHaveLength(1)
  })
})

describe('contentHashOf', () => {
  it('changes with the text, and not with what the channel says or with a flipping guid', () => {
    const before = entry({ guid: 'http://www.example.org/1', title: 'a', content: 'x' })
    const same = { ...before, guid: 'https://example.org/1', feed: { title: 'now', url: 'u' } }
    expect(contentHashOf(same)).toBe(contentHashOf(before))
    const { title, ...rest } = before
    expect(contentHashOf({ ...rest, title } as FeedEntry)).toBe(contentHashOf(before))
    expect(contentHashOf({ ...before, content: 'y' })).not.toBe(contentHashOf(before))
    expect(contentHashOf({ ...before, published: 'later' })).not.toBe(contentHashOf(before))
  })
})

describe('bugs of other readers that must not come back', () => {
  it('duplicate guids in a feed drop items (miniflux#4197)', () => {
    const keyed = keyEntries([
      entry({ guid: 'https://example.org/', title: 'One', content: 'a' }),
      entry({ guid: 'https://example.org/', title: 'Two', content: 'b' }),
      entry({ guid: 'https://example.org/', title: 'Three', content: 'c' }),
    ])
    expect(keyed.map(({ entry: { title } }) => title)).toEqual(['One', 'Two', 'Three'])
    expect(new Set(keyed.map(({ key }) => key)).size).toBe(3)
  })

  it('a fragment alone tells two entries of one link apart (FreshRSS#5329)', () => {
    const link = 'https://example.org/news'
    const guids = ['https://example.org/news#1', 'https://example.org/news#2']
    const keyed = keyEntries(guids.map((guid) => entry({ guid, link, title: guid })))
    expect(new Set(keyed.map(({ key }) => key)).size).toBe(2)
  })

  it('a changed guid makes a new item of the same entry (miniflux#2358)', () => {
    const text = { title: 'x', content: 'y', published: 'Mon, 04 May 2026 10:00:00 +0000' }
    const before = entry({ guid: 'http://www.example.org/pm/1/5123456?utm_source=rss', ...text })
    const after = entry({ guid: 'https://example.org/pm/1/5123456/', ...text })
    const [[first], [second]] = [keyEntries([before]), keyEntries([after])]
    expect(second).toMatchObject({ key: first?.key, contentHash: first?.contentHash })
  })
})
