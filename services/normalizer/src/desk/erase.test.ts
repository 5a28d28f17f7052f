import type { Bus } from '@newswire/bus'
import {
  aliasSchema,
  type Decision,
  type FactName,
  facts,
  handTagsSchema,
  rawIdOf,
  toToken,
} from '@newswire/model'
import { createLogger, systemClock } from '@newswire/runtime'
import { describe, expect, it } from 'vitest'
import { publishDecision, rawDecision } from '../fixtures/decisions.js'
import { keysOf, type News, news, present, rawOf, useRoom } from '../fixtures/room.js'
import { normalise } from '../normalise.js'
import { createDesk } from './apply.js'
import { searchRaws } from './erase-raws.js'

const { bus, store, push, newest, shown, receipt, show, settled } = useRoom()
const log = createLogger({ name: 'test', level: 'silent' })
let markers = 0

/** A word that stands nowhere else. */
function newMarker(): string {
  markers += 1
  return `Zitronenfalter${markers}`
}

function marked(marker: string, own: News = {}): News {
  return news({
    headline: `${marker} opens`,
    body_text: `About ${marker}.`,
    copyrightholder: `${marker} AG`,
    ...own,
  })
}

const erasure = (item: string): Decision & { action: 'erase' } => ({
  ...{ action: 'erase', item, reason: 'Order of the court.', after: 0 },
})

const names: FactName[] = [
  ...(['item.raw', 'item.normalized', 'item.tagged', 'receipt', 'dead', 'audit'] as const),
  'answer',
]

/** Where a word stands in the streams: `ITEMS 3`. */
async function placesOf(word: string): Promise<string[]> {
  const found: string[] = []
  const streams = await bus().streams()
  for (const name of names) {
    const { stream } = facts[name]
    const last = streams.find((each) => each.stream === stream)?.lastSequence ?? 0
    for (let sequence = 1; sequence <= last; sequence += 1) {
      const fact = await bus().read(name, sequence)
      if (JSON.stringify(fact?.value ?? '').includes(word)) found.push(`${stream} ${sequence}`)
    }
  }
  return found
}

/** An item that is public, with a text that came again and one that was superseded. */
async function storied(marker: string): Promise<{ item: News; id: string }> {
  const item = marked(marker, { version: '1' })
  await show(await settled(item, await push(item)))
  await show(await settled(item, await push({ ...item, version: '3', body_text: `${marker}!` })))
  const repeats = [await push(item), await push({ ...item, version: '2', body_text: `${marker}?` })]
  for (const raw of repeats) await expect.poll(() => receipt(raw)).toBeDefined()
  return { item, id: keysOf(item).id }
}

