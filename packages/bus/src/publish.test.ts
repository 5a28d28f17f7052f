import { describe, expect, it } from 'vitest'
import { FactTooLargeError, StreamFullError, WrongSequenceError } from './errors.js'
import { audit, publishMany, range, startTestBus } from './fixtures/test-bus.js'
import { KiB, letterEnvelopeBytesMax, messageBytesMax } from './limits.js'

const actor = 'somebody'

describe('publishing', () => {
  it('stores a fact that can be read by its sequence and as the newest of its subject', async () => {
    await using test = await startTestBus()
    const { bus } = test
    const { sequence, duplicate } = await bus.publish('audit', audit(1), { actor }, { id: 'one' })
    expect(duplicate).toBe(false)
    const stored = await bus.read('audit', sequence)
    expect(stored).toMatchObject({ value: audit(1), sequence, subject: 'audit.somebody' })
    expect(stored?.storedAt.getTime()).toBeGreaterThan(Date.now() - 10_000)
    expect(await bus.latest('audit', { actor })).toEqual(stored)
    expect(await bus.latest('audit', { actor: 'nobody' })).toBeUndefined()
    expect(await bus.read('audit', sequence + 1)).toBeUndefined()
  })

  it('stores a repeat of an id once', async () => {
    await using test = await startTestBus()
    const { bus } = test
    const first = await bus.publish('audit', audit(1), { actor }, { id: 'one' })
    const second = await bus.publish('audit', audit(1), { actor }, { id: 'one' })
    expect(second).toEqual({ sequence: first.sequence, duplicate: true })
  })

  it('refuses a fact that expects another one to be the newest, also where it expects none', async () => {
    await using test = await startTestBus()
    const { bus } = test
    const publish = (id: string, expected: number) =>
      bus.publish('audit', audit(id), { actor }, { id, expect: expected })
    const { sequence } = await publish('a', 0)
    await expect(publish('b', 0)).rejects.toThrow(WrongSequenceError)
    await expect(publish('b', sequence + 1)).rejects.toThrow(WrongSequenceError)
    expect((await publish('b', sequence)).sequence).toBe(sequence + 1)
  })

  it('knows its own fact again when the acknowledgement was lost and the window has passed', async () => {
    await using test = await startTestBus()
    const { bus, operator } = test
    await operator.streams.update('AUDIT', { duplicate_window: 100_000_000 })
    const publish = () => bus.publish('audit', audit(1), { actor }, { id: 'one', expect: 0 })
    const { sequence } = await publish()
    const bare = { msgID: 'one', expect: { lastSubjectSequence: 0 } }
    const answer = () => operator.jetstream().publish('audit.somebody', '', bare)
    await expect.poll(() => answer().catch(String)).toContain('wrong last sequence')
    expect(await publish()).toEqual({ sequence, duplicate: true })
    expect((await operator.streams.info('AUDIT')).state.messages).toBe(1)
  })

  it('says that a stream is full, and takes facts again when there is room', async () => {
    const streamLimits = { AUDIT: { bytesMax: 64 * KiB } }
    await using test = await startTestBus({ streamLimits })
    const { bus, operator } = test
    const publish = (n: number) =>
      bus.publish('audit', audit('x'.repeat(5_000)), { actor: `actor-${n}` }, { id: `full-${n}` })
    const fill = async () => {
      for (const n of range(50)) await publish(n)
    }
    await expect(fill()).rejects.toThrow(StreamFullError)
    await expect(publish(99)).rejects.toThrow(StreamFullError)
    const { state } = await operator.streams.info('AUDIT')
    expect(state.first_seq).toBe(1)
    await operator.streams.purge('AUDIT')
    await expect.poll(() => publish(100), { timeout: 8_000, interval: 200 }).toBeDefined()
  }, 15_000)

  it('refuses a fact whose dead letter would not fit into a message', async () => {
    await using test = await startTestBus()
    const { bus } = test
    const publish = (bytes: number, id: string) =>
      bus.publish('audit', audit('x'.repeat(bytes)), { actor }, { id })
    await expect(publish(messageBytesMax, 'a')).rejects.toThrow(FactTooLargeError)
    await expect(publish(messageBytesMax - letterEnvelopeBytesMax, 'b')).rejects.toThrow(
      FactTooLargeError,
    )
    await publish(messageBytesMax - 2 * letterEnvelopeBytesMax, 'c')
  })

  it('goes on through a restart of the server without losing or doubling a fact', async () => {
    await using test = await startTestBus()
    const { bus, server } = test
    await publishMany(bus, 10)
    const { lines } = test
    const going = publishMany(bus, 500, 10)
    await server.kill()
    await server.restart()
    await going
    expect(lines.some(({ msg }) => msg === 'publish not answered; again')).toBe(true)
    const { sequence } = await bus.publish('audit', audit('last'), { actor }, { id: 'last' })
    expect(sequence).toBe(511)
  }, 20_000)
})
