import { askRedis } from '@newswire/kit'
import { expect, onTestFinished, test } from 'vitest'
import { type HubHouse, itemIn, publicUrl, startHubHouse } from './fixtures/hub-house.js'
import { openScene, type Scene } from './fixtures/scene.js'
import { startSubscriber, type TestSubscriber } from './fixtures/subscriber.js'
import type { HubLimits } from './limits.js'
import { subscriptionKey } from './subscriptions.js'

const patience = { timeout: 20_000 }

async function opened(limits: Partial<HubLimits> = {}): Promise<[HubHouse, TestSubscriber]> {
  const both = await Promise.all([startHubHouse(limits), startSubscriber()])
  onTestFinished(async () => {
    for (const each of both) await each[Symbol.asyncDispose]()
  })
  return both
}

/** No job waits or runs any more. */
async function quiet({ jobs }: HubHouse): Promise<void> {
  const open = async () =>
    (await jobs.states()).reduce(
      (sum, { waiting, active, delayed }) => sum + waiting + active + delayed,
      0,
    )
  await expect.poll(open, patience).toBe(0)
}

/** Makes these paths subscribers of a feed, without asking them. */
async function subscribeAll(
  { subscriptions }: HubHouse,
  { url }: TestSubscriber,
  feed: string,
  paths: readonly string[],
): Promise<void> {
  const active = {
    topic: `${publicUrl}${feed}`,
    verifiedAt: new Date().toISOString(),
    leaseSeconds: 3_600,
    until: new Date(Date.now() + 3_600_000).toISOString(),
  }
  const put = (path: string) => {
    const callback = `${url}${path}`
    const key = subscriptionKey(feed, callback)
    return subscriptions.register.put(key, { path: feed, callback, active })
  }
  await Promise.all(paths.map(put))
}

test('a thousand subscribers of one topic get each change once, from one rendering', async () => {
  const [house, subscriber] = await opened()
  const paths = Array.from({ length: 1_000 }, (_, n) => `/many/${n}`)
  // Of whom nothing is known yet: they get the feed as it is.
  await subscribeAll(house, subscriber, '/feeds/atom?region=CN', paths)
  const everyone = (count: number) => new Map(paths.map((path) => [path, count]))
  await expect.poll(() => subscriber.counts().size, patience).toBe(1_000)
  await quiet(house)
  expect(subscriber.counts()).toEqual(everyone(1))
  const before = house.first.renderings()
  await house.publish(itemIn('CN', 'na-1'))
  await expect.poll(subscriber.counts, patience).toEqual(everyone(2))
  await quiet(house)
  expect(subscriber.counts()).toEqual(everyone(2))
  expect(house.first.renderings() - before).toBe(1)
  await house.publish(
    itemIn('CN', 'na-1', { version: 2, change: 'withdrawal', status: 'canceled' }),
  )
  await expect.poll(subscriber.counts, patience).toEqual(everyone(3))
}, 60_000)

test('several processes send each change once', async () => {
  const [house, subscriber] = await opened()
  await Promise.all([house.start(), house.start()])
  const scene = openScene(house, subscriber)
  await scene.subscribe()
  for (let count = 1; count <= 5; count += 1) {
    await scene.publish()
    await expect.poll(() => scene.sent()).toHaveLength(count)
    await quiet(house)
    expect(scene.sent()).toHaveLength(count)
  }
})

test('what was open when everything stopped and Redis was emptied is taken up again', async () => {
  const [house, subscriber] = await opened()
  const [fails, misses, asks] = [1, 2, 3].map(() => openScene(house, subscriber)) as [
    Scene,
    Scene,
    Scene,
  ]
  subscriber.answer(fails.path, ({ method }) => (method === 'GET' ? undefined : { status: 500 }))
  await fails.subscribe()
  await misses.subscribe()
  await fails.publish()
  await expect.poll(() => fails.sent().length).toBeGreaterThan(0)
  await house.first.stop()
  const missed = await misses.publish()
  expect((await house.post(asks.form())).status).toBe(202)
  await askRedis(house.redis, 'FLUSHALL')
  subscriber.answer(fails.path, () => undefined)
  const sent = fails.sent().length
  await house.start()
  await expect.poll(() => misses.sent().length).toBe(1)
  expect(misses.sent()[0]?.body).toContain(`urn:newswire:${missed}`)
  await expect.poll(() => fails.sent().length).toBe(sent + 1)
  await asks.settled()
  expect(asks.asked()).toHaveLength(1)
  expect((await asks.rows())[0]?.active).toBeDefined()
})

test('an attempt whose process died is made again, once its time is over', async () => {
  const [house, subscriber] = await opened()
  const scene = openScene(house, subscriber)
  await scene.subscribe()
  const key = subscriptionKey(
    `/feeds/atom?region=${scene.region}`,
    `${subscriber.url}${scene.path}`,
  )
  const until = new Date(Date.now() + 3_600_000).toISOString()
  await house.subscriptions.lanes.change(
    key,
    (lane) => lane && { ...lane, flight: { id: 'dead', until } },
  )
  await scene.publish()
  const other = openScene(house, subscriber)
  await other.subscribe()
  await other.publish()
  await expect.poll(() => other.sent()).toHaveLength(1)
  expect(scene.sent()).toEqual([])
  house.skip(3_601_000)
  await expect.poll(() => scene.sent()).toHaveLength(1)
})

test('nothing of a read model that is made again is sent', async () => {
  const [house, subscriber] = await opened()
  const scene = openScene(house, subscriber)
  await scene.subscribe()
  for (let n = 0; n < 50; n += 1) await scene.publish()
  const last = await scene.publish()
  await expect.poll(() => scene.sent().at(-1)?.body).toContain(`urn:newswire:${last}`)
  await quiet(house)
  const sent = scene.sent().length
  await askRedis(house.redis, 'FLUSHALL')
  const next = await scene.publish()
  await expect.poll(() => scene.sent().length, patience).toBeGreaterThan(sent)
  const [first] = scene.sent().slice(sent)
  expect(first?.body).toContain(`urn:newswire:${next}`)
  expect(first?.body).toContain(`urn:newswire:${last}`)
})

test('the metrics tell how many subscribe, and what came of deliveries', async () => {
  const [house, subscriber] = await opened()
  const scene = openScene(house, subscriber)
  await scene.subscribe()
  await scene.publish()
  await expect.poll(() => scene.sent()).toHaveLength(1)
  const text = () => house.first.metrics.text()
  await expect.poll(text).toMatch(/^newswire_hub_subscriptions 1$/m)
  await expect.poll(text).toMatch(/^newswire_hub_deliveries_total\{outcome="delivered"\} 1$/m)
  await expect
    .poll(text)
    .toMatch(/^newswire_hub_verifications_total\{mode="subscribe",result="confirmed"\} 1$/m)
})
