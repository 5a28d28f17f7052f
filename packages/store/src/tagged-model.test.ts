import { quietLog } from '@newswire/kit'
import { parseFilter, revisionOf, toToken } from '@newswire/model'
import { taggedItem, tagOf } from '@newswire/model/testing'
import fc from 'fast-check'
import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { ownRedis } from './fixtures/own-redis.js'
import { apply, arrival, factAt, factsOf, streamOf } from './fixtures/tagged.js'
import { taggedKeys } from './keys.js'
import { storeLimits } from './limits.js'
import { FellBackError } from './mark.js'
import { queryItems } from './query.js'
import { countPublic, readPublicItem, readPublicState, taggedModel } from './tagged-model.js'

let redis: Redis
const { log } = quietLog()
ownRedis((own) => {
  redis = own
})

test('projectors beside each other and repeats leave what one projector leaves', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(arrival, { minLength: 1, maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 }),
      async (arrivals, batches) => {
        const facts = factsOf(arrivals)
        await redis.flushall()
        await apply(redis, facts, { batchMax: 3 })
        const alone = await contents()
        await redis.flushall()
        await Promise.all(batches.map((batchMax) => apply(redis, facts, { batchMax })))
        await apply(redis, facts.slice(Math.floor(facts.length / 2)))
        expect(await contents()).toEqual(alone)
      },
    ),
    { numRuns: 20 },
  )
}, 60_000)

/** Everything in the tagged model but the random epoch. */
async function contents(): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {}
  for (const key of (await redis.keys('nw:*')).sort()) {
    const hash = (await redis.type(key)) === 'hash'
    all[key] = hash ? await redis.hgetall(key) : await redis.zrange(key, '0', '-1', 'WITHSCORES')
  }
  const mark = all[taggedKeys.mark] as Record<string, string>
  return { ...all, [taggedKeys.mark]: { ...mark, epoch: '' } }
}

test('a write of another life of redis, or beyond a gap, is refused whole', async () => {
  await apply(redis, [factAt(1, taggedItem({ id: 'na-1' }))])
  const before = await contents()
  const model = taggedModel({ redis, bus: streamOf([]), limits: storeLimits })
  const { epoch } = await model.open()
  const batch = [factAt(3, taggedItem({ id: 'na-3' }))]
  const another = model.apply({ epoch: 'another', after: 1, upTo: 3 }, batch)
  await expect(another).rejects.toThrow(FellBackError)
  const beyond = model.apply({ epoch, after: 2, upTo: 3 }, batch)
  await expect(beyond).rejects.toThrow(FellBackError)
  expect(await contents()).toEqual(before)
  await model.apply({ epoch, after: 1, upTo: 3 }, batch)
  expect(await model.mark()).toEqual({ epoch, position: 3 })
})

test('a sequence or a revision that is not newer is ignored', async () => {
  const v2 = taggedItem({ version: 2, headline: 'zwei' })
  await apply(redis, [factAt(10, v2)])
  await apply(redis, [
    factAt(9, taggedItem({ version: 3, headline: 'drei' })),
    factAt(11, taggedItem({ version: 1, headline: 'eins' })),
    factAt(12, taggedItem({ version: 2, headline: 'noch einmal zwei' })),
  ])
  expect((await readPublicItem(redis, { bus: streamOf([]) }, 'na-4711'))?.item.headline).toBe(
    'zwei',
  )
  await apply(redis, [factAt(13, taggedItem({ version: 2, tagging: 2, headline: 'neu getaggt' }))])
  expect(await readPublicState(redis, 'na-4711')).toEqual({
    id: 'na-4711',
    version: 2,
    revision: '2.2',
    sequence: 13,
    status: 'usable',
  })
})

