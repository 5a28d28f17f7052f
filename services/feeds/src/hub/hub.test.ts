import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type HubHouse, publicUrl, startHubHouse } from './fixtures/hub-house.js'
import { openScene, type Scene } from './fixtures/scene.js'
import { startSubscriber, type TestSubscriber } from './fixtures/subscriber.js'

/** Each sentence is one of W3C REC-websub-20180123; its section stands in brackets. */
let house: HubHouse
let subscriber: TestSubscriber
let scene: Scene

beforeAll(async () => {
  const limits = { subscriptionsPerHostMax: 100 }
  ;[house, subscriber] = await Promise.all([startHubHouse(limits), startSubscriber()])
})
afterAll(async () => {
  await house[Symbol.asyncDispose]()
  await subscriber[Symbol.asyncDispose]()
})
beforeEach(() => {
  scene = openScene(house, subscriber)
})

const ids = (body = '') =>
  [...body.matchAll(/<id>urn:newswire:(na-\d+)<\/id>/g)].map(([, id]) => id)
const signature = (body: string, secret: string) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
const deliveries = (count: number) => expect.poll(() => scene.sent()).toHaveLength(count)

describe('a request', () => {
  it('is answered 202 and then verified by a GET that carries mode, topic, challenge and lease [5.1.2, 5.3]', async () => {
    await scene.subscribe()
    const [asked, ...others] = scene.asked()
    expect(others).toEqual([])
    expect(asked?.query.get('hub.mode')).toBe('subscribe')
    expect(asked?.query.get('hub.topic')).toBe(scene.topic())
    expect(asked?.query.get('hub.challenge')).toMatch(/^[\w-]{43}$/)
    expect(asked?.query.get('hub.lease_seconds')).toBe('864000')
  })

  it('with parameters that nobody knows is taken all the same [5.1]', async () => {
    await scene.subscribe({ 'hub.verify': 'sync', foo: 'bar', 'hub.verify_token': 'x' })
  })

  it('keeps the query of its callback, also where its names are those of the hub [5.1.1]', async () => {
    const callback = `${subscriber.url}${scene.path}?a=%20b&hub.mode=own&a=c`
    await scene.subscribe({ 'hub.callback': callback })
    expect(scene.asked()[0]?.path).toMatch(
      /\?a=%20b&hub\.mode=own&a=c&hub\.mode=subscribe&hub\.topic=/,
    )
    await scene.publish()
    await deliveries(1)
    expect(scene.sent()[0]?.path).toBe(`${scene.path}?a=%20b&hub.mode=own&a=c`)
  })

  it.each([
    ['404', { status: 404 }],
    ['500 with the challenge', { status: 500 }],
    ['302 with the challenge', { status: 302, headers: { location: '/elsewhere' } }],
  ])('whose callback answers %s has failed, and leaves nothing [5.3.1]', async (_, reply) => {
    subscriber.answer(scene.path, ({ query }) => ({
      body: query.get('hub.challenge') ?? '',
      ...reply,
    }))
    expect((await house.post(scene.form())).status).toBe(202)
    await expect.poll(() => scene.asked()).toHaveLength(1)
    await expect.poll(() => scene.rows()).toEqual([])
    await scene.publish()
    const other = openScene(house, subscriber)
    await other.subscribe()
    await other.publish()
    await expect.poll(() => other.sent()).toHaveLength(1)
    expect(scene.sent()).toEqual([])
  })

  it.each([
    ['nothing', ''],
    ['another text', 'challenge'],
  ])('whose callback echoes %s has failed [5.3.1]', async (_, body) => {
    subscriber.answer(scene.path, () => ({ body }))
    await house.post(scene.form())
    await expect.poll(() => scene.asked()).toHaveLength(1)
    await expect.poll(() => scene.rows()).toEqual([])
  })

  it('is asked with a new challenge each time, also where nobody answered [5.3]', async () => {
    let calls = 0
    subscriber.answer(scene.path, () => {
      calls += 1
      return calls === 1 ? { body: 'cut', cutAfterBytes: 1 } : undefined
    })
    await scene.subscribe()
    await scene.subscribe()
    const challenges = scene.asked().map(({ query }) => query.get('hub.challenge'))
    expect(new Set(challenges).size).toBe(3)
  })

  it.each([
    ['60', '60'],
    ['999999999999', '2592000'],
    ['0', '1'],
  ])('for a lease of %s seconds gets %s, and is told so [5.1, 5.3]', async (wanted, given) => {
    await house.post(scene.form({ 'hub.lease_seconds': wanted }))
    await expect.poll(() => scene.asked()[0]?.query.get('hub.lease_seconds')).toBe(given)
  })

  it('for more subscriptions of one host than are taken is denied with a reason [5.2]', async () => {
    const limits = { subscriptionsPerHostMax: 1 }
    await using small = await startHubHouse(limits)
    const [first, second] = [openScene(small, subscriber), openScene(small, subscriber)]
    await first.subscribe()
    expect((await small.post(second.form())).status).toBe(202)
    await expect.poll(() => second.asked('denied')).toHaveLength(1)
    const [denied] = second.asked()
    expect(denied?.query.get('hub.topic')).toBe(second.topic())
    expect(denied?.query.get('hub.reason')).toMatch(/^No more than 1 subscriptions/)
    await expect.poll(() => second.rows()).toEqual([])
    await first.subscribe()
  })
})

