import { changeRow } from '@newswire/bus'
import { type Catcher, startCatcher } from '@newswire/kit'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiOptions, startHouse, type TestHouse } from '../fixtures/house.js'
import { webhookRowSchema } from './webhook-row.js'

let house: TestHouse
let catcher: Catcher
let elsewhere: Catcher

beforeAll(async () => {
  house = await startHouse()
  catcher = await startCatcher()
  elsewhere = await startCatcher()
})
afterAll(async () => {
  await catcher.stop()
  await elsewhere.stop()
  await house[Symbol.asyncDispose]()
})

const register = (body: object = {}, options: Omit<ApiOptions, 'body'> = {}) =>
  house.api('POST', '', { body: { url: catcher.url, ...body }, ...options })
const rows = () => house.bus.register('endpoints', webhookRowSchema)
const problem = (slug: string) => ({ type: `urn:newswire:problem:${slug}` })

describe('own headers', () => {
  it('are sent with each call, sealed at rest and masked in every answer', async () => {
    const headers = { Authorization: 'Bearer tok_geheim', 'X-Team': 'wire' }
    const { body } = await register({ headers, verify: false })
    const path = `/${String(body['id'])}`
    await house.api('POST', `${path}/test`)
    expect(catcher.requests.at(-1)?.headers).toMatchObject({
      authorization: 'Bearer tok_geheim',
      'x-team': 'wire',
      'content-type': 'application/json',
    })
    const kept = await house.api('PATCH', path, { body: { headers: { authorization: '…' } } })
    expect(kept).toMatchObject({ status: 200, body: { headers: { authorization: '…' } } })
    await house.api('POST', `${path}/test`)
    const { headers: sent } = catcher.requests.at(-1) ?? { headers: {} }
    expect(sent).toMatchObject({ authorization: 'Bearer tok_geheim' })
    expect(sent).not.toHaveProperty('x-team')
    const row = await (await rows()).get(String(body['id']))
    const list = await house.api('GET', '')
    expect(JSON.stringify([row, body, kept, list, house.lines])).not.toContain('tok_geheim')
  })

  it('stay at the origin that they are for: elsewhere they are given anew, or dropped', async () => {
    const headers = { authorization: 'Bearer tok_geheim', 'x-team': 'wire' }
    const { body } = await register({ headers, verify: false })
    const path = `/${String(body['id'])}`
    const change = (own: object) => house.api('PATCH', path, { body: own })
    const same = await change({ url: `${catcher.url}/other` })
    expect(same.body).toMatchObject({ headers: { authorization: '…' }, droppedHeaders: [] })
    const url = elsewhere.url
    const masked = await change({ url, headers: { authorization: '…' } })
    expect(masked).toMatchObject({ status: 422, body: problem('invalid-headers') })
    const moved = await change({ url })
    expect(moved.body).toMatchObject({ headers: {}, droppedHeaders: ['authorization', 'x-team'] })
    await house.api('POST', `${path}/test`)
    expect(elsewhere.requests.at(-1)?.headers).not.toHaveProperty('authorization')
    const back = await change({ url: catcher.url, headers: { authorization: 'Bearer 2' } })
    expect(back.body).toMatchObject({ headers: { authorization: '…' }, droppedHeaders: [] })
    await house.api('POST', `${path}/test`)
    expect(catcher.requests.at(-1)?.headers).toMatchObject({ authorization: 'Bearer 2' })
  })

  it('that may not be sent are a problem which does not tell the value', async () => {
    for (const headers of [{ Host: 'tok_x' }, { 'x-a': 'tok_x\r\nhost: b' }, { 'x-a': '…' }]) {
      const answer = await register({ headers })
      expect(answer).toMatchObject({ status: 422, body: problem('invalid-headers') })
      expect(JSON.stringify(answer)).not.toContain('tok_x')
    }
  })
})

