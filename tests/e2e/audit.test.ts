import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '@newswire/infra'
import { type Catcher, fixture, type Newswire, startCatcher, startNewswire } from '@newswire/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { push, pushJson } from './feeds-of.js'

let newswire: Newswire
let catcher: Catcher
beforeAll(async () => {
  catcher = await startCatcher()
  newswire = await startNewswire()
})
afterAll(async () => {
  await newswire.stop()
  await catcher.stop()
})

/** Routes that change nothing that a person decides, and where what they do is recorded instead. */
const unaudited: Readonly<Record<string, string>> = {
  'POST /api/v1/items': 'every push stands in stream RAW with the key that pushed it',
  'POST /api/v1/tags/preview': 'changes nothing',
  'POST /api/v1/filters/backtest': 'changes nothing',
  'POST /api/v1/webhooks/preview': 'changes nothing',
  'POST /hub': 'no key asks: register hubSubscriptions says who confirmed',
}

/** Route → what it writes into stream AUDIT. Their order is one in which all can be called. */
const audited: Readonly<Record<string, string>> = {
  'POST /api/v1/session': 'session.create',
  'DELETE /api/v1/session': 'session.end',
  'POST /api/v1/sources': 'source.add',
  'PATCH /api/v1/sources/{id}': 'source.change',
  'POST /api/v1/sources/{id}/poll': 'source.poll',
  'DELETE /api/v1/sources/{id}': 'source.delete',
  'POST /api/v1/items/{id}/tags': 'item.tags',
  'POST /api/v1/items/{id}/link': 'item.link',
  'POST /api/v1/items/{id}/withdraw': 'item.withdraw',
  'POST /api/v1/items/{id}/release': 'item.release',
  'POST /api/v1/items/{id}/erase': 'item.erase',
  'POST /api/v1/feed-tokens': 'feed-token.create',
  'DELETE /api/v1/feed-tokens/{id}': 'feed-token.revoke',
  'POST /api/v1/webhooks': 'webhook.create',
  'PATCH /api/v1/webhooks/{id}': 'webhook.change',
  'POST /api/v1/webhooks/{id}/rotate-secret': 'webhook.rotate-secret',
  'POST /api/v1/webhooks/{id}/test': 'webhook.test',
  'POST /api/v1/webhooks/{id}/deliveries/{of}/replay': 'delivery.replay',
  'POST /api/v1/webhooks/{id}/replay': 'webhook.replay',
  'DELETE /api/v1/webhooks/{id}/replays/{of}': 'webhook.cancel-replay',
  'POST /api/v1/webhooks/{id}/drill': 'webhook.drill',
  'DELETE /api/v1/webhooks/{id}': 'webhook.delete',
  'POST /api/v1/dead-letters/{id}/replay': 'dead-letter.replay',
  'DELETE /api/v1/dead-letters/{id}': 'dead-letter.discard',
  'POST /api/v1/dead-letters/replay': 'dead-letter.replay-many',
  'POST /api/v1/dead-letters/discard': 'dead-letter.discard-many',
  'POST /api/v1/keys': 'key.create',
  'DELETE /api/v1/keys/{id}': 'key.revoke',
}

function changingRoutes(): string[] {
  const text = readFileSync(join(repository, 'docs/openapi.json'), 'utf8')
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, unknown>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => ['post', 'put', 'patch', 'delete'].includes(method))
      .map((method) => `${method.toUpperCase()} ${path}`),
  )
}

