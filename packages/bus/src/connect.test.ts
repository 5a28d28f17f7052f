import { quietLog, startNats } from '@newswire/kit'
import { createMetrics } from '@newswire/runtime'
import { connect, nanos } from 'nats'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { connectBus } from './connect.js'
import { BusDownError } from './errors.js'
import { publishMany } from './fixtures/test-bus.js'
import { connectionOptions } from './link.js'

const { log } = quietLog()
const anything = z.unknown()
const ledgerAttempt = {
  ...{ delivery: 'd', endpoint: 'e', item: 'i', revision: '1.1', sequence: 1 },
  ...{ attempt: 1, result: 'delivered' as const },
}

/** The server as an operator sees it. */
async function openServer(url: string) {
  const nc = await connect({ servers: url })
  const close = () => nc.close()
  return { jsm: await nc.jetstreamManager(), [Symbol.asyncDispose]: close }
}

describe('connecting', () => {
  it('works for two processes that start at once, and keeps what stands', async () => {
    await using nats = await startNats()
    const options = { url: nats.url, name: 'test', log }
    const [first, second] = await Promise.all([connectBus(options), connectBus(options)])
    const states = await second.streams()
    expect(states.map(({ stream }) => stream).sort()).toEqual(
      [
        'AUDIT',
        'DEAD',
        'ANSWERS',
        'DELIVERIES',
        'ITEMS',
        'OUT',
        'RAW',
        'RECEIPTS',
        'RECEIVERS',
        'TAGGED',
      ].sort(),
    )
    const rows = await Promise.all([
      first.register('sources', anything),
      second.register('sources', anything),
    ])
    await rows[0].put('a', { n: 1 })
    expect((await rows[1].get('a'))?.value).toEqual({ n: 1 })
    await Promise.all([first.close(), second.close()])
  })

  it('changes the limits of a stream that stands', async () => {
    await using nats = await startNats()
    const options = { url: nats.url, name: 'test', log }
    await (await connectBus(options)).close()
    await using bus = await connectBus({
      ...options,
      streamLimits: { RAW: { bytesMax: 5_000_000 } },
    })
    const raw = (await bus.streams()).find(({ stream }) => stream === 'RAW')
    expect(raw?.bytesMax).toBe(5_000_000)
  })

  it('leaves the limits of streams that stand to the process that says them', async () => {
    await using nats = await startNats()
    const options = { url: nats.url, name: 'test', log }
    const streamLimits = { RAW: { bytesMax: 5_000_000, ageMsMax: 7_000_000 } }
    await (await connectBus({ ...options, streamLimits })).close()
    await (await connectBus(options)).close()
    await using bus = await connectBus({ ...options, streamLimits: { RAW: { ageMsMax: 60_000 } } })
    await using operator = await openServer(nats.url)
    const { config } = await operator.jsm.streams.info('RAW')
    expect(config.max_bytes).toBe(5_000_000)
    expect(config.max_age).toBe(nanos(60_000))
    expect(config.duplicate_window).toBe(nanos(60_000))
    expect(await bus.ping()).toBe(true)
  })

  it('loses the oldest entries of a full ledger, and none of a full stream of items', async () => {
    await using nats = await startNats()
    const bytesMax = 200_000
    const streamLimits = { DELIVERIES: { bytesMax }, RECEIPTS: { bytesMax } }
    const options = { url: nats.url, name: 'test', log }
    await using bus = await connectBus({ ...options, streamLimits })
    const at = new Date().toISOString()
    const answer = 'x'.repeat(900)
    let last = 0
    for (let n = 0; n < 400; n += 1) {
      const attempt = { ...ledgerAttempt, answer, sequence: n + 1 }
      const fact = { type: 'outcomes' as const, shard: 0, at, attempts: [attempt] }
      const id = `outcome-${n}`
      last = (await bus.publish('delivery', fact, { shard: 0 }, { id, expect: last })).sequence
    }
    const states = await bus.streams()
    const ledger = states.find(({ stream }) => stream === 'DELIVERIES')
    expect(ledger?.lastSequence).toBe(400)
    expect(ledger?.firstSequence).toBeGreaterThan(1)
    expect(ledger?.bytes).toBeLessThanOrEqual(bytesMax)
    await using operator = await openServer(nats.url)
    const discards = Object.fromEntries(
      (await operator.jsm.streams.list().next()).map(({ config }) => [config.name, config.discard]),
    )
    expect(discards).toMatchObject({ RAW: 'new', ITEMS: 'new', TAGGED: 'new', RECEIVERS: 'new' })
    expect(discards).toMatchObject({ DEAD: 'new', RECEIPTS: 'old', DELIVERIES: 'old' })
  })

  it('says what to do when the server has no room for a stream', async () => {
    await using nats = await startNats()
    const streamLimits = { AUDIT: { bytesMax: 2 ** 50 } }
    await expect(connectBus({ url: nats.url, name: 'test', log, streamLimits })).rejects.toThrow(
      /no room for stream AUDIT.*Lower streamLimits\.AUDIT\.bytesMax/,
    )
  })

  it('answers pings, and stops answering when the server is gone', async () => {
    await using nats = await startNats()
    await using bus = await connectBus({ url: nats.url, name: 'test', log })
    expect(await bus.ping()).toBe(true)
    await nats.kill()
    await expect.poll(() => bus.ping()).toBe(false)
    await nats.restart()
    await expect.poll(() => bus.ping(), { timeout: 5_000 }).toBe(true)
  })

  it('closes although the server is gone', async () => {
    await using nats = await startNats()
    const bus = await connectBus({ url: nats.url, name: 'test', log })
    await bus.subscribe({ fact: 'audit', group: 'g', concurrency: 1, handle: async () => {} })
    await bus.replay({ fact: 'audit', after: 0, handle: async () => {}, onEnd: () => {} })
    await nats.kill()
    await bus.close()
  })

  it('counts what it does', async () => {
    await using nats = await startNats()
    const metrics = createMetrics()
    await using bus = await connectBus({ url: nats.url, name: 'test', log, metrics })
    await bus.subscribe({ fact: 'audit', group: 'g', concurrency: 1, handle: async () => {} })
    await publishMany(bus, 3)
    const counted = 'newswire_bus_acknowledged_total{fact="audit",group="g"} 3'
    await expect.poll(() => metrics.text()).toContain(counted)
    expect(await metrics.text()).toContain('newswire_bus_published_total{fact="audit"} 3')
  })

  it('refuses to publish after it was closed', async () => {
    await using nats = await startNats()
    const bus = await connectBus({ url: nats.url, name: 'test', log })
    await bus.close()
    await bus.close()
    const fact = { actor: 'a', action: 'b', subject: 'c', at: new Date().toISOString(), detail: 0 }
    await expect(bus.publish('audit', fact, { actor: 'a' }, { id: '1' })).rejects.toThrow(
      BusDownError,
    )
  })

  it('reads several servers, user and password out of the address', () => {
    expect(connectionOptions('nats://me:p%40ss@n1:4222, n2:4223', 'x')).toMatchObject({
      servers: ['n1:4222', 'n2:4223'],
      user: 'me',
      pass: 'p@ss',
    })
  })
})
