import type { Bus, Stored } from '@newswire/bus'
import { describe, expect, it } from 'vitest'
import { coming, news, present, rawOf, useRoom } from '../fixtures/room.js'
import { normalise } from '../normalise.js'
import { advance } from './advance.js'

const { bus, store, parts, connect, start, push, newest, shown, receipt, show, settled } = useRoom()

describe('many normalizers', () => {
  it('leave the later of two texts standing, whoever was faster', async () => {
    const other = await connect('other')
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
      advance(parts(), coming(draft, 900_001)),
      advance(parts(), coming(draft, 900_001)),
    ])
    expect(outcomes.some(({ outcome }) => outcome.outcome === 'version')).toBe(true)
    expect(present(await bus().latest('item.normalized', draft)).value.version).toBe(1)
  })

  it('come to the same end in either order, though their read model lags', async () => {
    const blind = parts({ store: { ...store(), itemState: async () => undefined } })
    const [first, second] = [news(), news()]
    for (const [item, order] of [
      [first, [0, 1]],
      [second, [1, 0]],
    ] as const) {
      for (const place of order) {
        const draft = normalise(rawOf({ ...item, body_text: `Text ${place}.` }))
        await advance(blind, coming(draft, 910_000 + place))
      }
      expect((await newest(item))?.value.body.text).toBe('Text 1.')
    }
  })

  it('make no second version of a raw item that was a version before', async () => {
    const item = news()
    const blind = parts({ store: { ...store(), itemState: async () => undefined } })
    const old = normalise(rawOf(item))
    const newer = normalise(rawOf({ ...item, body_text: 'Newer.' }))
    await advance(blind, coming(old, 920_000))
    await advance(blind, coming(newer, 920_001))
    const again = await advance(blind, coming(old, 920_000))
    expect(again.outcome).toEqual({ outcome: 'repeated' })
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
      ...bus(),
      publish: (name, ...rest) =>
        name === 'item.tagged' ? Promise.reject(new Error('died')) : bus().publish(name, ...rest),
    }
    const draft = normalise(rawOf({ uri: item['uri'], pubStatus: 'canceled' }))
    const came = coming(draft, 930_000)
    await expect(advance(parts({ bus: dying }), came)).rejects.toThrow('died')
    expect(present(await shown(item)).value.status).toBe('usable')
    expect((await advance(parts(), came)).outcome).toEqual({ outcome: 'repeated' })
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