async function call(route: string, ids: readonly string[] = [], body?: object) {
  const [method = '', path = ''] = route.split(' ')
  const left = [...ids]
  const place = path.replace(/\{\w+\}/g, () => left.shift() ?? '')
  const answer = await newswire.api(place, {
    method,
    headers: {
      origin: newswire.url,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  expect(answer.ok, `${route}: ${text}`).toBe(true)
  return (text === '' ? {} : JSON.parse(text)) as Record<string, string>
}

async function read<T>(path: string): Promise<T> {
  return (await (await newswire.api(path)).json()) as T
}

async function actions(): Promise<string[]> {
  const { items } = await read<{ items: { action: string; key: string }[] }>(
    '/api/v1/audit?limit=200',
  )
  return items.filter(({ key }) => key !== '').map(({ action }) => action)
}

test('every route of the API that changes something is known to be audited, or why not', () => {
  const known = [...Object.keys(audited), ...Object.keys(unaudited)]
  expect(changingRoutes().toSorted()).toEqual(known.toSorted())
})

test('sources, keys, feed tokens and sessions are audited', async () => {
  await call('POST /api/v1/session', [], { key: newswire.adminKey })
  await call('DELETE /api/v1/session')
  const url = `${catcher.url}/feed`
  const source = await call('POST /api/v1/sources', [], { kind: 'rss', url })
  const id = [source['id'] ?? '']
  await call('PATCH /api/v1/sources/{id}', id, { name: 'Another' })
  await call('POST /api/v1/sources/{id}/poll', id)
  await call('DELETE /api/v1/sources/{id}', id)
  const token = await call('POST /api/v1/feed-tokens', [], { name: 'Desk', sources: 'all' })
  await call('DELETE /api/v1/feed-tokens/{id}', [token['id'] ?? ''])
  const key = await call('POST /api/v1/keys', [], { role: 'ingest', name: 'Wire' })
  await call('DELETE /api/v1/keys/{id}', [key['id'] ?? ''])
  const wanted = Object.entries(audited).filter(([route]) => /source|token|key|session/.test(route))
  await expect.poll(actions).toEqual(expect.arrayContaining(wanted.map(([, action]) => action)))
})

test('webhooks, deliveries, replays and drills are audited, without secrets', async () => {
  const wish = { url: `${catcher.url}/hook`, filter: {}, headers: { 'x-token': 'hush-hush' } }
  const { id = '' } = await call('POST /api/v1/webhooks', [], wish)
  const status = async () => (await read<{ status: string }>(`/api/v1/webhooks/${id}`)).status
  await expect.poll(status).toBe('active')
  await push(newswire, fixture('chongqing.txt'))
  await expect.poll(() => catcher.events().length).toBeGreaterThan(0)
  const list = async () =>
    (await read<{ items: { id: string }[] }>(`/api/v1/webhooks/${id}/deliveries`)).items
  await expect.poll(async () => (await list()).length).toBe(1)
  const delivery = (await list())[0]?.id ?? ''
  await call('PATCH /api/v1/webhooks/{id}', [id], { name: 'Mine' })
  await call('POST /api/v1/webhooks/{id}/rotate-secret', [id])
  await call('POST /api/v1/webhooks/{id}/test', [id])
  await call('POST /api/v1/webhooks/{id}/deliveries/{of}/replay', [id, delivery])
  const replay = await call('POST /api/v1/webhooks/{id}/replay', [id], {})
  await call('DELETE /api/v1/webhooks/{id}/replays/{of}', [id, replay['id'] ?? ''])
  await call('POST /api/v1/webhooks/{id}/drill', [id])
  await call('DELETE /api/v1/webhooks/{id}', [id])
  const wanted = Object.entries(audited).filter(([route]) => route.includes('webhooks'))
  await expect.poll(actions).toEqual(expect.arrayContaining(wanted.map(([, action]) => action)))
  const told = await (await newswire.api('/api/v1/audit?limit=200')).text()
  expect(told).not.toMatch(/hush-hush|whsec_/)
})

test('what people decide of items and dead letters is audited', async () => {
  const { items } = await read<{ items: { _newswire: { id: string } }[] }>('/api/v1/items')
  const id = [items[0]?._newswire.id ?? '']
  await call('POST /api/v1/items/{id}/tags', id, { add: [{ scheme: 'iso3166-1', code: 'DE' }] })
  await call('POST /api/v1/items/{id}/link', id, { story: null })
  await call('POST /api/v1/items/{id}/withdraw', id, { reason: 'A test.' })
  await call('POST /api/v1/items/{id}/release', id)
  await call('POST /api/v1/items/{id}/erase', id, { reason: 'A test.' })
  const letters = async () =>
    (await read<{ items: { id: string }[] }>('/api/v1/dead-letters')).items
  for (const uri of ['urn:acme:one', 'urn:acme:two']) {
    await pushJson(newswire, { uri, headlines: [{ value: 'Held?' }], pubStatus: 'perhaps' })
  }
  const wanted = Object.entries(audited).filter(([route]) => route.includes('/items/'))
  await expect.poll(actions).toEqual(expect.arrayContaining(wanted.map(([, action]) => action)))
  await expect.poll(async () => (await letters()).length).toBe(2)
  for (const [at, { id: letter }] of (await letters()).entries()) {
    const method =
      at === 0 ? 'POST /api/v1/dead-letters/{id}/replay' : 'DELETE /api/v1/dead-letters/{id}'
    await call(method, [letter])
  }
  const settled = ['dead-letter.replay', 'dead-letter.discard']
  await expect.poll(actions).toEqual(expect.arrayContaining(settled))
})