describe('erase', () => {
  it('leaves a tombstone and no word, inside, outside, and of what came in', async () => {
    const marker = newMarker()
    const { item, id } = await storied(marker)
    const neighbour = news()
    await settled(neighbour, await push(neighbour))
    const answers = [{ delivery: 'msg_1', attempt: 1, text: `Got ${marker}.` }]
    const told = { item: id, at: '2026-07-14T10:00:00.000Z', answers }
    await bus().publish('answer', told, { item: id }, { id: 'answers-1' })
    expect((await placesOf(marker)).length).toBeGreaterThan(6)
    expect((await placesOf(marker)).join()).toContain('ANSWERS')
    const raw = await publishDecision(bus(), erasure(id))
    const end = await settled(item, raw)
    expect(end).toMatchObject({
      ...{ version: 3, status: 'canceled', change: 'withdrawal', headline: '(erased)' },
      ...{ body: { html: '', text: '' }, issuer: { name: '' }, credit: '', flags: ['erased'] },
    })
    await expect.poll(() => placesOf(marker), { timeout: 10_000 }).toEqual([])
    expect(present(await shown(item)).value).toMatchObject({ version: 3, tags: [] })
    expect(present(await newest(neighbour)).value.headline).toBe('Acme opens a factory')
    expect(present(await newest(neighbour)).value.status).toBe('usable')
    await expect
      .poll(() => bus().latest('audit', { actor: 'key_anna' }))
      .toMatchObject({
        value: { action: 'item.erase', subject: id },
      })
  })

  it('lets nothing of the item come back: what arrives later is erased when it arrives', async () => {
    const marker = newMarker()
    const { item, id } = await storied(marker)
    await settled(item, await publishDecision(bus(), erasure(id)))
    await expect.poll(() => placesOf(marker), { timeout: 10_000 }).toEqual([])
    const late = await push({ ...item, version: '9', body_text: `${marker} again.` })
    await expect.poll(() => bus().read('item.raw', late)).toBeUndefined()
    expect(await placesOf(marker)).toEqual([])
    expect(present(await newest(item)).value.version).toBe(3)
  })

  it('finds what came in under the id of a notice about a notice', async () => {
    const marker = newMarker()
    const { item, id } = await storied(marker)
    const notice = keysOf(marked(marker)).id
    const last = marked(marker)
    const aliases = await bus().register('aliases', aliasSchema)
    const at = '2026-07-14T10:00:00.000Z'
    const join = (from: string, to: string) =>
      aliases.put(toToken(from), { id: from, item: to, reason: 'Any.', at })
    await join(notice, id)
    await join(keysOf(last).id, notice)
    const raw = await push({ ...last, version: '1' })
    await expect.poll(async () => (await receipt(raw))?.value.id).toBe(id)
    await settled(item, await publishDecision(bus(), erasure(id)))
    await expect.poll(() => placesOf(marker), { timeout: 10_000 }).toEqual([])
  })

  it('takes away an original that comes in after its correction was erased', async () => {
    const marker = newMarker()
    const { item, id } = await storied(marker)
    const original = marked(marker)
    const aliases = await bus().register('aliases', aliasSchema)
    const joined = { id: keysOf(original).id, item: id, reason: 'Any.', corrected: true as const }
    await aliases.put(toToken(joined.id), { ...joined, at: '2026-07-14T10:00:00.000Z' })
    await settled(item, await publishDecision(bus(), erasure(id)))
    await expect.poll(() => placesOf(marker), { timeout: 10_000 }).toEqual([])
    const late = await push(original)
    await expect.poll(() => bus().read('item.raw', late)).toBeUndefined()
    expect(await placesOf(marker)).toEqual([])
  })

  it('writes nothing outside of an item that was never public', async () => {
    const marker = newMarker()
    const item = marked(marker, { embargoedUntil: '2099-01-01T00:00:00Z' })
    const { id } = await settled(item, await push(item))
    await settled(item, await publishDecision(bus(), erasure(id)))
    await expect.poll(() => placesOf(marker), { timeout: 10_000 }).toEqual([])
    expect(await shown(item)).toBeUndefined()
  })

  it('erases an item that was withdrawn before: its headline goes too', async () => {
    const marker = newMarker()
    const { item, id } = await storied(marker)
    await settled(item, await publishDecision(bus(), { action: 'withdraw', item: id, reason: 'x' }))
    await expect.poll(async () => (await shown(item))?.value.status).toBe('canceled')
    expect(await placesOf(marker)).not.toEqual([])
    await settled(item, await publishDecision(bus(), erasure(id)))
    await expect.poll(() => placesOf(marker), { timeout: 10_000 }).toEqual([])
  })

  it('takes the notices along that were joined to the item, and what people said of it', async () => {
    const marker = newMarker()
    const { item, id } = await storied(marker)
    const notice = marked(marker, { headline: `Correction: ${marker}` })
    const { id: by } = await settled(notice, await push(notice))
    await settled(notice, await publishDecision(bus(), { action: 'correct', item: id, by }))
    const aliases = await bus().register('aliases', aliasSchema)
    const alias = present(await aliases.get(toToken(by)))
    await aliases.put(toToken(by), { ...alias.value, reason: `Both say ${marker}.` })
    const handTags = await bus().register('handTags', handTagsSchema)
    const at = '2026-07-14T12:00:00.000Z'
    await handTags.put(toToken(id), { item: id, wire: 'push', add: [], remove: [], actor: 'a', at })
    await settled(item, await publishDecision(bus(), erasure(id)))
    await expect.poll(() => placesOf(marker), { timeout: 10_000 }).toEqual([])
    expect(present(await newest(notice)).value.headline).toBe('(erased)')
    expect((await aliases.get(toToken(by)))?.value.reason).not.toContain(marker)
    await expect.poll(() => handTags.get(toToken(id))).toBeUndefined()
  })

  it('finds what could not be read by the wire’s own id of the release', async () => {
    const marker = newMarker()
    const own = { wire: 'na' }
    const item = marked(marker, { uri: '77001234' })
    const first = await push(item, own)
    const { id, wire } = normalise(rawOf(item, own))
    await expect.poll(() => bus().latest('item.normalized', { id, wire })).toBeDefined()
    const spoiled = await push({ ...item, headline: `${marker} `.repeat(4_000) }, own)
    const dead = () => bus().deadLetters.of('normalizer', spoiled)
    await expect.poll(dead).toBeDefined()
    await publishDecision(bus(), erasure(id))
    await expect.poll(() => placesOf(marker), { timeout: 10_000 }).toEqual([])
    expect(await dead()).toBeUndefined()
    expect(await bus().read('item.raw', first)).toBeUndefined()
  })

  it('finds what made a version by its lineage, whatever it reads as today', async () => {
    const [item, other] = [news(), news()]
    const { id } = await settled(item, await push(item))
    const raw = await push(other)
    await settled(other, raw)
    const first = present(await newest(item))
    const precedence = { rawSequence: raw, contentHash: 'other' }
    const lineage = [...first.value.lineage, { version: 2, ...precedence }]
    const second = { ...first.value, version: 2, precedence, lineage }
    await bus().publish('item.normalized', second, second, { id: `${id}:2` })
    await settled(item, await publishDecision(bus(), erasure(id)))
    await expect.poll(() => bus().read('item.raw', raw)).toBeUndefined()
  })

  it('tells by a hash which dropped files are to go', async () => {
    const item = marked(newMarker())
    const own = { door: 'drop', file: 'acme.json' } as const
    const { id } = await settled(item, await push(item, own))
    await settled(item, await publishDecision(bus(), erasure(id)))
    const { contentType, body } = rawOf(item)
    await expect
      .poll(() => bus().latest('audit', { actor: 'desk' }))
      .toMatchObject({
        value: {
          action: 'item.erased',
          subject: id,
          detail: { files: [rawIdOf('drop', contentType, body)] },
        },
      })
  })

  it('comes to its end after the death of its worker at any step', async () => {
    const marker = newMarker()
    const { item, id } = await storied(marker)
    const raw = rawDecision(erasure(id))
    const { sequence } = await bus().publish(
      'audit',
      {
        ...{ actor: 'a', action: 'none', subject: 'none', at: raw.received, detail: null },
      },
      { actor: 'a' },
      { id: `numbers:${id}` },
    )
    const fact = { value: raw, sequence: 950_000 + sequence, subject: '', deliveries: 1 }
    const storedAt = new Date()
    let died = 0
    for (let steps = 0; ; steps += 1) {
      const mortal = createDesk({
        bus: dyingAfter(steps, bus()),
        store: store(),
        log,
        clock: systemClock,
      })
      const isDone = await mortal({ ...fact, storedAt }).then(
        () => true,
        () => false,
      )
      if (isDone) break
      died += 1
    }
    expect(died).toBeGreaterThan(5)
    await expect.poll(() => placesOf(marker), { timeout: 10_000 }).toEqual([])
    expect(present(await newest(item)).value.version).toBe(3)
    expect(present(await shown(item)).value).toMatchObject({ version: 3, headline: '(erased)' })
  })
})

