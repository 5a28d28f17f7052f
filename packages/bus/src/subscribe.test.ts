import { describe, expect, it } from 'vitest'
import { PermanentError } from './errors.js'
import { audit, publishMany, range, startTestBus } from './fixtures/test-bus.js'

describe('subscribing', () => {
  it('shares the facts of a group among its workers, each fact once, with so many at a time', async () => {
    await using test = await startTestBus()
    const second = await test.another()
    const seen: unknown[] = []
    let running = 0
    let most = 0
    const handle = async ({ value }: { value: { detail: unknown } }) => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      seen.push(value.detail)
    }
    for (const bus of [test.bus, second]) {
      await bus.subscribe({ fact: 'audit', group: 'readers', concurrency: 3, handle })
    }
    await publishMany(test.bus, 200)
    await expect.poll(() => seen.length).toBe(200)
    expect(new Set(seen)).toEqual(new Set(range(200)))
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(6)
    await expect
      .poll(async () => (await test.bus.groups()).find(({ group }) => group === 'readers'))
      .toMatchObject({ stream: 'AUDIT', pending: 0, inFlight: 0, acknowledged: 200 })
  })

  it('gives two groups the same facts, and a group that wants new ones only those', async () => {
    await using test = await startTestBus()
    const { bus } = test
    const seen: Record<string, unknown[]> = { all: [], new: [] }
    await publishMany(bus, 3)
    for (const from of ['all', 'new'] as const) {
      await bus.subscribe({
        fact: 'audit',
        group: `from-${from}`,
        from,
        concurrency: 1,
        handle: async ({ value }) => void seen[from]?.push(value.detail),
      })
    }
    await publishMany(bus, 2, 3)
    await expect.poll(() => seen).toEqual({ all: [0, 1, 2, 3, 4], new: [3, 4] })
  })

  it('keeps what is worked on, or waits for it, from going to another worker', async () => {
    await using test = await startTestBus()
    const second = await test.another()
    const given: unknown[] = []
    let finish = () => {}
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    const slow = await test.bus.subscribe({
      fact: 'audit',
      group: 'slow',
      concurrency: 1,
      async handle({ value }) {
        given.push(value.detail)
        await finished
      },
    })
    await publishMany(test.bus, 1)
    await expect.poll(() => given).toEqual([0])
    const others: unknown[] = []
    await second.subscribe({
      fact: 'audit',
      group: 'slow',
      concurrency: 5,
      handle: async ({ value }) => void others.push(value.detail),
    })
    const begun = Date.now()
    await expect.poll(() => Date.now() - begun, { timeout: 5_000 }).toBeGreaterThan(2_500)
    finish()
    await slow.stop()
    expect(others).toEqual([])
    await expect.poll(async () => (await second.groups())[0]?.inFlight).toBe(0)
  })

  it('waits for what runs when it stops, and leaves the rest to others', async () => {
    await using test = await startTestBus()
    const { bus } = test
    const done: unknown[] = []
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const subscription = await bus.subscribe({
      fact: 'audit',
      group: 'stopping',
      concurrency: 1,
      async handle({ value }) {
        await released
        done.push(value.detail)
      },
    })
    await publishMany(bus, 3)
    await expect.poll(async () => (await bus.groups())[0]?.inFlight).toBeGreaterThan(0)
    const stopped = subscription.stop()
    release()
    await stopped
    expect(done).toEqual([0])
    await bus.subscribe({
      fact: 'audit',
      group: 'stopping',
      concurrency: 1,
      handle: async ({ value }) => void done.push(value.detail),
    })
    await expect.poll(() => [...done].sort()).toEqual([0, 1, 2])
  })

  it('tries again on the schedule, then keeps the input as a dead letter', async () => {
    await using test = await startTestBus({ redeliveryDelaysMs: [50, 100] })
    const { bus } = test
    const tries: number[] = []
    await bus.subscribe({
      fact: 'audit',
      group: 'failing',
      concurrency: 2,
      async handle({ value, deliveries }) {
        if (value.detail !== 1) return
        tries.push(deliveries)
        throw new Error('not today')
      },
    })
    await publishMany(bus, 3)
    await expect.poll(() => bus.deadLetters.count()).toBe(1)
    expect(tries).toEqual([1, 2, 3])
    expect(await bus.deadLetters.of('failing', 2)).toMatchObject({
      subject: 'dead.failing.2',
      value: {
        stage: 'failing',
        fact: 'audit',
        stream: 'AUDIT',
        sequence: 2,
        subject: 'audit.somebody',
        input: audit(1),
        deliveries: 3,
        error: { name: 'Error', message: 'not today' },
      },
    })
    await expect.poll(async () => (await bus.groups())[0]?.inFlight).toBe(0)
  })

  it('makes a dead letter of hopeless input at once, and of input that has not its shape', async () => {
    await using test = await startTestBus()
    const { bus, operator } = test
    const handled: number[] = []
    await bus.subscribe({
      fact: 'audit',
      group: 'strict',
      concurrency: 1,
      async handle({ sequence }) {
        handled.push(sequence)
        throw new PermanentError('never')
      },
    })
    await publishMany(bus, 1)
    const nc = operator.jetstream()
    await nc.publish('audit.x', JSON.stringify({ actor: 7 }))
    await nc.publish('audit.x', '\u0000 no JSON')
    await expect.poll(() => bus.deadLetters.count()).toBe(3)
    expect(handled).toEqual([1])
    const letters = await bus.deadLetters.list({ limit: 10 })
    expect(letters.map(({ value }) => [value.sequence, value.deliveries, value.input])).toEqual([
      [3, 1, '\u0000 no JSON'],
      [2, 1, { actor: 7 }],
      [1, 1, audit(0)],
    ])
    expect(letters[0]?.value.error.message).toContain('not JSON')
    expect(letters[1]?.value.error.message).toContain('actor')
  })

  it('counts a handler that never ends as failed', async () => {
    await using test = await startTestBus({ redeliveryDelaysMs: [20], handlerTimeMsMax: 100 })
    const { bus } = test
    await bus.subscribe({
      fact: 'audit',
      group: 'endless',
      concurrency: 1,
      handle: () => new Promise(() => {}),
    })
    await publishMany(bus, 1)
    await expect
      .poll(() => bus.deadLetters.of('endless', 1))
      .toMatchObject({
        value: { deliveries: 2, error: { name: 'HandlerTimeError' } },
      })
  })
})
