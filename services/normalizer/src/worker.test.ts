import { type Bus, connectBus, type Stored } from '@newswire/bus'
import { quietLog, startNats, startRedis, type TestServer } from '@newswire/kit'
import {
  facts,
  type NormalizedItem,
  type RawItem,
  rawContentTypes,
  type TaggedItem,
} from '@newswire/model'
import { tagOf } from '@newswire/model/testing'
import { createMetrics, type RunningWorker, systemClock } from '@newswire/runtime'
import { connectStore, createItemsProjector, type Store } from '@newswire/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advance } from './advance.js'
import { normalise } from './normalise.js'
import { createNormalizer } from './worker.js'

const { log, lines } = quietLog()
const stops: (() => Promise<unknown>)[] = []
const redeliveryDelaysMs = [20, 20, 20]
let nats: TestServer
let bus: Bus
let store: Store
let count = 0

beforeAll(async () => {
  const redis = await startRedis()
  nats = await startNats()
  bus = await connectBus({ url: nats.url, name: 'test', log, redeliveryDelaysMs })
  store = await connectStore({ url: redis.url, bus, log })
  const projector = createItemsProjector({ url: redis.url, bus, log })
  const running = [await projector.start({ fail }), await start(bus), await start(bus)]
  stops.push(...running.reverse().map((worker) => () => worker.stop()))
  stops.push(
    () => store.close(),
    () => bus.close(),
    () => nats.stop(),
    () => redis.stop(),
  )
}, 30_000)
afterAll(async () => {
  for (const stop of stops) await stop()
})

function fail(error: Error): void {
  throw error
}

function start(on: Bus): Promise<RunningWorker> {
  const metrics = createMetrics()
  const options = { bus: on, store, log, clock: systemClock, metrics, concurrency: 4 }
  return createNormalizer(options).start({ fail })
}

/** A ninjs item with an id of its own, different in every test. */
function news(own: Record<string, unknown> = {}): Record<string, unknown> {
  count += 1
  return {
    uri: `urn:example:${count}`,
    headline: 'Acme opens a factory',
    body_text: 'Acme has opened a factory.',
    copyrightholder: 'Acme Inc.',
    ...own,
  }
}

function rawOf(item: Record<string, unknown>, own: Partial<RawItem> = {}): RawItem {
  return {
    source: 'push',
    door: 'push',
    contentType: rawContentTypes.ninjs,
    body: JSON.stringify(item),
    received: '2026-07-14T10:00:00.000Z',
    rights: 'full',
    ...own,
  }
}

async function push(item: Record<string, unknown>, own: Partial<RawItem> = {}): Promise<number> {
  count += 1
  const raw = rawOf(item, own)
  const stored = await bus.publish('item.raw', raw, raw, { id: `raw:${count}` })
  return stored.sequence
}

const keysOf = (item: Record<string, unknown>) => normalise(rawOf(item))
const newest = (item: Record<string, unknown>) => bus.latest('item.normalized', keysOf(item))
const shown = (item: Record<string, unknown>) => bus.latest('item.tagged', keysOf(item))
const receipt = (rawSequence: number) => bus.latest('receipt', { rawSequence })

/** Waits until the raw item of this sequence is the item's newest version. */
async function settled(item: Record<string, unknown>, raw: number): Promise<NormalizedItem> {
  await expect.poll(async () => (await newest(item))?.value.precedence.rawSequence).toBe(raw)
  return present(await newest(item)).value
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('There should be something.')
  return value
}

/** What the tagger would do with a version. */
async function show(item: NormalizedItem): Promise<TaggedItem> {
  const evidence = [{ field: 'headline' as const, start: 0, end: 4, text: 'Acme' }]
  const tags = [{ ...tagOf('iso3166-1', 'CN'), evidence }]
  const tagged = { ...item, tagging: 1, vocabulary: 'v1', tags }
  const before = await bus.latest('item.tagged', item)
  const options = { id: `${item.id}:${item.version}.1`, expect: before?.sequence ?? 0 }
  await bus.publish('item.tagged', tagged, item, options)
  return tagged
}

