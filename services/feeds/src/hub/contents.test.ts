import { erasedFlag, parseFilter } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import { expect, test } from 'vitest'
import type { FeedAddress } from '../address.js'
import { createContents } from './contents.js'
import { Topics } from './topics.js'

const address: FeedAddress = {
  ...{ format: 'rss', language: 'en', path: '/feeds/rss' },
  ...{ filter: parseFilter({}), limit: 50 },
}
const rendering = { plain: async () => Buffer.from('<rss/>'), etag: '"a"' }
const told = (topics: Topics, sequence: number) =>
  topics.touched({ item: taggedItem(), before: undefined, sequence })

/** Gives these positions, one per look. */
function opened(...positions: number[]) {
  const topics = new Topics()
  const contents = createContents({
    renderings: { get: async () => rendering },
    topics,
    position: async () => positions.shift() ?? 0,
  })
  return { topics, contents }
}

test('a rendering lies between what was told before it and what is known behind it', async () => {
  const { topics, contents } = opened(7, 9)
  told(topics, 5)
  const found = await contents.get(address)
  expect(found?.content).toEqual({ etag: '"a"', complete: 5, newest: 9 })
})

test('a rendering from a read model that falls back meanwhile is none', async () => {
  const { topics, contents } = opened(7, 3)
  told(topics, 5)
  expect(await contents.get(address)).toBeUndefined()
})

test('once the read model was emptied nothing counts as seen before it is told again', async () => {
  const { topics, contents } = opened(3, 8, 8, 8, 8)
  told(topics, 5)
  await contents.position()
  expect((await contents.get(address))?.content.complete).toBe(0)
  told(topics, 6)
  expect((await contents.get(address))?.content.complete).toBe(6)
})

test('a topic knows the last change and the last withdrawal that touched it', () => {
  const topics = new Topics()
  const inRegion = (code: string) => taggedItem({ tags: [tagOf('iso3166-1', code)] })
  const row = { path: '/feeds/rss?region=CN', callback: 'https://a.example/' }
  topics.put('one', row)
  expect([...told(topics, 1)]).toEqual([])
  const left = { item: inRegion('FR'), before: inRegion('CN'), sequence: 2 }
  expect([...topics.touched(left)]).toEqual([row.path])
  expect(topics.lastOf(row.path)).toMatchObject({ changedAt: 2, withdrawnAt: 0 })
  const quiet = { ...inRegion('CN'), announce: 'nobody' as const }
  expect([...topics.touched({ item: quiet, before: undefined, sequence: 2 })]).toEqual([])
  const gone = { ...inRegion('CN'), status: 'canceled' as const }
  topics.touched({ item: gone, before: undefined, sequence: 3 })
  expect(topics.lastOf(row.path)).toMatchObject({ changedAt: 3, withdrawnAt: 3 })
  const erased = { ...taggedItem({ status: 'canceled', flags: [erasedFlag] }) }
  expect([...topics.touched({ item: erased, before: undefined, sequence: 4 })]).toEqual([row.path])
  topics.remove('one')
  expect([...topics.touched(left)]).toEqual([])
  expect(topics.onHost(row.callback)).toBe(0)
})