test('a withdrawal leaves a tombstone in its last facets, and no word of the text in Redis', async () => {
  const text = { html: '<p>Geheimnis</p>', text: 'Geheimnis', complete: true }
  const published = taggedItem({
    tags: [tagOf('iso3166-1', 'CN')],
    body: text,
    contact: 'Geheimnis',
  })
  await apply(redis, [factAt(1, published), factAt(2, taggedItem({ id: toToken('na-2') }))])
  expect(await countPublic(redis)).toBe(2)
  await apply(redis, [
    factAt(3, { ...published, version: 2, status: 'canceled', change: 'withdrawal' }),
  ])
  expect(JSON.stringify(await contents())).not.toContain('Geheimnis')
  const page = await queryItems(
    { redis, bus: streamOf([]), log, limits: storeLimits },
    { sees: 'public', filter: parseFilter({ region: ['CN'] }), limit: 10 },
  )
  expect(page.items[0]?.item).toMatchObject({
    id: 'na-4711',
    status: 'canceled',
    body: { text: '' },
  })
  expect(await countPublic(redis)).toBe(1)
  await apply(redis, [factAt(4, { ...published, version: 3 })])
  expect(await countPublic(redis)).toBe(2)
})

test('each change is told once to every projector, in order, with what stood before', async () => {
  const cn = tagOf('iso3166-1', 'CN')
  const facts = [
    factAt(1, taggedItem({ id: 'na-1', tags: [cn] })),
    factAt(2, taggedItem({ id: 'na-2' })),
    factAt(3, taggedItem({ id: 'na-1', version: 2 })),
    factAt(4, taggedItem({ id: 'na-1', version: 1, tagging: 9 })),
    factAt(6, taggedItem({ id: 'na-1', version: 2, tagging: 2, tags: [cn] })),
  ]
  const changes = [
    [1, '1.1', undefined],
    [2, '1.1', undefined],
    [3, '2.1', '1.1'],
    [6, '2.2', '2.1'],
  ]
  for (const batchMax of [1, 2, 10]) {
    const told: unknown[] = []
    await apply(redis, facts, {
      batchMax,
      onPublicChange: ({ item, before, sequence }) =>
        told.push([sequence, revisionOf(item), before && revisionOf(before)]),
    })
    expect(told).toEqual(changes)
  }
})

test('the newest items are whole in Redis, the rest is read from the stream', async () => {
  const facts = Array.from({ length: 9 }, (_, at) => factAt(at + 1, taggedItem({ id: `na-${at}` })))
  await apply(redis, facts, { limits: { ...storeLimits, fullItemsMax: 6 } })
  expect((await redis.hkeys(taggedKeys.full)).sort()).toEqual([
    'na-3',
    'na-4',
    'na-5',
    'na-6',
    'na-7',
    'na-8',
  ])
  expect((await readPublicItem(redis, { bus: streamOf(facts) }, 'na-0'))?.sequence).toBe(1)
  const update = factAt(10, taggedItem({ id: 'na-0', version: 2 }))
  await apply(redis, [update], { limits: { ...storeLimits, fullItemsMax: 2 } })
  expect((await redis.hkeys(taggedKeys.full)).sort()).toEqual(['na-0', 'na-8'])
})

test('the set of a facet holds the newest items only', async () => {
  const facts = Array.from({ length: 9 }, (_, at) => factAt(at + 1, taggedItem({ id: `na-${at}` })))
  await apply(redis, facts, { limits: { ...storeLimits, facetItemsMax: 4 } })
  const held = await redis.zrange(`${taggedKeys.facetPrefix}lang:de`, '0', '-1')
  expect(held).toEqual(['na-5', 'na-6', 'na-7', 'na-8'])
})

test('a facet nobody has any more leaves nothing behind', async () => {
  const item = taggedItem({ tags: [tagOf('iso3166-1', 'CN')] })
  await apply(redis, [factAt(1, item), factAt(2, { ...item, version: 2, tags: [] })])
  expect(await redis.hexists(taggedKeys.facets, 'region:CN')).toBe(0)
  expect(await redis.exists(`${taggedKeys.facetPrefix}region:CN`)).toBe(0)
})