describe('a raw item', () => {
  it('becomes the first version of its item', async () => {
    const item = news({ body_text: 'A secret word: sesame.' })
    const raw = await push(item)
    expect(await settled(item, raw)).toMatchObject({
      wire: 'push',
      version: 1,
      change: 'new',
      status: 'usable',
      issuer: { name: 'Acme Inc.' },
      published: '2026-07-14T10:00:00.000Z',
      lineage: [{ version: 1, rawSequence: raw }],
    })
    const { id } = keysOf(item)
    await expect.poll(() => lines.some((line) => line['item'] === id)).toBe(true)
    expect(JSON.stringify(lines)).not.toContain('sesame')
  })

  it('changes nothing when it comes again, and its sender is told', async () => {
    const item = news()
    await settled(item, await push(item))
    const again = await push({ ...item, body_text: '  Acme has opened \n a factory. ' })
    await expect.poll(async () => (await receipt(again))?.value.state).toBe('unchanged')
    expect((await newest(item))?.value.version).toBe(1)
  })

  it('makes no receipt when it was polled', async () => {
    const item = news()
    await settled(item, await push(item))
    const polled = await push(item, { door: 'poll' })
    const pushed = await push(item)
    await expect.poll(() => receipt(pushed)).toBeDefined()
    expect(await receipt(polled)).toBeUndefined()
  })

  it('is the next version when its text is another, and keeps when the first one was published', async () => {
    const item = news()
    const first = await settled(item, await push(item))
    const received = '2026-07-14T11:00:00.000Z'
    const raw = await push({ ...item, body_text: 'It is blue.', copyrightholder: '' }, { received })
    expect(await settled(item, raw)).toMatchObject({
      id: first.id,
      version: 2,
      change: 'update',
      published: first.published,
      updated: received,
      issuer: { name: 'Acme Inc.' },
      lineage: [{ version: 1 }, { version: 2, rawSequence: raw }],
    })
  })

  it('is a correction when its text says so', async () => {
    const item = news()
    await settled(item, await push(item))
    const headline = 'CORRECTING and REPLACING Acme opens a factory'
    expect(await settled(item, await push({ ...item, headline }))).toMatchObject({
      version: 2,
      change: 'correction',
    })
  })

  it('is superseded when the source has sent a newer version', async () => {
    const item = news({ version: '5' })
    await settled(item, await push(item))
    const late = await push({ ...item, version: '4', body_text: 'Old.' })
    await expect.poll(async () => (await receipt(late))?.value.state).toBe('superseded')
    expect((await newest(item))?.value.body.text).toBe('Acme has opened a factory.')
  })

  it('becomes a dead letter with a sentence where nothing can be made of it', async () => {
    const raw = await push({ uri: 'urn:example:empty' })
    await expect
      .poll(async () => (await bus.deadLetters.of('normalizer', raw))?.value.error.message)
      .toMatch(/neither headline nor body/)
  })
})

describe('many normalizers', () => {
  it('leave the later of two texts standing, whoever was faster', async () => {
    const other = await connectBus({ url: nats.url, name: 'other', log, redeliveryDelaysMs })
    const worker = await start(other)
    try {
      const items = Array.from({ length: 20 }, () => news())
      for (const item of items) {
        await push({ ...item, body_text: 'The first text.' })
        await push({ ...item, body_text: 'The second text.' })
      }
      for (const item of items) {
        await expect
          .poll(async () => (await newest(item))?.value.body.text, { timeout: 10_000 })
          .toBe('The second text.')
      }
    } finally {
      await worker.stop()
      await other.close()
    }
  })

  it('write one version when a raw item is delivered to two of them', async () => {
    const draft = normalise(rawOf(news()))
    const outcomes = await Promise.all([
      advance({ bus, store }, draft, 900_001),
      advance({ bus, store }, draft, 900_001),
    ])
    expect(outcomes.some(({ outcome }) => outcome === 'version')).toBe(true)
    expect(present(await bus.latest('item.normalized', draft)).value.version).toBe(1)
  })

  it('come to the same end in either order, though their read model lags', async () => {
    const blind = { bus, store: { itemState: async () => undefined } }
    const [first, second] = [news(), news()]
    for (const [item, order] of [
      [first, [0, 1]],
      [second, [1, 0]],
    ] as const) {
      for (const place of order) {
        const draft = normalise(rawOf({ ...item, body_text: `Text ${place}.` }))
        await advance(blind, draft, 910_000 + place)
      }
      expect((await newest(item))?.value.body.text).toBe('Text 1.')
    }
  })

  it('make no second version of a raw item that was a version before', async () => {
    const item = news()
    const blind = { bus, store: { itemState: async () => undefined } }
    const old = normalise(rawOf(item))
    await advance(blind, old, 920_000)
    await advance(blind, normalise(rawOf({ ...item, body_text: 'Newer.' })), 920_001)
    expect(await advance(blind, old, 920_000)).toEqual({ outcome: 'repeated' })
    expect(present(await newest(item)).value).toMatchObject({
      version: 2,
      body: { text: 'Newer.' },
    })
  })
})

