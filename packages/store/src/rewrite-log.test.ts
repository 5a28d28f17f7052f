import { execFileSync } from 'node:child_process'
import { type Bus, connectBus } from '@newswire/bus'
import { quietLog, startNats, startRedis, type TestServer } from '@newswire/kit'
import { erasedFlag, type NormalizedItem } from '@newswire/model'
import { normalizedItem, taggedItem, tagOf } from '@newswire/model/testing'
import type { RunningWorker } from '@newswire/runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectStore, createItemsProjector, createTaggedProjector } from './connect-store.js'
import type { Store } from './store.js'

const marker = 'Zitronenfalter'
const { log } = quietLog()
let nats: TestServer
let redis: TestServer
let bus: Bus
let store: Store
const running: RunningWorker[] = []

beforeAll(async () => {
  ;[nats, redis] = await Promise.all([startNats(), startRedis()])
  bus = await connectBus({ url: nats.url, name: 'test', log })
  const options = { url: redis.url, bus, log }
  store = await connectStore(options)
  const life = {
    fail: (error: Error) => {
      throw error
    },
  }
  for (const create of [createItemsProjector, createTaggedProjector]) {
    running.push(await create(options).start(life))
  }
})
afterAll(async () => {
  for (const worker of running) await worker.stop()
  await store.close()
  await bus.close()
  await Promise.all([nats.stop(), redis.stop()])
})

async function publish(item: NormalizedItem): Promise<{ items: number; tagged: number }> {
  const id = `${item.id}:${item.version}`
  const tagged = taggedItem({ ...item, tags: [tagOf('iso3166-1', 'CN')] })
  const inside = await bus.publish('item.normalized', item, item, { id })
  const outside = await bus.publish('item.tagged', tagged, item, { id })
  return { items: inside.sequence, tagged: outside.sequence }
}

/** Whether a word stands in Redis' data folder, in whatever case. */
function isOnDisk(word: string): boolean {
  const found = execFileSync('sh', ['-c', `grep -rlai ${word} ${redis.folder} || true`])
  return found.toString().trim() !== ''
}

function inMemory(): string {
  const cli = (...command: string[]) =>
    execFileSync('redis-cli', ['-p', String(redis.port), ...command], { encoding: 'utf8' })
  const keys = cli('KEYS', '*').split('\n').filter(Boolean)
  const values = keys.map((key) => {
    const type = cli('TYPE', key).trim()
    if (type === 'hash') return cli('HGETALL', key)
    return type === 'zset' ? cli('ZRANGE', key, '0', '-1') : cli('GET', key)
  })
  return [...keys, ...values].join('\n').toLowerCase()
}

test('what an erased item said is in no key, and after the rewrite no longer on the disk', async () => {
  const item = normalizedItem({
    ...{ headline: `${marker} eröffnet`, issuer: { name: `${marker} AG` } },
    body: { html: `<p>${marker}</p>`, text: marker, complete: true },
    flags: ['correction-unlinked'],
    notice: { kind: 'correction', ids: [], title: `${marker} schließt` },
  })
  const first = await publish(item)
  await expect.poll(() => store.positions()).toEqual(first)
  expect(inMemory()).toContain(marker.toLowerCase())
  const { notice, ...rest } = item
  const places = await publish({
    ...rest,
    ...{ version: 2, status: 'canceled', change: 'withdrawal', headline: '(erased)' },
    ...{ issuer: { name: '' }, credit: '', body: { html: '', text: '', complete: true } },
    flags: [erasedFlag],
  })
  await expect.poll(() => store.positions()).toEqual(places)
  expect(inMemory()).not.toContain(marker.toLowerCase())
  // Whole items are deflated, where no word is found.
  expect(JSON.stringify(await store.publicItem(item.id))).not.toContain(marker)
  await expect.poll(() => isOnDisk(marker)).toBe(true)
  expect(await store.rewriteLog(places)).toBe(true)
  expect(isOnDisk(marker)).toBe(false)
})

test('a rewrite that is asked for while another runs waits for its end', async () => {
  const places = await store.positions()
  const both = await Promise.all([store.rewriteLog(places), store.rewriteLog(places)])
  expect(both).toContain(true)
})
