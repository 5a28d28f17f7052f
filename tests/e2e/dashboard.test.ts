import { fixture, type Newswire, startNewswire } from '@newswire/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { feedItems, push } from './feeds-of.js'

let newswire: Newswire
beforeAll(async () => {
  newswire = await startNewswire()
})
afterAll(() => newswire.stop())

const open = (path: string, headers: Record<string, string> = {}) =>
  fetch(newswire.url + path, { redirect: 'manual', headers: { accept: 'text/html', ...headers } })

function signIn(key: string): Promise<Response> {
  return fetch(`${newswire.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: newswire.url },
    body: JSON.stringify({ key }),
  })
}

test('the front page shows how to subscribe without a key', async () => {
  const answer = await open('/')
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('/feeds/rss?region=CN')
})

test('the pages of the dashboard are a shell without any number in it', async () => {
  const front = await (await open('/')).text()
  for (const path of ['/dashboard', '/dashboard/dead-letters', '/login']) {
    expect(await (await open(path)).text()).toBe(front)
  }
})

test('the queue board asks a stranger to sign in', async () => {
  const answer = await open('/dashboard/queues')
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/login?next=%2Fdashboard%2Fqueues')
})

test.each(['/api/v1/overview', '/dashboard/queues', '/dashboard/queues/api/queues'])(
  '%s refuses a program without a key by a problem',
  async (path) => {
    const answer = await open(path, { accept: 'application/json' })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  },
)

test('a wrong key does not open the door', async () => {
  const answer = await signIn('nw_wrong')
  expect(answer.status).toBe(401)
  expect(answer.headers.get('set-cookie')).toBeNull()
})

test('the admin key opens the overview and the queue board', async () => {
  await push(newswire, fixture('chongqing.txt'))
  await expect.poll(() => feedItems(newswire), { timeout: 2_000 }).toHaveLength(1)
  const answer = await signIn(newswire.adminKey)
  expect(answer.status).toBe(200)
  const cookie = answer.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/HttpOnly/i)
  expect(cookie).toMatch(/SameSite=Strict/i)
  const session = { cookie: cookie.split(';')[0] ?? '' }
  const overview = await (await open('/api/v1/overview', session)).text()
  for (const word of ['normalizer', 'tagger', 'webhooks', 'deadLetters', 'streams']) {
    expect(overview).toContain(word)
  }
  const board = await open('/dashboard/queues', session)
  expect(board.status).toBe(200)
  expect(await board.text()).toContain('Newswire queues')
  const queues = await open('/dashboard/queues/api/queues', session)
  const { queues: listed } = (await queues.json()) as { queues: { name: string }[] }
  expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining(['polls', 'releases']))
})

test('health names each part, and the API describes itself', async () => {
  expect(await (await open('/health')).json()).toMatchObject({ ready: true })
  expect((await open('/metrics')).status).toBe(200)
  const description = (await (await open('/api/openapi.json')).json()) as { paths: object }
  expect(Object.keys(description.paths)).toEqual(
    expect.arrayContaining([
      '/api/v1/items',
      '/feeds/{format}',
      '/api/v1/webhooks',
      '/api/v1/dead-letters',
    ]),
  )
})
