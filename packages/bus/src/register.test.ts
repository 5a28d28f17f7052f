import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RegisterChange } from './bus.js'
import { WrongSequenceError } from './errors.js'
import { heard, startTestBus } from './fixtures/test-bus.js'

const schema = z.object({ n: z.number() })
type Value = z.infer<typeof schema>

function watcher() {
  const changes: string[] = []
  const current: number[] = []
  return {
    changes,
    current,
    onChange: (change: RegisterChange<Value>) =>
      void changes.push(
        change.kind === 'put' ? `${change.row.key}=${change.row.value.n}` : `${change.key} deleted`,
      ),
    onCurrent: () => void current.push(changes.length),
  }
}

describe('a register', () => {
  it('keeps rows that can be read, listed, changed and deleted', async () => {
    await using test = await startTestBus()
    const register = await test.bus.register('sources', schema)
    expect(await register.get('a')).toBeUndefined()
    expect(await register.rows()).toEqual([])
    const first = await register.put('a', { n: 1 })
    const second = await register.put('a', { n: 2 })
    expect(second).toBeGreaterThan(first)
    const b = await register.put('b', { n: 3 })
    expect(await register.get('a')).toEqual({ key: 'a', value: { n: 2 }, revision: second })
    await register.put('c', { n: 4 })
    await register.delete('c')
    expect(await register.get('c')).toBeUndefined()
    expect(await register.rows()).toEqual([
      { key: 'a', value: { n: 2 }, revision: second },
      { key: 'b', value: { n: 3 }, revision: b },
    ])
  })

  it('creates a row only where none is, also after a deletion', async () => {
    await using test = await startTestBus()
    const register = await test.bus.register('sources', schema)
    await register.create('a', { n: 1 })
    await expect(register.create('a', { n: 2 })).rejects.toThrow(WrongSequenceError)
    await register.delete('a')
    await register.create('a', { n: 3 })
    expect((await register.get('a'))?.value).toEqual({ n: 3 })
  })

  it.each(['*', '>', 'a.*', 'a.>', '*.b'])('has no row under %s', async (key) => {
    await using test = await startTestBus()
    const register = await test.bus.register('sources', schema)
    await register.put('a', { n: 1 })
    const revision = await register.put('a.b', { n: 2 })
    expect(await register.get(key)).toBeUndefined()
    expect(await register.deletedAt(key)).toBeUndefined()
    await expect(register.update(key, { n: 3 }, revision)).rejects.toThrow('no key')
    await expect(register.delete(key)).rejects.toThrow('no key')
    expect((await register.rows()).map(({ key: of }) => of)).toEqual(['a', 'a.b'])
  })

  it('changes a row only at the revision that was seen', async () => {
    await using test = await startTestBus()
    const register = await test.bus.register('sources', schema)
    const first = await register.create('a', { n: 1 })
    const second = await register.update('a', { n: 2 }, first)
    await expect(register.update('a', { n: 3 }, first)).rejects.toThrow(WrongSequenceError)
    await register.update('a', { n: 4 }, second)
    expect((await register.get('a'))?.value).toEqual({ n: 4 })
  })

  it('frees a lease that is not renewed', async () => {
    await using test = await startTestBus()
    const leases = await test.bus.register('leases', schema)
    await test.operator.streams.update('KV_leases', {
      max_age: 500_000_000,
      duplicate_window: 500_000_000,
    })
    await leases.create('shard-0', { n: 1 })
    await expect(leases.create('shard-0', { n: 2 })).rejects.toThrow(WrongSequenceError)
    await expect
      .poll(() => leases.create('shard-0', { n: 2 }).catch(() => 'taken'), { timeout: 5_000 })
      .toBeTypeOf('number')
    expect((await leases.get('shard-0'))?.value).toEqual({ n: 2 })
  })

  it('shows its rows and then its changes to those who watch', async () => {
    await using test = await startTestBus()
    const register = await test.bus.register('sources', schema)
    const empty = watcher()
    await (await register.watch(empty)).stop()
    expect(empty).toMatchObject({ changes: [], current: [0] })
    await register.put('a', { n: 1 })
    await register.put('b', { n: 2 })
    await register.delete('b')
    const { changes, current, ...options } = watcher()
    const watch = await register.watch(options)
    await expect.poll(() => current).toEqual([1])
    await register.put('c', { n: 3 })
    await register.delete('a')
    await expect.poll(() => changes).toEqual(['a=1', 'c=3', 'a deleted'])
    await watch.stop()
  })

  it('misses no change when the server is killed under a watch', async () => {
    await using test = await startTestBus()
    const { bus, server, operator } = test
    const register = await bus.register('sources', schema)
    for (const key of ['kept', 'changed', 'deleted', 'purged']) await register.put(key, { n: 1 })
    const { changes, current, ...options } = watcher()
    await register.watch(options)
    await expect.poll(() => current).toEqual([4])
    await server.kill()
    const writes = [register.put('changed', { n: 2 }), register.delete('deleted')]
    await server.restart()
    await Promise.all(writes)
    await register.put('new', { n: 5 })
    const told = () => new Set(changes.slice(4))
    await expect
      .poll(told, { timeout: 5_000 })
      .toEqual(new Set(['changed=2', 'deleted deleted', 'new=5']))
    // A row that is gone without a trace is told as deleted once the rows are listed again.
    await heard(operator)
    await operator.streams.purge('KV_sources', { filter: '$KV.sources.purged' })
    await server.kill()
    await server.restart()
    await expect.poll(() => changes.at(-1), { timeout: 5_000 }).toBe('purged deleted')
    expect(changes).toHaveLength(8)
    expect(current).toEqual([4])
  }, 20_000)
})
