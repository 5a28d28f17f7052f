import { type Newswire, startNewswire } from '@newswire/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { feedTitles, push, pushJson, receiptOf } from './feeds-of.js'

let newswire: Newswire
beforeAll(async () => {
  newswire = await startNewswire()
})
afterAll(() => newswire.stop())

interface ProblemJson {
  readonly type: string
  readonly status: number
  readonly title: string
  readonly detail: string
}

async function expectProblem(answer: Response, status: number): Promise<ProblemJson> {
  const text = await answer.text()
  expect(answer.status, text).toBe(status)
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const problem = JSON.parse(text) as ProblemJson
  expect(problem).toMatchObject({ status, type: expect.stringMatching(/^urn:newswire:problem:/) })
  expect(problem.detail).toMatch(/[A-Za-z].+[.!?]$/)
  return problem
}

const text = 'Neue Halle\n\nBonn (ots) - Die Muster AG baut.\n'
const json = 'application/json'

test.each([
  ['an empty text', '', 'text/plain', [400, 422]],
  ['a blank text', ' \n\t\n ', 'text/plain', [400, 422]],
  ['an unknown content type', 'x', 'application/pdf', [415]],
  ['broken JSON', '{"uri": ', json, [400]],
  ['JSON that is no object', '[1, 2]', json, [400, 422]],
  ['JSON of the wrong shape', '{"hello": "world"}', json, [400, 422]],
  ['a body of 10 MB', 'x'.repeat(10_000_000), 'text/plain', [413]],
])('%s is refused with a problem', async (_, body, contentType, statuses) => {
  const answer = await push(newswire, body, contentType)
  expect(statuses).toContain(answer.status)
  await expectProblem(answer, answer.status)
})

test.each([
  ['no key', {}, 401],
  ['a wrong key', { authorization: 'Bearer nw_wrong' }, 401],
  ['another scheme', { authorization: 'Basic bncteA==' }, 401],
])('%s is refused', async (_, headers, status) => {
  const init = { method: 'POST', body: text, headers: { 'content-type': 'text/plain', ...headers } }
  const problem = await expectProblem(await fetch(`${newswire.url}/api/v1/items`, init), status)
  expect(problem.detail).toMatch(/key/i)
})

test('a subscriber may not push', async () => {
  const made = await newswire.api('/api/v1/keys', {
    method: 'POST',
    headers: { 'content-type': json },
    body: JSON.stringify({ role: 'subscriber', name: 'reader' }),
  })
  const { key } = (await made.json()) as { key: string }
  const answer = await fetch(`${newswire.url}/api/v1/items`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', authorization: `Bearer ${key}` },
    body: text,
  })
  await expectProblem(answer, 403)
})

test.each([
  'http://127.0.0.2:9/hook',
  'http://[::1]:9/hook',
  'http://2130706434/hook',
  'http://[::ffff:10.0.0.1]/hook',
  'http://169.254.169.254/latest',
  'https://user:secret@example.org/hook',
  'ftp://example.org/hook',
  'not a url',
])('a webhook to %s is refused', async (url) => {
  const answer = await newswire.api('/api/v1/webhooks', {
    method: 'POST',
    headers: { 'content-type': json },
    body: JSON.stringify({ url, filter: {} }),
  })
  await expectProblem(answer, 422)
})

test('without an exception neither 127.0.0.1 nor a name that resolves there can be called', async () => {
  await using strict = await startNewswire({ env: { OUTBOUND_ALLOW: '' } })
  for (const url of [
    'http://127.0.0.1:9/hook',
    'http://localhost/hook',
    'https://localhost/hook',
  ]) {
    const answer = await strict.api('/api/v1/webhooks', {
      method: 'POST',
      headers: { 'content-type': json },
      body: JSON.stringify({ url, filter: {} }),
    })
    await expectProblem(answer, 422)
  }
})

test.each([
  ['/feeds/rss?region=Germany', 400],
  ['/feeds/rss?colour=red', 400],
  ['/feeds/rss?limit=100000', 400],
  ['/feeds/pdf', 404],
  ['/items/na-nothing', 404],
  ['/api/v1/items?cursor=abc', 400],
  ['/nothing/here', 404],
])('%s is answered with a problem', async (path, status) => {
  await expectProblem(await fetch(newswire.url + path), status)
})

test('a person who opens the address of no release gets a page, in their language', async () => {
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8'
  const answer = await fetch(`${newswire.url}/items/na-%22%3Cb%3E`, {
    headers: { accept, 'accept-language': 'de' },
  })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    404,
    'text/html; charset=utf-8',
  ])
  const page = await answer.text()
  expect(page).toContain('Diese Meldung gibt es nicht')
  expect(page).not.toContain('<b>')
})

test('input that no stage can read becomes a dead letter, whole, and nothing stops', async () => {
  const bad = { uri: 'urn:acme:bad', headlines: [{ value: 'Held?' }], pubStatus: 'perhaps' }
  const pushed = await pushJson(newswire, bad)
  expect(pushed.status).toBe(202)
  await expect
    .poll(async () => (await receiptOf(newswire, pushed.clone())).state, { timeout: 5_000 })
    .toBe('dead')
  const letters = await newswire.api('/api/v1/dead-letters')
  const { items } = (await letters.json()) as { items: { id: string; input: unknown }[] }
  expect(JSON.stringify(items[0]?.input)).toContain('urn:acme:bad')
  expect(
    (await newswire.api(`/api/v1/dead-letters/${items[0]?.id}`, { method: 'DELETE' })).status,
  ).toBe(200)
  await push(newswire, text)
  await expect.poll(() => feedTitles(newswire), { timeout: 2_000 }).toEqual(['Neue Halle'])
  expect((await fetch(`${newswire.url}/health`)).status).toBe(200)
})