/** A worker that dies before the write of this number. */
function dyingAfter(steps: number, living: Bus): Bus {
  let left = steps
  function mortal<T extends unknown[], R>(write: (...args: T) => Promise<R>) {
    return (...args: T): Promise<R> => {
      left -= 1
      return left < 0 ? Promise.reject(new Error('died')) : write(...args)
    }
  }
  return {
    ...living,
    publish: mortal(living.publish) as Bus['publish'],
    erase: mortal(living.erase),
    eraseOlder: mortal(living.eraseOlder) as Bus['eraseOlder'],
    deadLetters: { ...living.deadLetters, erase: mortal(living.deadLetters.erase) },
  }
}

it('the search goes through RAW piece by piece', async () => {
  const item = news()
  const { id } = await settled(item, await push(item))
  const last = await push(item)
  await expect.poll(() => receipt(last)).toBeDefined()
  const search = { ids: new Set([id]), wires: new Set(['push']) }
  const first = await searchRaws(bus(), { ...search, after: last - 2, max: 1 })
  expect(first).toMatchObject({ upTo: last - 1, last })
  expect(first.raws).toHaveLength(1)
  const second = await searchRaws(bus(), { ...search, after: first.upTo, max: 1 })
  expect(second).toMatchObject({ upTo: last, last, raws: [{ sequence: last }] })
})
