import { execFileSync } from 'node:child_process'
import { taggedItem } from '@newswire/model/testing'
import { expect, it } from 'vitest'
import { PermanentError } from './errors.js'
import { audit, publishMany, startTestBus } from './fixtures/test-bus.js'

const marker = 'Zitronenfalter'

/** Files of the server's data folder that hold the marker. */
function filesWith(folder: string): string[] {
  const found = execFileSync('sh', ['-c', `grep -rla ${marker} ${folder} || true`])
  return found.toString().split('\n').filter(Boolean)
}

it('an erased fact is gone from its stream and from the disk, and its neighbours stand', async () => {
  await using test = await startTestBus()
  const { bus, server } = test
  await publishMany(bus, 2)
  await bus.publish('audit', audit(marker), { actor: 'somebody' }, { id: 'marked' })
  await publishMany(bus, 2, 2)
  expect(filesWith(server.folder)).toHaveLength(1)
  expect(await bus.erase('audit', 3)).toBe(true)
  expect(filesWith(server.folder)).toEqual([])
  expect(await bus.erase('audit', 3)).toBe(false)
  expect(await bus.read('audit', 3)).toBeUndefined()
  const details: unknown[] = []
  for await (const { value } of bus.history('audit', { actor: 'somebody' })) {
    details.push(value.detail)
  }
  expect(details).toEqual([0, 1, 2, 3])
  await server.restart()
  await expect.poll(() => bus.read('audit', 5).catch(() => undefined)).toBeDefined()
  expect(await bus.read('audit', 3)).toBeUndefined()
})

it('the newest fact of an item is not erased, and its order survives the erasing of older ones', async () => {
  await using test = await startTestBus()
  const { bus } = test
  for (const version of [1, 2, 3]) {
    const item = taggedItem({ version })
    await bus.publish('item.tagged', item, item, { id: `v${version}`, expect: version - 1 })
  }
  const keys = taggedItem()
  await expect(bus.erase('item.tagged', 3)).rejects.toThrow('append the next first')
  expect(await bus.erase('item.tagged', 1)).toBe(true)
  expect(await bus.erase('item.tagged', 2)).toBe(true)
  expect((await bus.latest('item.tagged', keys))?.sequence).toBe(3)
  const next = taggedItem({ version: 4 })
  await expect(bus.publish('item.tagged', next, next, { id: 'blind', expect: 0 })).rejects.toThrow(
    'newest on this subject',
  )
  expect(await bus.publish('item.tagged', next, next, { id: 'v4', expect: 3 })).toMatchObject({
    sequence: 4,
  })
})

it('history gives the facts of one subject only', async () => {
  await using test = await startTestBus()
  const { bus } = test
  await publishMany(bus, 1)
  await bus.publish('audit', audit('other', 'other'), { actor: 'other' }, { id: 'other' })
  const seen: unknown[] = []
  for await (const { value } of bus.history('audit', { actor: 'other' })) seen.push(value.detail)
  expect(seen).toEqual(['other'])
})

it('dead letters of erased inputs go, also those on their way back, and no others', async () => {
  await using test = await startTestBus()
  const { bus, operator, server } = test
  const refused = await bus.subscribe({
    fact: 'audit',
    group: 'strict',
    concurrency: 1,
    handle: () => Promise.reject(new PermanentError('refused')),
  })
  await bus.publish('audit', audit(marker), { actor: 'somebody' }, { id: 'marked' })
  await publishMany(bus, 1)
  await bus.publish('audit', audit(marker), { actor: 'somebody' }, { id: 'marked too' })
  await expect.poll(() => bus.deadLetters.count()).toBe(3)
  // Nobody takes the letter that goes back: it stays on its way.
  await refused.stop()
  await bus.deadLetters.replay(3)
  const waiting = async () => (await operator.streams.info('REDO')).state.messages
  expect(await waiting()).toBe(1)
  for (const sequence of [1, 3]) await bus.erase('audit', sequence)
  const inputs = { stream: 'AUDIT', sequences: new Set([1, 3]) } as const
  expect(await bus.deadLetters.erase(inputs)).toBe(2)
  expect(await waiting()).toBe(0)
  expect(filesWith(server.folder)).toEqual([])
  expect(await bus.deadLetters.list({ limit: 9 })).toMatchObject([{ value: { sequence: 2 } }])
  expect(await bus.deadLetters.erase(inputs)).toBe(0)
})
