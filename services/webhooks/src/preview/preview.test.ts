import { startCatcher } from '@newswire/kit'
import { webhookFormats } from '@newswire/model'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startHouse, type TestHouse } from '../fixtures/house.js'
import { isSignedBy } from '../fixtures/verify-all.js'

let house: TestHouse

beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house[Symbol.asyncDispose]())

interface Previewed {
  readonly type: string
  readonly item: { readonly id: string; readonly headline: string } | null
  readonly secret: string
  readonly publicKey: string
  readonly calls: Record<string, { headers: Record<string, string>; body: string }>
}

async function preview(body: object, key = house.keys.one): Promise<Previewed> {
  const answer = await house.api('POST', '/preview', { key, body })
  expect(answer.status).toBe(200)
  return answer.body as unknown as Previewed
}

const issuerIs = (name: string) => ({ filter: { issuer: [name] } })

it('shows the newest that matches in each format, signed so that a library verifies it', async () => {
  const issuer = { name: 'Vorschau AG' }
  await house.publish({ id: 'na-v1', issuer, headline: 'Die ältere' })
  await house.publish({ id: 'na-v2', issuer, headline: 'Die neuere <b>"重庆"' })
  const wish = { ...issuerIs(issuer.name), signature: 'both' }
  await expect.poll(async () => (await preview(wish)).item?.id).toBe('na-v2')
  const { type, secret, publicKey, calls } = await preview(wish)
  expect(type).toBe('item.published')
  for (const format of webhookFormats) {
    const { headers = {}, body = '' } = calls[format] ?? {}
    const told = new Webhook(secret).verify(body, headers)
    expect(told).toMatchObject({ type: 'item.published' })
    expect(
      isSignedBy({ method: 'POST', path: '/', headers, body, at: new Date(0) }, publicKey),
    ).toBe(true)
    expect(headers).toMatchObject({ 'newswire-version': '1', 'newswire-sequence': '1' })
    expect(body.includes('重庆')).toBe(format !== 'thin')
  }
})

it('shows no text of what was taken back, nor of private sources to a stranger', async () => {
  const issuer = { name: 'Zurück AG' }
  await house.publish({ id: 'na-z1', issuer, headline: 'Geheimes' })
  await expect.poll(async () => (await preview(issuerIs(issuer.name))).item?.id).toBe('na-z1')
  const withdrawal = { version: 2, change: 'withdrawal', status: 'canceled' } as const
  await house.publish({ id: 'na-z1', issuer, headline: 'Geheimes', ...withdrawal })
  await expect.poll(async () => (await preview(issuerIs(issuer.name))).item).toBeNull()
  const own = { name: 'Privat AG' }
  await house.publish({ id: 'na-p1', issuer: own, rights: 'private' })
  const asAdmin = () => preview(issuerIs(own.name), house.keys.admin)
  await expect.poll(async () => (await asAdmin()).item?.id).toBe('na-p1')
  expect((await preview(issuerIs(own.name))).item).toBeNull()
})

it('carries a made-up item where nothing matches yet, and says so', async () => {
  const { item, calls } = await preview(issuerIs('Niemand AG'))
  expect(item).toBeNull()
  expect(JSON.parse(calls['newswire']?.body ?? '')).toMatchObject({
    type: 'item.published',
    data: { uri: 'urn:newswire:example' },
  })
})

it('refuses a filter that cannot be read, in the words of a registration', async () => {
  const answer = await house.api('POST', '/preview', { body: { filter: { region: ['Atlantis'] } } })
  expect(answer).toMatchObject({ status: 422, body: { title: 'The filter cannot be read' } })
})

it('who rotates sees the old secret and when it ends; the counts tell what came of all', async () => {
  const catcher = await startCatcher()
  const worker = await house.work()
  const wish = { url: catcher.url, verify: false, ...issuerIs('Zahl AG') }
  const { body: made } = await house.api('POST', '', { body: wish })
  const { body: rotated } = await house.api('POST', `/${made['id']}/rotate-secret`)
  expect(rotated['oldKeys']).toEqual([{ until: expect.any(String), secret: made['secret'] }])
  const { body: shown } = await house.api('GET', `/${made['id']}`)
  expect(shown['oldKeys']).toEqual([{ until: expect.any(String) }])
  expect((await house.api('POST', `/${made['id']}/test`)).body).toMatchObject({
    delivered: true,
    sent: { id: expect.stringMatching(/^msg_test_/), body: catcher.requests.at(-1)?.body },
  })
  await house.publish({ id: 'na-zahl', issuer: { name: 'Zahl AG' } })
  await expect
    .poll(async () => (await house.api('GET', '/counts')).body)
    .toMatchObject({
      items: [{ endpoint: made['id'], waiting: 0, delivered: 1, failed: 0, superseded: 0 }],
      next: null,
    })
  expect((await house.api('GET', '/counts', { key: house.keys.other })).body['items']).toEqual([])
  await worker.stop()
  await catcher.stop()
})