describe('a subscription', () => {
  it('that is asked for again is overridden once that is verified, and not before [5.1]', async () => {
    await scene.subscribe({ 'hub.secret': 'one', 'hub.lease_seconds': '1000' })
    subscriber.answer(scene.path, ({ method }) => (method === 'GET' ? { status: 404 } : undefined))
    await house.post(scene.form({ 'hub.secret': 'two' }))
    await expect.poll(() => scene.asked()).toHaveLength(2)
    await scene.settled()
    await scene.publish()
    await deliveries(1)
    const [first] = scene.sent()
    expect(first?.headers['x-hub-signature']).toBe(signature(first?.body ?? '', 'one'))
    expect((await scene.rows())[0]?.active?.leaseSeconds).toBe(1_000)
    subscriber.answer(scene.path, () => undefined)
    await scene.subscribe({ 'hub.secret': 'three', 'hub.lease_seconds': '2000' })
    expect(await scene.rows()).toHaveLength(1)
    expect((await scene.rows())[0]?.active?.leaseSeconds).toBe(2_000)
    await scene.publish()
    await deliveries(2)
    const [, second] = scene.sent()
    expect(second?.headers['x-hub-signature']).toBe(signature(second?.body ?? '', 'three'))
  })

  it('that is asked for twice at once is that of the later request, and each is asked [5.1]', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    subscriber.answer(scene.path, async () => {
      if (scene.asked().length === 1) await held
      return undefined
    })
    await house.post(scene.form({ 'hub.lease_seconds': '1000' }))
    await expect.poll(() => scene.asked()).toHaveLength(1)
    await house.post(scene.form({ 'hub.lease_seconds': '2000' }))
    await expect.poll(() => scene.asked()).toHaveLength(2)
    await scene.settled()
    release()
    await scene.subscribe({ 'hub.topic': scene.topic('json') })
    const leases = (await scene.rows()).map(({ active }) => active?.leaseSeconds)
    expect(leases.sort()).toEqual([2_000, 864_000])
  })

  it('of the same callback to another topic is another one [5.1]', async () => {
    await scene.subscribe()
    await scene.subscribe({ 'hub.topic': scene.topic('json') })
    expect(await scene.rows()).toHaveLength(2)
    await scene.publish()
    await deliveries(2)
    const types = scene.sent().map(({ headers }) => headers['content-type'])
    expect(types.sort()).toEqual([
      'application/atom+xml; charset=utf-8',
      'application/feed+json; charset=utf-8',
    ])
  })

  it('ends by an unsubscribe that is verified, and only then [5.1, 5.3]', async () => {
    await scene.subscribe()
    const ending = scene.form({ 'hub.mode': 'unsubscribe' })
    subscriber.answer(scene.path, ({ method }) => (method === 'GET' ? { status: 404 } : undefined))
    expect((await house.post(ending)).status).toBe(202)
    await expect.poll(() => scene.asked('unsubscribe')).toHaveLength(1)
    await scene.settled()
    await scene.publish()
    await deliveries(1)
    subscriber.answer(scene.path, () => undefined)
    await house.post(ending)
    await expect.poll(() => scene.rows()).toEqual([])
    const asked = scene.asked('unsubscribe').at(-1)
    expect(asked?.query.get('hub.topic')).toBe(scene.topic())
    expect(asked?.query.get('hub.challenge')).toMatch(/^[\w-]{43}$/)
    await scene.publish()
    const other = openScene(house, subscriber)
    await other.subscribe()
    await other.publish()
    await expect.poll(() => other.sent()).toHaveLength(1)
    expect(scene.sent()).toHaveLength(1)
  })

  it('ends with its lease: nothing is sent any more, and its row goes [5.3]', async () => {
    await scene.subscribe({ 'hub.lease_seconds': '3600' })
    house.skip(3_601_000)
    await scene.publish()
    await expect.poll(() => scene.rows()).toEqual([])
    expect(scene.sent()).toEqual([])
  })
})