describe('an address', () => {
  it.each([
    'https://0177.0.0.2/',
    'https://0x7f000002/',
    'https://127.0.0.2./',
    'https://[::ffff:127.0.0.2]/',
    'https://[fe80::1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://10.0.0.1:443/',
    'https://93.184.216.34:8080/',
    'http://93.184.216.34/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '//example.org/hook',
  ])('like %j is refused, at registration and in a change', async (url) => {
    expect(await register({ url })).toMatchObject({ status: 422, body: problem('refused-address') })
    const { body } = await register({ verify: false })
    const changed = await house.api('PATCH', `/${String(body['id'])}`, { body: { url } })
    expect(changed).toMatchObject({ status: 422, body: problem('refused-address') })
  })

  it.each([
    ['an empty user', (url: string) => url.replace('//', '//@'), 'user name'],
    ['a user', (url: string) => url.replace('//', '//me@'), 'user name'],
    ['a password', (url: string) => url.replace('//', '//:secret@'), 'user name'],
    ['a user behind one slash', (url: string) => url.replace('//', '/@'), 'user name'],
    ['a fragment', (url: string) => `${url}/hook#part`, 'fragment'],
    ['an empty fragment', (url: string) => `${url}/hook#`, 'fragment'],
    ['a line break', (url: string) => url.replace('127', '1\n27'), 'cannot be seen'],
    ['a space before it', (url: string) => ` ${url}`, 'cannot be seen'],
    ['a space in it', (url: string) => `${url}/a b`, 'cannot be seen'],
    ['backslashes', (url: string) => url.replace('//', '\\\\'), 'cannot be seen'],
    ['a character without width', (url: string) => `${url}/\u200bhook`, 'cannot be seen'],
  ])('that could be called is refused with %s', async (_, change, say) => {
    expect(await register({ url: change(catcher.url) })).toMatchObject({
      status: 422,
      body: { ...problem('refused-address'), detail: expect.stringContaining(say) },
    })
  })

  it('may hold an @ and a # that are encoded or behind the host', async () => {
    expect(await register({ url: `${catcher.url}/@me/%23?to=me@example.org` })).toMatchObject({
      status: 201,
    })
  })
})

describe('the pace and the name', () => {
  it('are shown, changed and cleared', async () => {
    const given = { ratePerSecond: 5, concurrency: 2, name: 'Desk', description: 'Mine' }
    const { status, body } = await register({ ...given, verify: false })
    expect({ status, body }).toMatchObject({ status: 201, body: given })
    const change = (body2: object) =>
      house.api('PATCH', `/${String(body['id'])}`, { body: body2 }).then((answer) => answer.body)
    expect(await change({ concurrency: 32 })).toMatchObject({ ...given, concurrency: 32 })
    const cleared = { ratePerSecond: null, concurrency: null, name: null, description: null }
    expect(await change(cleared)).toMatchObject(cleared)
    const row = await (await rows()).get(String(body['id']))
    expect(row?.value).not.toHaveProperty('ratePerSecond')
  })

  it.each([
    { ratePerSecond: 0 },
    { ratePerSecond: 1_001 },
    { ratePerSecond: 1.5 },
    { concurrency: 0 },
    { concurrency: 33 },
    { format: 'xml' },
    { signature: 'rsa' },
    { name: 'x'.repeat(101) },
    { headers: { 'x-a': 1 } },
  ])('%j is refused', async (wish) => {
    const { status } = await register(wish)
    expect([400, 422]).toContain(status)
  })
})

describe('a wish to pause', () => {
  it('waits for the verification, and holds back what comes then', async () => {
    const paused = await register({ verify: false, paused: true })
    expect(paused.body).toMatchObject({ status: 'paused', paused: true })
    const path = `/${String(paused.body['id'])}`
    const change = (body: object) => house.api('PATCH', path, { body })
    expect((await change({ name: 'x' })).body).toMatchObject({ status: 'paused', paused: true })
    expect((await change({ paused: false })).body).toMatchObject({ status: 'active' })
    const row = await (await rows()).get(String(paused.body['id']))
    expect(row?.value.activeSince).toBeDefined()
    expect((await change({ paused: true })).body).toMatchObject({ status: 'paused' })
    expect((await change({ status: 'active' })).body).toMatchObject({ paused: false })
    expect(await change({ paused: true, status: 'active' })).toMatchObject({ status: 422 })
  })

  it('is kept while the webhook is pending', async () => {
    await using own = await startHouse()
    const made = await own.api('POST', '', { body: { url: catcher.url, paused: true } })
    expect(made.body).toMatchObject({ status: 'pending', paused: true })
    await own.work()
    const path = `/${String(made.body['id'])}`
    const shown = async () => (await own.api('GET', path)).body
    await expect.poll(shown).toMatchObject({ status: 'paused', paused: true })
  })
})

