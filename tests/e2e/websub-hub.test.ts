import { createHmac } from 'node:crypto'
import {
  type Catcher,
  type Newswire,
  type SeenRequest,
  startCatcher,
  startNewswire,
} from '@newswire/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pushJson } from './feeds-of.js'

let newswire: Newswire
let subscriber: Catcher
const secret = 'known to two'

beforeAll(async () => {
  ;[newswire, subscriber] = await Promise.all([startNewswire(), startCatcher()])
  subscriber.answer(({ method, path }) =>
    method === 'GET' ? { body: challengeOf(path) } : undefined,
  )
})
afterAll(async () => {
  await Promise.all([newswire.stop(), subscriber.stop()])
})

const challengeOf = (path: string) =>
  new URL(path, subscriber.url).searchParams.get('hub.challenge') ?? ''
const sent = (): SeenRequest[] => subscriber.requests.filter(({ method }) => method === 'POST')
const release = (version: number, own: object = {}) => ({
  uri: 'urn:acme:hub',
  versionCreated: `2026-03-01T1${version}:00:00Z`,
  version: String(version),
  language: 'en',
  headlines: [{ role: 'main', value: 'Acme opens a plant in Lyon' }],
  bodies: [{ role: 'main', contentType: 'text/plain', value: 'Lyon. Acme opens a plant.' }],
  organisations: [{ name: 'Acme Corp' }],
  ...own,
})

test('a subscriber of a feed gets it signed when it changes, and a withdrawal at once', async () => {
  const topic = `${newswire.url}/feeds/json?issuer=acme-corp`
  const asked = await fetch(`${newswire.url}/hub`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.secret': secret },
      'hub.callback': `${subscriber.url}/callback`,
    }),
  })
  expect(asked.status).toBe(202)
  await expect.poll(() => subscriber.requests).toHaveLength(1)
  await pushJson(newswire, release(1))
  await expect.poll(sent).toHaveLength(1)
  const [first] = sent()
  const feed = await (await fetch(topic)).text()
  expect(first?.body).toBe(feed)
  const signature = createHmac('sha256', secret).update(feed).digest('hex')
  expect(first?.headers['x-hub-signature']).toBe(`sha256=${signature}`)
  await pushJson(newswire, release(2, { pubStatus: 'canceled' }))
  await expect.poll(sent, { timeout: 2_000 }).toHaveLength(2)
  const [, second] = sent()
  expect(second?.body).not.toContain('opens a plant.')
})
