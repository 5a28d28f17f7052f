import { connectBus, type Register } from '@newswire/bus'
import { quietLog, startNats } from '@newswire/kit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ensureAdminKey, newAdminKey } from './admin-key.js'
import { createKeyRing, type KeyRow, keyRowSchema } from './key-ring.js'

let keys: Register<KeyRow>
let end: () => Promise<void>

beforeAll(async () => {
  const nats = await startNats()
  const bus = await connectBus({ url: nats.url, name: 'keys test', log: quietLog().log })
  keys = await bus.register('keys', keyRowSchema)
  end = async () => {
    await bus.close()
    await nats.stop()
  }
})
afterAll(() => end())
beforeEach(async () => {
  for (const { key } of await keys.rows()) await keys.delete(key)
})

/** A clock that the test moves. */
function handClock() {
  let ms = Date.parse('2026-01-01T00:00:00Z')
  return {
    now: () => new Date(ms),
    pass: (passedMs: number) => {
      ms += passedMs
    },
  }
}

describe('the key ring', () => {
  test('a key that was made is found by its text, and kept as a hash only', async () => {
    const ring = createKeyRing({ keys })
    const { id, key } = await ring.create({ role: 'ingest', name: 'desk' })
    expect(key).toMatch(/^nw_[0-9a-f]{16}_[\w-]{43}$/)
    expect(await ring.find(key)).toEqual({ keyId: id, role: 'ingest', name: 'desk' })
    expect(await ring.byId(id)).toEqual({ keyId: id, role: 'ingest', name: 'desk' })
    const stored = JSON.stringify(await keys.rows())
    expect(stored).not.toContain(key.slice(20))
    expect(JSON.stringify(await ring.list())).not.toContain('hash')
  })

  test('a wrong secret, a foreign id and plain nonsense find nobody', async () => {
    const ring = createKeyRing({ keys })
    const { id, key } = await ring.create({ role: 'admin', name: 'a' })
    const wrong = [
      `${key}x`,
      key.slice(0, -1),
      `nw_${id}_`,
      `nw_${id}`,
      id,
      'nw_',
      '',
      'x'.repeat(9),
    ]
    for (const text of wrong) expect(await ring.find(text)).toBeUndefined()
    expect(await ring.byId('gone')).toBeUndefined()
  })

  test('a revoked key is dead at once here, and within a second in other processes', async () => {
    const clock = handClock()
    const here = createKeyRing({ keys, clock })
    const there = createKeyRing({ keys, clock })
    const { id, key } = await here.create({ role: 'subscriber', name: 'a' })
    for (const ring of [here, there]) expect(await ring.find(key)).toBeDefined()
    expect(await here.revoke(id)).toBe(true)
    expect(await here.find(key)).toBeUndefined()
    expect(await there.find(key)).toBeDefined()
    clock.pass(1_000)
    expect(await there.find(key)).toBeUndefined()
    expect(await here.revoke(id)).toBe(false)
  })

  test('a revoked key leaves a row that opens nothing, and is no admin key for the next start', async () => {
    const ring = createKeyRing({ keys })
    const { id, key } = await ring.create({ role: 'admin', name: 'a' })
    await ring.revoke(id)
    const row = (await keys.get(id))?.value
    expect(row).toMatchObject({ id, hash: '', revokedAt: expect.any(String) })
    const other = createKeyRing({ keys })
    expect([await other.find(key), await other.byId(id), await other.list()]).toEqual([
      ...[undefined, undefined],
      [],
    ])
    expect((await ensureAdminKey({ keys }))?.isNew).toBe(true)
    // ADMIN_KEY may name it: then it stands again.
    await ensureAdminKey({ keys, given: key })
    expect(await createKeyRing({ keys }).find(key)).toMatchObject({ keyId: id, role: 'admin' })
  })

  test('keys are listed in the order in which they were made', async () => {
    const clock = handClock()
    const ring = createKeyRing({ keys, clock })
    for (const name of ['c', 'a', 'b']) {
      await ring.create({ role: 'subscriber', name })
      clock.pass(1_000)
    }
    expect((await ring.list()).map(({ name }) => name)).toEqual(['c', 'a', 'b'])
  })
})

describe('the admin key', () => {
  test('the first start makes one, the second makes none', async () => {
    const made = await ensureAdminKey({ keys })
    expect(made?.isNew).toBe(true)
    expect(await createKeyRing({ keys }).find(made?.key ?? '')).toMatchObject({ role: 'admin' })
    expect(await ensureAdminKey({ keys })).toBeUndefined()
    expect(await keys.rows()).toHaveLength(1)
  })

  test('a given one works whatever its form, and replaces the one before', async () => {
    const made = await ensureAdminKey({ keys })
    const given = 'correct horse battery staple'
    expect(await ensureAdminKey({ keys, given })).toEqual({ key: given, isNew: false })
    expect(await ensureAdminKey({ keys, given })).toEqual({ key: given, isNew: false })
    expect(await keys.rows()).toHaveLength(1)
    const ring = createKeyRing({ keys })
    expect(await ring.find(given)).toMatchObject({ role: 'admin', name: 'ADMIN_KEY' })
    expect(await ring.find(made?.key ?? '')).toBeUndefined()
  })

  test('a made key that is given later stays itself', async () => {
    const made = await ensureAdminKey({ keys })
    const given = made?.key ?? ''
    await ensureAdminKey({ keys, given })
    expect(await createKeyRing({ keys }).find(given)).toMatchObject({ role: 'admin' })
    expect(await keys.rows()).toHaveLength(1)
  })

  test('a new one ends the earlier one, and leaves keys of the API alone', async () => {
    const ring = createKeyRing({ keys })
    const first = await ensureAdminKey({ keys })
    const other = await ring.create({ role: 'admin', name: 'colleague' })
    const second = await newAdminKey({ keys })
    expect(await ring.find(first?.key ?? '')).toBeUndefined()
    expect(await ring.find(second.key)).toMatchObject({ keyId: second.id, role: 'admin' })
    expect(await ring.find(other.key)).toMatchObject({ name: 'colleague' })
  })
})