describe('a test call', () => {
  it('is made while the webhook is paused or disabled, in its own format', async () => {
    const { body } = await register({ verify: false, paused: true, format: 'cloudevents' })
    const path = `/${String(body['id'])}`
    const test = () => house.api('POST', `${path}/test`).then((answer) => answer.body)
    expect(await test()).toMatchObject({ delivered: true, status: 204 })
    const { body: sent = '', headers = {} } = catcher.requests.at(-1) ?? {}
    expect(headers['content-type']).toBe('application/cloudevents+json')
    expect(JSON.parse(sent)).toMatchObject({
      id: headers['webhook-id'],
      specversion: '1.0',
      type: 'webhook.test',
      subject: body['id'],
    })
    await changeRow(
      await rows(),
      String(body['id']),
      (row) => row && { ...row, status: 'disabled' as const },
    )
    expect(await test()).toMatchObject({ delivered: true })
  })

  it('is not made at an address that never answered, but for an admin', async () => {
    const key = house.keys.one
    const { body } = await register({}, { key })
    const path = `/${String(body['id'])}/test`
    const before = catcher.requests.length
    const refused = { status: 409, body: problem('webhook-not-verified') }
    expect(await house.api('POST', path, { key })).toMatchObject(refused)
    await changeRow(
      await rows(),
      String(body['id']),
      (row) => row && { ...row, status: 'disabled' as const },
    )
    expect(await house.api('POST', path, { key })).toMatchObject(refused)
    expect(catcher.requests).toHaveLength(before)
    expect((await house.api('POST', path)).body).toMatchObject({ delivered: true })
  })
})

it('a disabled webhook is taken up by its address too, as its reason says', async () => {
  const { body } = await register({ verify: false })
  const path = `/${String(body['id'])}`
  const disabled = { status: 'disabled', reason: 'It answered 410 Gone.' } as const
  await changeRow(await rows(), String(body['id']), (row) => row && { ...row, ...disabled })
  expect((await house.api('PATCH', path, { body: { name: 'Eins' } })).body).toMatchObject(disabled)
  const { status } = (await house.api('PATCH', path, { body: { url: catcher.url } })).body
  expect(status).toBe('pending')
})

it('the list comes page by page, and what is registered or deleted meanwhile shifts nothing', async () => {
  await using own = await startHouse()
  const make = async () => {
    const { body } = await own.api('POST', '', { body: { url: catcher.url } })
    return String(body['id'])
  }
  const ids = [await make(), await make(), await make(), await make(), await make()]
  const seen: string[] = []
  let next: unknown = ''
  for (let pages = 0; next !== null && pages < 10; pages += 1) {
    const cursor = next === '' ? '' : `&cursor=${String(next)}`
    const { body } = await own.api('GET', `?limit=2${cursor}`)
    const items = body['items'] as { id: string }[]
    seen.push(...items.map(({ id }) => id))
    if (next === '') {
      await make()
      await own.api('DELETE', `/${seen.at(-1)}`)
    }
    next = body['next']
  }
  expect(seen).toEqual([...ids].reverse())
  expect((await own.api('GET', '?cursor=x')).status).toBe(400)
  expect((await own.api('GET', '?limit=0')).status).toBe(400)
})

it('no secret shows in a log line or an answer but the one that makes it', async () => {
  const made = await register({ verify: false, headers: { 'x-key': 'tok_log' } })
  const path = `/${String(made.body['id'])}`
  const rotated = await house.api('POST', `${path}/rotate-secret`)
  const secrets = [made, rotated].map(({ body }) => String(body['secret']))
  await house.api('POST', `${path}/test`)
  await register({ secret: `${secrets[0]}!` })
  await house.api('PATCH', path, {
    body: { secret: secrets[0], headers: { 'x-key': 'tok_log\n' } },
  })
  const answers = await Promise.all(
    ['', path, `${path}/deliveries`].map((p) => house.api('GET', p)),
  )
  const told = JSON.stringify([answers, house.lines, await (await rows()).rows()])
  expect(house.lines.length).toBeGreaterThan(0)
  for (const secret of [...secrets.map((text) => text.slice(6)), 'tok_log']) {
    expect(told).not.toContain(secret)
  }
  const request = catcher.requests.at(-1)
  const headers = request?.headers as Record<string, string>
  for (const secret of secrets) new Webhook(secret).verify(request?.body ?? '', headers)
})
