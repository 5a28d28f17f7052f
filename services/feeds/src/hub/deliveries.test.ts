import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type HubHouse, itemIn, startHubHouse } from './fixtures/hub-house.js'
import { openScene, type Scene } from './fixtures/scene.js'
import { startSubscriber, type TestSubscriber } from './fixtures/subscriber.js'

let house: HubHouse
let subscriber: TestSubscriber
let scene: Scene

beforeAll(async () => {
  ;[house, subscriber] = await Promise.all([startHubHouse(), startSubscriber()])
})
afterAll(async () => {
  await house[Symbol.asyncDispose]()
  await subscriber[Symbol.asyncDispose]()
})
beforeEach(() => {
  scene = openScene(house, subscriber)
})

const deliveries = (count: number) => expect.poll(() => scene.sent()).toHaveLength(count)
const idsOf = (body = '') =>
  [...body.matchAll(/urn:newswire:(na-\d+)(?=<\/id>)/g)].map(([, id]) => id)

/** A promise that the test itself resolves. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}

describe('an attempt', () => {
  it.each([500, 404, 302, 301, 429])(
    'that is answered %i has failed and is made again',
    async (status) => {
      let calls = 0
      subscriber.answer(scene.path, ({ method }) => {
        if (method === 'GET') return undefined
        calls += 1
        return calls < 3 ? { status, headers: { location: '/elsewhere' }, body: 'ok' } : undefined
      })
      await scene.subscribe()
      await scene.publish()
      await deliveries(3)
      const bodies = new Set(scene.sent().map(({ body }) => body))
      expect(bodies.size).toBe(1)
    },
  )

  it('whose answer has a body is done: nobody looks at the body', async () => {
    subscriber.answer(scene.path, ({ method }) =>
      method === 'GET' ? undefined : { status: 200, body: 'x'.repeat(100_000) },
    )
    await scene.subscribe()
    await scene.publish()
    await deliveries(1)
    const id = await scene.publish()
    await deliveries(2)
    expect(idsOf(scene.sent()[1]?.body)[0]).toBe(id)
  })

  it('that is answered 410 is the last: the subscription ends', async () => {
    subscriber.answer(scene.path, ({ method }) => (method === 'GET' ? undefined : { status: 410 }))
    await scene.subscribe()
    await scene.publish()
    await expect.poll(() => scene.rows()).toEqual([])
    expect(scene.sent()).toHaveLength(1)
  })

  it('that fails again and again keeps the subscription, until its lease ends', async () => {
    subscriber.answer(scene.path, ({ method }) => (method === 'GET' ? undefined : { status: 500 }))
    await scene.subscribe({ 'hub.lease_seconds': '7200' })
    await scene.publish()
    await expect.poll(() => scene.sent().length).toBeGreaterThan(3)
    expect((await scene.rows())[0]?.active).toBeDefined()
    house.skip(7_201_000)
    await expect.poll(() => scene.rows()).toEqual([])
  })

  it('is one at a time, and what changes meanwhile is one more with the newest content', async () => {
    const first = gate()
    let inFlight = 0
    let most = 0
    subscriber.answer(scene.path, async ({ method }) => {
      if (method === 'GET') return undefined
      inFlight += 1
      most = Math.max(most, inFlight)
      if (scene.sent().length === 1) await first.opened
      inFlight -= 1
      return undefined
    })
    await scene.subscribe()
    const published = [await scene.publish()]
    await deliveries(1)
    for (let n = 0; n < 5; n += 1) published.push(await scene.publish())
    const other = openScene(house, subscriber)
    await other.subscribe()
    await other.publish()
    await expect.poll(() => other.sent()).toHaveLength(1)
    expect(scene.sent()).toHaveLength(1)
    first.open()
    await deliveries(2)
    expect(idsOf(scene.sent()[1]?.body)).toEqual(published.toReversed())
    expect(most).toBe(1)
  })
})

describe('a burst', () => {
  it('of releases in one topic is one delivery with all of them', async () => {
    await using patient = await startHubHouse({
      ...{ quietMs: 1_000, gatherMsMax: 10_000, reconcileMs: 60_000 },
    })
    const own = openScene(patient, subscriber)
    await own.subscribe()
    const items = Array.from({ length: 20 }, (_, n) => itemIn(own.region, `na-9${n}`))
    await patient.publish(...items)
    await expect.poll(() => own.sent()).toHaveLength(1)
    const wanted = items.map(({ id }) => id).toReversed()
    expect(idsOf(own.sent()[0]?.body)).toEqual(wanted)
  })
})

describe('a withdrawal', () => {
  it('reaches a subscriber at once, also in the middle of a long pause', async () => {
    const paused = { stepsMs: [60_000], thenEveryMs: 60_000, giveUpMs: 1e12, jitter: 0 }
    const calm = { retry: paused, quietMs: 5_000, gatherMsMax: 5_000 }
    await using slow = await startHubHouse(calm)
    const own = openScene(slow, subscriber)
    await own.subscribe()
    subscriber.answer(own.path, ({ method }) => (method === 'GET' ? undefined : { status: 500 }))
    const item = itemIn(own.region, 'na-800')
    const gone = { ...item, version: 2, change: 'withdrawal', status: 'canceled' } as const
    await slow.publish({ ...gone, id: 'na-799' })
    await expect.poll(() => own.sent()).toHaveLength(1)
    await slow.publish(item)
    const startedMs = performance.now()
    await slow.publish(gone)
    await expect.poll(() => own.sent()).toHaveLength(2)
    expect(performance.now() - startedMs).toBeLessThan(3_000)
    expect(own.sent()[1]?.body).not.toContain('Werk eröffnet.')
  })
})

describe('slow subscribers', () => {
  it('hold up nobody, however many they are', async () => {
    const tight = { deliveriesAtOnceMax: 2, detachAfterMs: 50 }
    await using small = await startHubHouse(tight)
    const slow = Array.from({ length: 6 }, () => openScene(small, subscriber))
    const fast = openScene(small, subscriber)
    for (const each of slow) {
      subscriber.answer(each.path, ({ method }) => (method === 'GET' ? undefined : { hang: true }))
      await each.subscribe({ 'hub.topic': fast.topic() })
    }
    await fast.subscribe()
    await fast.publish()
    await expect.poll(() => fast.sent()).toHaveLength(1)
    await fast.publish()
    await expect.poll(() => fast.sent()).toHaveLength(2)
    await expect.poll(() => slow.map((each) => each.sent().length)).toEqual(Array(6).fill(1))
  })
})
