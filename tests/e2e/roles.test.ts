import { connectBus } from '@newswire/bus'
import {
  type Catcher,
  fixture,
  quietLog,
  type Role,
  type RoleName,
  roleNames,
  startCatcher,
  startNats,
  startRedis,
  startRole,
  type TestServer,
} from '@newswire/kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const adminKey = 'nw_a_key_for_the_roles_alone'
const endsWithin = { timeout: 15_000 }

/** A role listens on a port of its own choice and says which in its log. */
async function urlOf({ url }: Role): Promise<string> {
  await expect.poll(url).toBeDefined()
  return url() ?? ''
}

describe('every role in a process of its own, on one NATS and one Redis', () => {
  const house = new Map<RoleName, Role>()
  let nats: TestServer
  let redis: TestServer
  let catcher: Catcher

  function role(name: RoleName): Role {
    const found = house.get(name)
    if (!found) throw new Error(`${name} was not started.`)
    return found
  }

  async function api(name: RoleName, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${adminKey}`, ...init.headers }
    return fetch(new URL(path, await urlOf(role(name))), { ...init, headers })
  }

  beforeAll(async () => {
    ;[nats, redis, catcher] = await Promise.all([startNats(), startRedis(), startCatcher()])
    const settings = {
      ...{ NATS_URL: nats.url, REDIS_URL: redis.url, PUBLIC_URL: 'http://wire.example.org' },
      ...{ ADMIN_KEY: adminKey, SECRETS_KEY: 'the-same-for-all-roles-and-long-enough' },
      ...{ STREAM_BYTES_MAX: '50000000' },
      ...{ SOURCES: 'none', OUTBOUND_ALLOW: '127.0.0.1/32', HOST: '127.0.0.1', PORT: '0' },
    }
    for (const name of roleNames) house.set(name, startRole(name, settings))
  })
  afterAll(async () => {
    for (const { signal } of house.values()) signal('SIGKILL')
    await Promise.all([catcher.stop(), nats.stop(), redis.stop()])
  })

  test('an item goes from intake to feeds and webhooks, and the dashboard shows it', async () => {
    await expect.poll(async () => (await api('dashboard', '/api/v1/overview')).status).toBe(200)
    const registered = await api('webhooks', '/api/v1/webhooks', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: `${catcher.url}/hook`, filter: { region: ['CN'] } }),
    })
    expect(registered.status).toBe(201)
    const pushed = await api('intake', '/api/v1/items', {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: fixture('chongqing.txt'),
    })
    expect(pushed.status).toBe(202)
    const { receipt } = (await pushed.json()) as { receipt: string }
    await expect.poll(() => catcher.events()).toMatchObject([{ type: 'item.published' }])
    const feed = async () => (await api('feeds', '/feeds/rss?region=CN')).text()
    await expect.poll(feed).toContain('Westchinas Chongqing')
    const became = await api('intake', `/api/v1/receipts/${receipt}`)
    expect(await became.json()).toMatchObject({ state: 'normalized', version: 1 })
    expect((await api('dashboard', '/dashboard/queues')).status).toBe(200)
    for (const name of ['intake', 'tagger', 'feeds', 'webhooks', 'dashboard'] as const) {
      expect((await api(name, '/health')).status, name).toBe(200)
    }
  })

  test('the streams keep what the settings of intake say, whoever else connects', async () => {
    await using bus = await connectBus({ url: nats.url, name: 'test', log: quietLog().log })
    const raw = (await bus.streams()).find(({ stream }) => stream === 'RAW')
    expect(raw?.bytesMax).toBe(50_000_000)
  })

  test('SIGTERM ends each in order', async () => {
    for (const { signal } of house.values()) signal('SIGTERM')
    for (const [name, { exited, written }] of house) {
      expect(await exited, `${name}:\n${written()}`).toMatchObject({ code: 0 })
    }
  })
})

test.each(roleNames)('%s names every setting that is missing', async (name) => {
  const { exited, written } = startRole(name, {})
  await expect.poll(written, endsWithin).toMatch(/REDIS_URL is missing\./)
  expect((await exited).code).toBe(1)
  expect(written()).toMatch(/NATS_URL is missing\./)
})