describe('a withdrawal', () => {
  it('takes the public item down at once, with its last tags and none of its words', async () => {
    const item = news()
    await show(await settled(item, await push(item)))
    const raw = await push({ uri: item['uri'], pubStatus: 'canceled' })
    expect(await settled(item, raw)).toMatchObject({
      version: 2,
      change: 'withdrawal',
      status: 'canceled',
      headline: 'Acme opens a factory',
      issuer: { name: 'Acme Inc.' },
      body: { html: '', text: '' },
    })
    await expect.poll(async () => (await shown(item))?.value.status).toBe('canceled')
    expect(present(await shown(item)).value).toMatchObject({
      version: 2,
      tagging: 1,
      body: { html: '', text: '' },
      tags: [{ code: 'CN', evidence: [] }],
    })
  })

  it('writes nothing outside where nothing was public', async () => {
    const item = news()
    await settled(item, await push(item))
    await settled(item, await push({ uri: item['uri'], pubStatus: 'canceled' }))
    expect(await shown(item)).toBeUndefined()
  })

  it('is finished by the next delivery when a worker died between the two streams', async () => {
    const item = news()
    await show(await settled(item, await push(item)))
    const dying: Bus = {
      ...bus,
      publish: (name, ...rest) =>
        name === 'item.tagged' ? Promise.reject(new Error('died')) : bus.publish(name, ...rest),
    }
    const draft = normalise(rawOf({ uri: item['uri'], pubStatus: 'canceled' }))
    await expect(advance({ bus: dying, store }, draft, 930_000)).rejects.toThrow('died')
    expect(present(await shown(item)).value.status).toBe('usable')
    expect(await advance({ bus, store }, draft, 930_000)).toEqual({ outcome: 'repeated' })
    expect(present(await shown(item)).value).toMatchObject({ status: 'canceled', version: 2 })
  })

  it('shows the headline that was public, never the one that is held', async () => {
    const item = news()
    await show(await settled(item, await push(item)))
    const held = {
      ...item,
      headline: 'The secret headline',
      embargoedUntil: '2099-01-01T00:00:00Z',
    }
    await settled(item, await push(held))
    await settled(item, await push({ uri: item['uri'], pubStatus: 'canceled' }))
    await expect.poll(async () => (await shown(item))?.value.status).toBe('canceled')
    const both = [
      present(await newest(item)),
      present(await shown(item)),
    ] satisfies Stored<unknown>[]
    expect(JSON.stringify(both)).not.toContain('secret')
    expect(both.map(({ value }) => value.version)).toEqual([3, 3])
  })

  it('ends only with a version that the source calls newer', async () => {
    const item = news({ version: '1' })
    await settled(item, await push(item))
    await settled(item, await push({ uri: item['uri'], version: '2', pubStatus: 'withheld' }))
    const old = await push({ ...item, body_text: 'Other.' })
    await expect.poll(async () => (await receipt(old))?.value.state).toBe('superseded')
    const back = await settled(item, await push({ ...item, version: '3' }))
    expect(back).toMatchObject({ version: 3, status: 'usable', body: { text: item['body_text'] } })
  })
})

describe('an embargo', () => {
  const embargoedUntil = '2099-01-01T00:00:00Z'

  it('is not lifted by a teaser that says nothing of it', async () => {
    const { body_text: _, ...bare } = news()
    const teaser = { ...bare, description_text: 'A factory.' }
    await settled(teaser, await push({ ...teaser, embargoedUntil }))
    const silent = await push(teaser)
    await expect.poll(async () => (await receipt(silent))?.value.state).toBe('unchanged')
    const changed = await settled(teaser, await push({ ...teaser, description_text: 'Two.' }))
    expect(changed.embargoUntil).toBe('2099-01-01T00:00:00.000Z')
  })

  it('stays when a teaser comes after the whole text', async () => {
    const item = news({ embargoedUntil })
    await settled(item, await push(item))
    const { body_text: _, embargoedUntil: __, ...bare } = item
    const late = await push({ ...bare, description_text: 'A factory.' })
    await expect.poll(async () => (await receipt(late))?.value.state).toBe('superseded')
    expect((await newest(item))?.value.embargoUntil).toBe('2099-01-01T00:00:00.000Z')
  })

  it('leaves no id in the log', async () => {
    const item = news({ embargoedUntil })
    const raw = await push(item)
    const { id } = await settled(item, raw)
    await expect.poll(() => lines.some((line) => line['raw'] === raw)).toBe(true)
    expect(JSON.stringify(lines)).not.toContain(id)
  })
})

it('writes items that the model’s schema takes', async () => {
  const item = news()
  const value = await settled(item, await push(item))
  expect(facts['item.normalized'].schema.parse(value)).toEqual(value)
})
