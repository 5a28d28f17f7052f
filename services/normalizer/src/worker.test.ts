import { facts } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { keysOf, news, useRoom } from './fixtures/room.js'

const { lines, bus, push, newest, receipt, settled } = useRoom()

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
      .poll(async () => (await bus().deadLetters.of('normalizer', raw))?.value.error.message)
      .toMatch(/neither headline nor/)
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
