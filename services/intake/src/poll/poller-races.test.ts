import { type FakeWire, startFakeWire } from '@newswire/kit'
import type { Source } from '@newswire/model'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { feedOf, type House, openHouse, sourceAt } from '../fixtures/house.js'
import { createHubs } from '../websub/hubs.js'
import { createPoller, type Poller } from './poller.js'
import { startedAnew } from './position.js'

let house: House
let wire: FakeWire
let poller: Poller
let number = 0
/** What happens between the answer of the source and its reading. */
let meanwhile: () => Promise<unknown>

beforeAll(async () => {
  ;[house, wire] = await Promise.all([openHouse({}, { gapMs: 0 }), startFakeWire()])
  const outbound: House['outbound'] = {
    ...house.outbound,
    async request(call) {
      const answer = await house.outbound.request(call)
      await meanwhile()
      return answer
    },
  }
  const hubs = createHubs(house)
  poller = createPoller({ ...house, outbound, hubs, userAgent: 'Newswire test' })
})
afterAll(async () => {
  await wire.stop()
  await house[Symbol.asyncDispose]()
})
beforeEach(() => {
  number += 1
  meanwhile = async () => undefined
})

const urlOf = (name: string) => `${wire.url}/${name}-${number}`
const serve = (name: string, page: Parameters<FakeWire['serve']>[1]) =>
  wire.serve(`/${name}-${number}`, page)
const added = async (name: string) => {
  const source = sourceAt(urlOf(name), { id: `race-${number}` })
  await house.sources.create(source)
  return source
}
const rowOf = async ({ id }: Source) => house.sources.get(id)
/** As a person does it. */
const move = async ({ id }: Source, name: string) => {
  await house.positions.change(id, (position) => startedAnew(position, true))
  await house.sources.change(id, (row) => ({ ...row, url: urlOf(name) }))
}

describe('a poll during which a person gives its source another address', () => {
  it('leaves that one due at once, and without the validators of the old one', async () => {
    const source = await added('old')
    const lastModified = new Date('2026-05-04T09:00:00Z')
    serve('old', { body: feedOf([{ id: 1, title: 'Eins' }]), lastModified })
    serve('new', { body: feedOf([{ id: 2, title: 'Zwei' }]), lastModified })
    meanwhile = () => move(source, 'new')
    await poller.poll(source)
    expect(await house.positions.get(source.id)).not.toHaveProperty('nextPollAt')
    meanwhile = async () => undefined
    const row = await rowOf(source)
    expect(row?.url).toBe(urlOf('new'))
    expect(await poller.poll(row ?? source)).toMatchObject({ published: 1 })
  })

  it('does not end the new address where the old one is gone', async () => {
    const source = await added('gone')
    serve('gone', { status: 410 })
    meanwhile = () => move(source, 'new')
    await poller.poll(source)
    expect(await rowOf(source)).toMatchObject({ enabled: true, url: urlOf('new') })
    expect(await rowOf(source)).not.toHaveProperty('goneAt')
  })

  it('does not lead the new address to where the old one has moved', async () => {
    const source = await added('from')
    serve('from', { status: 301, headers: { location: urlOf('to') } })
    serve('to', { body: feedOf([]) })
    await poller.poll(source)
    await poller.poll(source)
    // The position is counted up after the row has changed.
    const requests = wire.requests.length
    meanwhile = async () => {
      if (wire.requests.length > requests) {
        await house.sources.change(source.id, (row) => ({ ...row, url: urlOf('new') }))
      }
    }
    await poller.poll(source)
    expect(await rowOf(source)).toMatchObject({ url: urlOf('new') })
  })

  it('uses no validators of an address that the position was not read at', async () => {
    const source = await added('a')
    const lastModified = new Date('2026-05-04T09:00:00Z')
    serve('a', { body: feedOf([{ id: 1, title: 'Eins' }]), lastModified })
    serve('b', { body: feedOf([{ id: 2, title: 'Zwei' }]), lastModified })
    await poller.poll(source)
    expect(await poller.poll({ ...source, url: urlOf('b') })).toMatchObject({ published: 1 })
    expect(await house.positions.get(source.id)).toMatchObject({ validFor: urlOf('b') })
  })
})
