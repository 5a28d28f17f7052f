import fc from 'fast-check'
import { expect, test } from 'vitest'
import { feedEntrySchema, isFeedEntry } from './raw.js'

const text = fc.oneof(fc.string(), fc.constant(undefined))
const odd = fc.oneof(fc.integer(), fc.constant(null), fc.array(fc.string()), fc.object())
const fieldOf = (right: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: odd })
const texts = fc.array(fieldOf(fc.string()), { maxLength: 3 })

const entryLike = fc.record(
  {
    guid: fieldOf(text),
    link: fieldOf(text),
    title: fieldOf(text),
    content: fieldOf(text),
    summary: fieldOf(text),
    published: fieldOf(text),
    updated: fieldOf(text),
    author: fieldOf(text),
    categories: fieldOf(texts),
    enclosures: fieldOf(
      fc.array(
        fc.record(
          { url: fieldOf(fc.string()), type: text, caption: text, credit: fieldOf(text) },
          { requiredKeys: [] },
        ),
        { maxLength: 2 },
      ),
    ),
    extensions: fieldOf(fc.dictionary(fc.string(), fieldOf(texts), { maxKeys: 3 })),
    feed: fieldOf(fc.record({ title: text, url: fieldOf(text) }, { requiredKeys: [] })),
  },
  { requiredKeys: ['categories', 'enclosures', 'extensions', 'feed'] },
)

test('the quick look at a feed entry says what its schema says', () => {
  let right = 0
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: entryLike }, fc.anything()), (value) => {
      const entry: unknown = JSON.parse(JSON.stringify(value) ?? 'null')
      const isEntry = feedEntrySchema.safeParse(entry).success
      if (isEntry) right += 1
      expect(isFeedEntry(entry)).toBe(isEntry)
    }),
    { seed: 7, numRuns: 3_000 },
  )
  expect(right).toBeGreaterThan(300)
})
