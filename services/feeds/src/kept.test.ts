import { gunzipSync } from 'node:zlib'
import { parseFilter } from '@newswire/model'
import { expect, test } from 'vitest'
import { type KeptRendering, KeptRenderings } from './kept.js'
import { createRendering } from './serve/rendering.js'

function keptOf(path: string, bytes: number): KeptRendering {
  const rendering = createRendering({
    body: Buffer.alloc(bytes),
    ...{ mediaType: 'text/plain', sequence: 0, lastModified: new Date(0), link: '' },
    isPrivate: false,
  })
  const address = {
    format: 'rss',
    filter: parseFilter({}),
    limit: 50,
    language: 'en',
    path,
  } as const
  return { address, rendering, checkedAt: 0, isUsed: false, ids: new Set(), deltas: new Map() }
}

test('encodings and changes count among the bytes that are kept', async () => {
  const kept = new KeptRenderings({ renderingsMax: 10, renderingBytesMax: 3_000 })
  const [one, two] = [keptOf('/one', 1_000), keptOf('/two', 1_000)]
  kept.keep(one)
  kept.keep(two)
  expect([kept.get('/one'), kept.get('/two')]).toEqual([one, two])
  two.deltas.set(1, Buffer.alloc(1_500))
  kept.grown(two)
  expect([kept.get('/one'), kept.get('/two')]).toEqual([undefined, two])
  const packed = await two.rendering.variant('gzip')
  await two.rendering.plain()
  expect(two.rendering.bytes()).toBe(1_000 + packed.body.length)
})

test('what an encoding saves makes room for others', async () => {
  const kept = new KeptRenderings({ renderingsMax: 10, renderingBytesMax: 3_000 })
  const paths = ['/one', '/two', '/three', '/four']
  for (const path of paths) {
    const own = keptOf(path, 2_500)
    kept.keep(own)
    // Of zeros next to nothing is left.
    await own.rendering.variant('gzip')
  }
  expect(paths.filter((path) => kept.get(path) !== undefined)).toEqual(paths)
  kept.keep(keptOf('/one', 2_900))
  expect(paths.filter((path) => kept.get(path) !== undefined)).toEqual(['/one', '/three', '/four'])
})

test('who was asked for stays before who was not, and no more than so many stay', () => {
  const kept = new KeptRenderings({ renderingsMax: 2, renderingBytesMax: 10_000 })
  const used = { ...keptOf('/used', 10), isUsed: true }
  kept.keep(used)
  kept.keep(keptOf('/unused', 10))
  kept.keep(keptOf('/new', 10))
  expect([...['/used', '/unused', '/new']].map((path) => kept.get(path) !== undefined)).toEqual([
    ...[true, false, true],
  ])
})

test('a feed is kept in the encodings that were asked for alone, and gives every other one', async () => {
  const body = Buffer.from('Meldung '.repeat(1_000))
  const head = { mediaType: 'text/plain', sequence: 7, lastModified: undefined, link: '' }
  for (const first of ['gzip', 'br'] as const) {
    const rendering = createRendering({ ...head, body, isPrivate: false })
    expect(rendering.bytes()).toBe(body.length)
    const packed = await rendering.variant(first)
    expect(rendering.bytes()).toBe(packed.body.length)
    expect(rendering.bytes()).toBeLessThan(body.length / 10)
    const [plain, other] = await Promise.all([rendering.plain(), rendering.variant('gzip')])
    expect(plain).toEqual(body)
    expect(gunzipSync(other.body)).toEqual(body)
    expect((await rendering.variant('identity')).etag).toBe(rendering.etag)
  }
})
