import { type Catcher, type SeenRequest, startCatcher } from '@newswire/kit'
import { webhookFormats } from '@newswire/model'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startHouse, type TestHouse } from '../../fixtures/house.js'
import { isSignedBy, signaturesOf, verifiedByLibraries } from '../../fixtures/verify-all.js'

let house: TestHouse
let catcher: Catcher

beforeAll(async () => {
  house = await startHouse()
  await house.work({ publicUrl: 'https://news.example.org' })
})
afterAll(() => house[Symbol.asyncDispose]())
beforeEach(async () => {
  catcher = await startCatcher()
  return () => catcher.stop()
})

interface Registered {
  readonly id: string
  readonly secret: string
  readonly publicKey: string
}

async function register(options: object): Promise<Registered> {
  const body = { url: catcher.url, verify: false, ...options }
  const answer = await house.api('POST', '', { body })
  expect(answer.status).toBe(201)
  return answer.body as unknown as Registered
}

async function rotate({ id }: Registered): Promise<Registered> {
  const { status, body } = await house.api('POST', `/${id}/rotate-secret`)
  expect(status).toBe(200)
  return body as unknown as Registered
}

const typesCaught = () => catcher.events().map(({ type }) => type)

async function life(id: string, issuer: { name: string }): Promise<void> {
  for (const [version, change, status] of [
    [1, 'new', 'usable'],
    [2, 'update', 'usable'],
    [3, 'correction', 'usable'],
    [4, 'withdrawal', 'canceled'],
  ] as const) {
    await house.publish({
      id,
      issuer,
      version,
      change,
      status,
      headline: `Größe ${version} – 重庆`,
    })
    await expect.poll(typesCaught).toHaveLength(version)
  }
}

const types = ['item.published', 'item.updated', 'item.corrected', 'item.withdrawn', 'webhook.test']

describe.each(webhookFormats)('%s', (format) => {
  it('is verified by both libraries with the old and the new secret, in every event', async () => {
    const issuer = { name: `Format ${format} AG` }
    const first = await register({ format, signature: 'both', filter: { issuer: [issuer.name] } })
    const second = await rotate(first)
    await life(`na-${format}`, issuer)
    expect((await house.api('POST', `/${first.id}/test`)).body).toMatchObject({ delivered: true })
    expect(typesCaught()).toEqual(types)
    for (const { request, type } of catcher.events()) {
      for (const { secret, publicKey } of [first, second]) {
        const [standard, svix] = verifiedByLibraries(request, secret)
        expect(standard).toMatchObject({ type })
        expect(svix).toEqual(standard)
        expect(isSignedBy(request, publicKey)).toBe(true)
      }
      expect(isSignedBy({ ...request, body: `${request.body} ` }, first.publicKey)).toBe(false)
    }
    expect(first.publicKey).not.toBe(second.publicKey)
    expect(first.secret).not.toBe(second.secret)
  })

  it('asks for the challenge in its own form, with its own headers and key', async () => {
    const { id, secret } = await register({
      format,
      verify: true,
      headers: { Authorization: 'Bearer tok_1' },
      filter: { issuer: [`Prüfung ${format}`] },
    })
    await expect
      .poll(async () => (await house.api('GET', `/${id}`)).body)
      .toMatchObject({ status: 'active', format, headers: { authorization: '…' } })
    const [request] = catcher.requests
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer tok_1',
      'content-type':
        format === 'cloudevents' ? 'application/cloudevents+json' : 'application/json',
    })
    expect(verifiedByLibraries(request as SeenRequest, secret)[0]).toMatchObject({
      type: 'webhook.verify',
      data: { challenge: expect.any(String) },
    })
  })
})

it('an item comes with the own headers of its webhook, and with ours', async () => {
  const issuer = { name: 'Kopfzeilen AG' }
  const headers = { Authorization: 'Bearer tok_1', 'X-Ort': 'Köln' }
  await register({ headers, filter: { issuer: [issuer.name] } })
  await house.publish({ id: 'na-headers', issuer })
  await expect.poll(() => catcher.requests.length).toBe(1)
  expect(catcher.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer tok_1',
    'x-ort': 'Köln',
    'newswire-sequence': '1',
    'webhook-id': expect.stringMatching(/^msg_/),
  })
})

it('a CloudEvent has its webhook-id as its id, at each of several receivers', async () => {
  const issuer = { name: 'Mehrere AG' }
  const filter = { issuer: [issuer.name] }
  for (const _ of [1, 2, 3]) await register({ format: 'cloudevents', filter })
  await house.publish({ id: 'na-many', issuer })
  await expect.poll(() => catcher.requests.length).toBe(3)
  const ids = catcher.requests.map(({ body, headers }) => {
    const event = JSON.parse(body)
    expect(event).toMatchObject({ source: 'https://news.example.org', subject: 'na-many' })
    expect(event.id).toBe(headers['webhook-id'])
    return event.id
  })
  expect(new Set(ids).size).toBe(3)
})

it('only the key pair signs where nothing else is wished, and its private half is nowhere', async () => {
  const made = await register({ signature: 'ed25519' })
  expect(made).not.toHaveProperty('secret')
  expect(made.publicKey).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/)
  expect(await rotate(made)).not.toHaveProperty('secret')
  await house.api('POST', `/${made.id}/test`)
  const request = catcher.requests.at(-1) as SeenRequest
  const header = request.headers['webhook-signature']
  expect(
    [signaturesOf(header, 'v1'), signaturesOf(header, 'v1a')].map((all) => all.length),
  ).toEqual([0, 2])
  expect(isSignedBy(request, made.publicKey)).toBe(true)
  const shown = await house.api('GET', `/${made.id}`)
  expect(JSON.stringify([shown, house.lines])).not.toContain('whsk_')
})

it('a key pair is added beside the secret, and stays the same', async () => {
  const made = await register({})
  expect(made.publicKey).toBeNull()
  const change = (signature: string) =>
    house.api('PATCH', `/${made.id}`, { body: { signature } }).then(({ body }) => body)
  const { publicKey } = await change('both')
  expect(await change('hmac')).toMatchObject({ publicKey: null })
  expect(await change('both')).toMatchObject({ publicKey })
  await house.api('POST', `/${made.id}/test`)
  const request = catcher.requests.at(-1) as SeenRequest
  expect(isSignedBy(request, String(publicKey))).toBe(true)
  expect(verifiedByLibraries(request, made.secret)).toHaveLength(2)
})

it('every rotated secret signs for its 24 hours, so there are three rotations in them', async () => {
  const made = await register({})
  const all = [made, await rotate(made), await rotate(made), await rotate(made)]
  expect(await house.api('POST', `/${made.id}/rotate-secret`)).toMatchObject({
    status: 409,
    body: { type: 'urn:newswire:problem:rotated-too-often' },
  })
  await house.api('POST', `/${made.id}/test`)
  const request = catcher.requests.at(-1) as SeenRequest
  for (const { secret } of all) expect(verifiedByLibraries(request, secret)).toHaveLength(2)
})
