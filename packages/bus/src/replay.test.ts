import { describe, expect, it } from 'vitest'
import type { ReplayOptions } from './bus.js'
import { PositionAheadError } from './errors.js'
import { audit, publishMany, range, startTestBus } from './fixtures/test-bus.js'
import { pullHeartbeatMs } from './limits.js'

/** Keeps what a replay gives. */
function recorder() {
  const batches: unknown[][] = []
  const record = { batches, caughtUpAt: [] as number[], ended: [] as Error[] }
  const count = () => batches.flat().length
  const options: Omit<ReplayOptions<'audit'>, 'after'> = {
    fact: 'audit',
    handle: async (facts) => void batches.push(facts.map(({ value }) => value.detail)),
    onCaughtUp: () => void record.caughtUpAt.push(count()),
    onEnd: (error) => void record.ended.push(error),
  }
  return { ...record, count, options }
}

describe('replaying', () => {
  it('gives all facts in order in full batches, says when it has caught up, and goes on live', async () => {
    await using test = await startTestBus()
    const { bus } = test
    await publishMany(bus, 25)
    const { batches, caughtUpAt, count, options } = recorder()
    await bus.replay({ ...options, after: 0, batchMax: 10 })
    await expect.poll(() => caughtUpAt).toEqual([25])
    expect(batches.map(({ length }) => length)).toEqual([10, 10, 5])
    await publishMany(bus, 2, 25)
    await expect.poll(count).toBe(27)
    expect(batches.flat()).toEqual(range(27))
    expect(caughtUpAt).toEqual([25])
    expect((await bus.groups()).length).toBe(0)
  })

  it('begins behind its position, and has caught up at once where nothing stands', async () => {
    await using test = await startTestBus()
    const { bus } = test
    const empty = recorder()
    const first = await bus.replay({ ...empty.options, after: 0 })
    await expect.poll(() => empty.caughtUpAt).toEqual([0])
    await first.stop()
    await publishMany(bus, 5)
    const later = recorder()
    await bus.replay({ ...later.options, after: 3 })
    await expect.poll(() => later.caughtUpAt).toEqual([2])
    expect(later.batches.flat()).toEqual([3, 4])
    const last = recorder()
    await bus.replay({ ...last.options, after: 5 })
    await expect.poll(() => last.caughtUpAt).toEqual([0])
    expect(empty.count()).toBe(0)
  })

  it('gives what stands on one subject only, and has caught up without the others', async () => {
    await using test = await startTestBus()
    const { bus } = test
    for (const [n, actor] of ['one', 'other', 'one', 'other', 'one', 'other'].entries()) {
      await bus.publish('audit', { ...audit(n), actor }, { actor }, { id: `mixed-${n}` })
    }
    const { batches, caughtUpAt, options } = recorder()
    await bus.replay({ ...options, after: 1, keys: { actor: 'one' } })
    await expect.poll(() => caughtUpAt).toEqual([2])
    expect(batches.flat()).toEqual([2, 4])
  })

  it('has caught up where the end of the stream was erased', async () => {
    await using test = await startTestBus()
    const { bus, operator } = test
    await publishMany(bus, 3)
    await operator.streams.deleteMessage('AUDIT', 3)
    const { batches, caughtUpAt, options } = recorder()
    await bus.replay({ ...options, after: 0 })
    await expect.poll(() => caughtUpAt).toEqual([2])
    expect(batches.flat()).toEqual([0, 1])
  })

  it('hands a live fact over before any heartbeat of the server', async () => {
    await using test = await startTestBus()
    const { bus } = test
    const { batches, caughtUpAt, options } = recorder()
    await bus.replay({ ...options, after: 0 })
    await expect.poll(() => caughtUpAt.length).toBe(1)
    for (const n of range(20)) {
      await publishMany(bus, 1, n)
      await expect
        .poll(() => batches.length, { interval: 1, timeout: pullHeartbeatMs / 2 })
        .toBe(n + 1)
    }
  })

  it('goes on in order, without gap or double, when the server is killed', async () => {
    await using test = await startTestBus()
    const { bus, server } = test
    await publishMany(bus, 3_000)
    const { batches, count, options } = recorder()
    await bus.replay({ ...options, after: 0, batchMax: 7 })
    const going = publishMany(bus, 1_000, 3_000)
    await expect.poll(count).toBeGreaterThan(20)
    await server.kill()
    await server.restart()
    await going
    await expect.poll(count, { timeout: 10_000 }).toBe(4_000)
    expect(batches.flat()).toEqual(range(4_000))
  }, 20_000)

  it('ends, and says why, when its handler throws', async () => {
    await using test = await startTestBus()
    const { bus } = test
    await publishMany(bus, 3)
    const { ended, options } = recorder()
    const broken = async () => {
      throw new Error('broken model')
    }
    await bus.replay({ ...options, handle: broken, after: 0 })
    await expect.poll(() => ended.map(String)).toEqual(['Error: broken model'])
  })

  it('ends at a fact that can not be read', async () => {
    await using test = await startTestBus()
    const { bus, operator } = test
    await operator.jetstream().publish('audit.x', '{}')
    const { ended, options } = recorder()
    await bus.replay({ ...options, after: 0 })
    await expect.poll(() => ended.map(String)).toEqual(["Error: Message AUDIT 1 can't be read."])
  })

  it('ends when the server comes back with less than was read', async () => {
    await using test = await startTestBus()
    const { bus, operator } = test
    await publishMany(bus, 3)
    const { ended, caughtUpAt, options } = recorder()
    await bus.replay({ ...options, after: 0 })
    await expect.poll(() => caughtUpAt).toEqual([3])
    const { config } = await operator.streams.info('AUDIT')
    await operator.streams.delete('AUDIT')
    await operator.streams.add(config)
    await expect.poll(() => ended[0], { timeout: 15_000 }).toBeInstanceOf(PositionAheadError)
  }, 20_000)

  it('refuses a position that the stream has not reached', async () => {
    await using test = await startTestBus()
    await test.bus.publish('audit', audit(1), { actor: 'a' }, { id: 'a' })
    await expect(test.bus.replay({ ...recorder().options, after: 2 })).rejects.toThrow(
      PositionAheadError,
    )
  })
})