describe('a delivery', () => {
  it('is the whole feed, with its media type and one Link header of hub and self [7]', async () => {
    await scene.subscribe()
    const [one, two] = [await scene.publish(), await scene.publish()]
    await deliveries(1)
    const [sent] = scene.sent()
    expect(ids(sent?.body)).toEqual([two, one])
    expect(sent?.headers['content-type']).toBe('application/atom+xml; charset=utf-8')
    const link = `<${publicUrl}/hub>; rel="hub", <${scene.topic()}>; rel="self"`
    expect(sent?.headers['link']).toBe(link)
    expect(sent?.headers['x-hub-signature']).toBeUndefined()
  })

  it.each([
    ['rss', 'application/rss+xml; charset=utf-8'],
    ['json', 'application/feed+json; charset=utf-8'],
    ['ninjs', 'application/json; charset=utf-8'],
  ])('of the format %s has its media type [7]', async (format, type) => {
    await scene.subscribe({ 'hub.topic': scene.topic(format) })
    await scene.publish()
    await deliveries(1)
    expect(scene.sent()[0]?.headers['content-type']).toBe(type)
  })

  it('is signed where there is a secret, which is kept sealed [7.1]', async () => {
    const secret = 'ein Geheimnis mit Ü'
    await scene.subscribe({ 'hub.secret': secret })
    expect(JSON.stringify(await scene.rows())).not.toContain('Geheimnis')
    await scene.publish()
    await deliveries(1)
    const [sent] = scene.sent()
    expect(sent?.headers['x-hub-signature']).toBe(signature(sent?.body ?? '', secret))
  })

  it('names the topic by its canonical address, however the subscriber spelled it [7]', async () => {
    const spelled = `${publicUrl}/feeds/atom?limit=50&region=${scene.region.toLowerCase()}`
    await scene.subscribe({ 'hub.topic': spelled })
    expect(scene.asked()[0]?.query.get('hub.topic')).toBe(spelled)
    await scene.publish()
    await deliveries(1)
    expect(scene.sent()[0]?.headers['link']).toContain(`<${scene.topic()}>; rel="self"`)
  })

  it('is sent of a feed of the most entries too, since every feed names the hub [4]', async () => {
    await scene.subscribe({ 'hub.topic': `${scene.topic()}&limit=500` })
    const id = await scene.publish()
    await deliveries(1)
    expect(ids(scene.sent()[0]?.body)).toEqual([id])
  })

  it('is sent for no change of another feed [7]', async () => {
    await scene.subscribe()
    await scene.publishElsewhere()
    const id = await scene.publish()
    await deliveries(1)
    expect(ids(scene.sent()[0]?.body)).toEqual([id])
  })
})
