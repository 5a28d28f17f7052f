import { afterAll, beforeAll, expect, it } from 'vitest'
import { adminKey, openWindow, type TestWindow } from '../fixtures/window.js'

let window: TestWindow
beforeAll(async () => {
  window = await openWindow()
})
afterAll(() => window[Symbol.asyncDispose]())

const post = (key: string, headers: Record<string, string>) =>
  fetch(`${window.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ key }),
  })
interface Asked {
  readonly session: object | null
}
interface Changes {
  readonly items: readonly { readonly action: string }[]
}
const own = () => ({ origin: window.url })
const cookieOf = (answer: Response) => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''

it('a key signs in and gets a cookie that scripts and other sites cannot use', async () => {
  const anonymous = await fetch(`${window.url}/api/v1/session`)
  expect(await anonymous.json()).toEqual({ session: null })
  const answer = await post(adminKey, own())
  expect(answer.status).toBe(200)
  expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly/i)
  expect(answer.headers.get('set-cookie')).toMatch(/SameSite=Strict/i)
  const cookie = cookieOf(answer)
  const { session } = await window.json<Asked>('/api/v1/session', { headers: { cookie } })
  expect(session).toMatchObject({ role: 'admin', name: 'ADMIN_KEY' })
  expect((await window.ask('/api/v1/overview', { headers: { cookie } })).status).toBe(200)
  expect((await fetch(`${window.url}/api/v1/overview`)).status).toBe(401)

  const change = (headers: Record<string, string>) =>
    fetch(`${window.url}/api/v1/keys`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ role: 'subscriber', name: 'Test' }),
    })
  expect((await change({})).status).toBe(403)
  expect((await change({ origin: 'https://evil.example' })).status).toBe(403)
  expect((await change({ 'sec-fetch-site': 'same-site' })).status).toBe(403)
  expect((await change(own())).status).toBe(201)

  const end = await fetch(`${window.url}/api/v1/session`, {
    method: 'DELETE',
    headers: { cookie, ...own() },
  })
  expect(end.status).toBe(204)
  expect(end.headers.get('set-cookie')).toMatch(/newswire_session=;/)
  const { items } = await window.json<Changes>('/api/v1/audit')
  const actions = items.map(({ action }) => action)
  expect(actions).toEqual(['session.end', 'key.create', 'session.create'])
  expect(items[1]).toMatchObject({ name: 'ADMIN_KEY', detail: { role: 'subscriber' } })
})

it('another site cannot sign a browser in, and nobody can try keys for long', async () => {
  expect((await post(adminKey, { origin: 'https://evil.example' })).status).toBe(403)
  const statuses: number[] = []
  for (let tries = 0; tries < 11; tries += 1) statuses.push((await post('nw_x', own())).status)
  expect(statuses[0]).toBe(401)
  expect(statuses.at(-1)).toBe(429)
  expect((await post(adminKey, own())).status).toBe(429)
})
