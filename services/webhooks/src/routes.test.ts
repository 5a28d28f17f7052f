import { type Catcher, startCatcher } from '@newswire/kit'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startHouse, type TestHouse } from './fixtures/house.js'
import { webhookRowSchema } from './registry/webhook-row.js'
import { leaseKey, leaseRowSchema } from './shard/lease.js'
import { shardsDefault } from './webhooks.js'

let house: TestHouse
let catcher: Catcher

beforeAll(async () => {
  house = await startHouse()
  catcher = await startCatcher()
})
afterAll(async () => {
  await catcher.stop()
  await house[Symbol.asyncDispose]()
})

const register = (body: object = {}, key?: string) =>
  house.api('POST', '', { body: { url: catcher.url, ...body }, ...(key ? { key } : {}) })

describe('registering', () => {
  it('answers 201 with the webhook, and shows its secret this once', async () => {
    const { status, body } = await register({ filter: { region: ['cn'] }, description: 'Mine' })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      id: expect.stringMatching(/^wh_/),
      url: catcher.url,
      filter: { region: ['CN'] },
      events: ['item.published', 'item.updated', 'item.corrected', 'item.withdrawn'],
      format: 'newswire',
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      status: 'pending',
    })
    const shown = await house.api('GET', `/${String(body['id'])}`)
    expect(shown.body).toMatchObject({ id: body['id'], description: 'Mine' })
    expect(shown.body).not.toHaveProperty('secret')
    const endpoints = await house.bus.register('endpoints', webhookRowSchema)
    const row = await endpoints.get(String(body['id']))
    expect(row?.value.secret).toMatch(/^v1\./)
    const secret = String(body['secret']).replace('whsec_', '')
    expect(JSON.stringify([row, house.lines])).not.toContain(secret)
  })

  it('takes a secret of 24 to 64 bytes', async () => {
    const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`
    expect((await register({ secret })).body).toMatchObject({ secret })
    const short = `whsec_${Buffer.alloc(23, 1).toString('base64')}`
    expect(await register({ secret: short })).toMatchObject({
      status: 422,
      body: { type: 'urn:newswire:problem:invalid-secret' },
    })
  })

  it('says what is wrong with a filter', async () => {
    expect(await register({ filter: { region: ['Germany'] } })).toMatchObject({
      status: 422,
      body: {
        type: 'urn:newswire:problem:invalid-filter',
        detail: expect.stringContaining('"Germany" is no region code'),
      },
    })
  })

  it.each([
    [{ region: ['UK'] }, 'unknown-region', 'GB'],
    [{ region: ['DE-XX'] }, 'unknown-region', 'DE'],
    [{ not: { topic: ['medtop:99999999'] } }, 'unknown-topic', undefined],
    [{ lang: ['ge'] }, 'unknown-language', undefined],
  ])('refuses a code that there is not, in %j', async (filter, slug, meant) => {
    const { body: webhook } = await register()
    const questions = [
      await register({ filter }),
      await house.api('PATCH', `/${String(webhook['id'])}`, { body: { filter } }),
      await house.api('POST', '/preview', { body: { filter } }),
    ]
    for (const { status, body } of questions) {
      expect(status).toBe(422)
      expect(body['type']).toBe(`urn:newswire:problem:${slug}`)
      if (meant) expect(JSON.stringify(body['nearest'])).toContain(`"code":"${meant}"`)
    }
  })

  it.each([
    ['http://127.0.0.2/hook'],
    ['http://[::1]/hook'],
    ['http://2130706434/hook'],
    ['https://user:pass@example.org/hook'],
    ['http://example.org/hook'],
    ['https://example.org:22/hook'],
    ['ftp://example.org/hook'],
    ['no address'],
  ])('refuses the address %s', async (url) => {
    expect(await register({ url })).toMatchObject({
      status: 422,
      body: { type: 'urn:newswire:problem:refused-address', detail: expect.any(String) },
    })
  })

  it('refuses a name that leads to this machine', async () => {
    await using strict = await startHouse({ allow: [] })
    expect(await strict.api('POST', '', { body: { url: 'https://localhost/hook' } })).toMatchObject(
      {
        status: 422,
        body: { type: 'urn:newswire:problem:refused-address' },
      },
    )
  })

  it('lets only an admin spare the challenge', async () => {
    expect((await register({ verify: false })).body).toMatchObject({ status: 'active' })
    expect(await register({ verify: false }, house.keys.one)).toMatchObject({ status: 403 })
  })

  it.each([
    ['a list', []],
    ['an unknown field', { url: 'https://example.org', filters: {} }],
    ['no url', {}],
    ['a number as url', { url: 5 }],
    ['an unknown event', { url: 'https://example.org', events: ['item.eaten'] }],
  ])('refuses %s as a problem', async (_, body) => {
    const answer = await house.api('POST', '', { body })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.body).toHaveProperty('type')
  })

  it('refuses to register what would never get anything: all begins with item.published', async () => {
    const events = ['item.corrected', 'item.withdrawn']
    expect(await register({ events })).toMatchObject({
      status: 422,
      body: {
        type: 'urn:newswire:problem:nothing-published',
        detail: expect.stringContaining('item.published'),
      },
    })
    const { body } = await register()
    // Who has items may ask for their corrections alone.
    const kept = await house.api('PATCH', `/${String(body['id'])}`, { body: { events } })
    expect(kept).toMatchObject({ status: 200, body: { events } })
  })

  it('answers only when the owner of the shard knows the webhook', async () => {
    const leases = await house.bus.register('leases', leaseRowSchema)
    const endpoints = await house.bus.register('endpoints', webhookRowSchema)
    const known = new Set((await endpoints.rows()).map(({ key }) => key))
    const keys = Array.from({ length: shardsDefault }, (_, shard) => leaseKey(shard))
    const tell = (applied: number) =>
      Promise.all(keys.map((key) => leases.put(key, { owner: 'slow', applied })))
    await tell(0)
    onTestFinished(async () => void (await Promise.all(keys.map((key) => leases.delete(key)))))
    let answered = 0
    const registering = register().then((answer) => {
      answered = answer.status
      return answer
    })
    const fresh = async () => (await endpoints.rows()).find(({ key }) => !known.has(key))
    await expect.poll(fresh).toBeDefined()
    const revision = (await fresh())?.revision ?? 0
    for (const applied of [revision - 1, revision - 1]) {
      await tell(applied)
      expect(answered).toBe(0)
    }
    await tell(revision)
    expect((await registering).status).toBe(201)
  })
})

describe('a webhook', () => {
  it('is seen by the key that registered it, and by admins', async () => {
    const { body } = await register({}, house.keys.one)
    const path = `/${String(body['id'])}`
    for (const [key, status] of [
      [house.keys.one, 200],
      [house.keys.admin, 200],
      [house.keys.other, 404],
    ] as const) {
      expect((await house.api('GET', path, { key })).status).toBe(status)
      expect((await house.api('PATCH', path, { key, body: {} })).status).toBe(status)
      const { items } = (await house.api('GET', '', { key })).body as { items: { id: string }[] }
      expect(items.some(({ id }) => id === body['id'])).toBe(status === 200)
    }
    for (const path404 of [path, `${path}/test`, `${path}/rotate-secret`]) {
      const method = path404 === path ? 'DELETE' : 'POST'
      expect((await house.api(method, path404, { key: house.keys.other })).status).toBe(404)
    }
  })

  it('is verified again at another address, and not for another filter', async () => {
    const { body } = await register({ verify: false })
    const path = `/${String(body['id'])}`
    const filtered = await house.api('PATCH', path, { body: { filter: { lang: ['de'] } } })
    expect(filtered).toMatchObject({ status: 200, body: { status: 'active' } })
    const moved = await house.api('PATCH', path, { body: { url: `${catcher.url}/moved` } })
    expect(moved).toMatchObject({
      status: 200,
      body: { status: 'pending', reason: expect.any(String) },
    })
    expect(await house.api('PATCH', path, { body: { url: 'http://127.0.0.2' } })).toMatchObject({
      status: 422,
    })
  })

  it('is paused and taken up again', async () => {
    const { body } = await register({ verify: false })
    const path = `/${String(body['id'])}`
    for (const status of ['paused', 'active']) {
      expect((await house.api('PATCH', path, { body: { status } })).body).toMatchObject({ status })
    }
  })

  it('is gone once it is deleted', async () => {
    const { body } = await register()
    const path = `/${String(body['id'])}`
    expect((await house.api('DELETE', path)).status).toBe(204)
    expect((await house.api('GET', path)).status).toBe(404)
  })

  it('is tested with a signed call whose answer is told', async () => {
    const { body } = await register({ verify: false })
    const path = `/${String(body['id'])}/test`
    catcher.answer(() => ({ status: 418, body: 'short and stout' }))
    expect((await house.api('POST', path)).body).toMatchObject({
      delivered: false,
      status: 418,
      answer: 'short and stout',
    })
    catcher.answer(() => undefined)
    expect((await house.api('POST', path)).body).toMatchObject({ delivered: true, status: 204 })
    const request = catcher.requests.at(-1)
    const headers = request?.headers as Record<string, string>
    const event = new Webhook(String(body['secret'])).verify(request?.body ?? '', headers)
    expect(event).toMatchObject({ type: 'webhook.test' })
  })

  it('gets a new secret, and the old one signs beside it', async () => {
    const { body } = await register({ verify: false })
    const path = `/${String(body['id'])}`
    const rotated = await house.api('POST', `${path}/rotate-secret`)
    await house.api('POST', `${path}/test`)
    const request = catcher.requests.at(-1)
    const headers = request?.headers as Record<string, string>
    for (const secret of [body['secret'], rotated.body['secret']]) {
      expect(new Webhook(String(secret)).verify(request?.body ?? '', headers)).toBeTruthy()
    }
    expect(rotated.body['secret']).not.toBe(body['secret'])
  })
})

it('tells the deliveries of a webhook from the ledger, newest first, page by page', async () => {
  const worker = await house.work()
  const { body } = await register({ filter: { issuer: ['Verlauf AG'] }, verify: false })
  const path = `/${String(body['id'])}/deliveries`
  for (let item = 1; item <= 3; item += 1) {
    await house.publish({ id: `na-9${item}`, issuer: { name: 'Verlauf AG' } })
    await expect
      .poll(async () => (await house.api('GET', path)).body['items'])
      .toMatchObject(Array(item).fill({ state: 'delivered' }))
  }
  const page = async (query: string) =>
    (await house.api('GET', `${path}${query}`)).body as {
      items: { item: string; sequence: number; attempts: object[] }[]
      next: string | null
    }
  const first = await page('?limit=2')
  expect(first.items.map(({ sequence }) => sequence)).toEqual([3, 2])
  expect(first.items[0]).toMatchObject({ item: 'na-93', attempts: [{ attempt: 1, status: 204 }] })
  const seen = [...first.items]
  for (let next = first.next; next !== null; ) {
    const more = await page(`?limit=2&cursor=${next}`)
    seen.push(...more.items)
    next = more.next
  }
  expect(new Set(seen.map(({ sequence }) => sequence))).toEqual(new Set([1, 2, 3]))
  expect((await house.api('GET', `${path}?cursor=x`)).status).toBe(400)
  await worker.stop()
})
