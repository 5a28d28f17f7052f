import { matches, parseFilter, type TaggedItem } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import type { PublicItem } from '@newswire/store'
import { expect, test } from 'vitest'
import type { FeedAddress } from './address.js'
import { createRenderings, renderingLimits } from './renderings.js'

/** A read model that answers from a list, and counts how often it is asked. */
function readModel() {
  const items: PublicItem[] = []
  let queries = 0
  const renderings = createRenderings({
    publicUrl: 'https://wire.example.org',
    store: {
      query: async ({ filter, limit }) => {
        queries += 1
        return { items: items.filter(({ item }) => matches(filter, item)).slice(0, limit) }
      },
    },
  })
  return {
    renderings,
    queries: () => queries,
    change(item: TaggedItem) {
      const index = items.findIndex((each) => each.item.id === item.id)
      const before = index < 0 ? undefined : items.splice(index, 1)[0]?.item
      items.unshift({ item, sequence: items.length + 1 })
      renderings.onPublicChange({ item, before, sequence: items.length })
    },
  }
}

const feedOf = (region: string): FeedAddress => ({
  format: 'json',
  filter: parseFilter({ region: [region] }),
  limit: 50,
  path: `/feeds/json?region=${region}`,
})
const itemIn = (id: string, region: string, own: Partial<TaggedItem> = {}) =>
  taggedItem({ id, tags: [tagOf('iso3166-1', region)], ...own })
const idsOf = (body: Buffer): string[] =>
  JSON.parse(body.toString()).items.map((item: { _newswire: { id: string } }) => item._newswire.id)

test('a feed is rendered once, until an item that it asks for changes', async () => {
  const model = readModel()
  model.change(itemIn('na-1', 'CN'))
  const first = await model.renderings.get(feedOf('CN'))
  model.change(itemIn('na-2', 'FR'))
  expect(await model.renderings.get(feedOf('CN'))).toBe(first)
  expect(model.queries()).toBe(1)
  model.change(itemIn('na-3', 'CN'))
  expect(idsOf((await model.renderings.get(feedOf('CN'))).body)).toEqual(['na-3', 'na-1'])
})

test('an item that stops matching leaves the feed', async () => {
  const model = readModel()
  model.change(itemIn('na-1', 'CN'))
  await model.renderings.get(feedOf('CN'))
  model.change(itemIn('na-1', 'FR', { version: 2 }))
  expect(idsOf((await model.renderings.get(feedOf('CN'))).body)).toEqual([])
})

test('however many ask at once, a feed is rendered once', async () => {
  const model = readModel()
  const all = await Promise.all(Array.from({ length: 20 }, () => model.renderings.get(feedOf('CN'))))
  expect(new Set(all).size).toBe(1)
  expect(model.queries()).toBe(1)
})

test('a change while a feed is rendered is not lost', async () => {
  const model = readModel()
  const running = model.renderings.get(feedOf('CN'))
  model.change(itemIn('na-1', 'CN'))
  await running
  expect(idsOf((await model.renderings.get(feedOf('CN'))).body)).toEqual(['na-1'])
})

test('a feed that missed more changes than are kept is rendered anew', async () => {
  const model = readModel()
  await model.renderings.get(feedOf('CN'))
  for (let n = 0; n <= renderingLimits.changesMax; n += 1) model.change(itemIn(`na-${n}`, 'FR'))
  await model.renderings.get(feedOf('CN'))
  expect(model.queries()).toBe(2)
})

test('private items stay out of feeds that anybody can ask for', async () => {
  const model = readModel()
  model.change(itemIn('na-1', 'CN', { rights: 'private' }))
  expect(idsOf((await model.renderings.get(feedOf('CN'))).body)).toEqual([])
})
