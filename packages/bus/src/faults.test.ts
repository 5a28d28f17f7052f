import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { deleteConsumer, publishMany, startTestBus } from './fixtures/test-bus.js'

describe('when things die', () => {
  it('loses nothing when the server is killed under a subscription', async () => {
    await using test = await startTestBus()
    const { bus, server } = test
    const seen = new Set<unknown>()
    await bus.subscribe({
      fact: 'audit',
      group: 'enduring',
      concurrency: 5,
      handle: async ({ value }) => void seen.add(value.detail),
    })
    const going = publishMany(bus, 1_000)
    await expect.poll(() => seen.size).toBeGreaterThan(50)
    await server.kill()
    await server.restart()
    await going
    await expect.poll(() => seen.size, { timeout: 5_000 }).toBe(1_000)
    await expect.poll(async () => (await bus.groups())[0]?.inFlight, { timeout: 5_000 }).toBe(0)
    expect(await bus.deadLetters.count()).toBe(0)
  }, 20_000)

  it('makes a deleted consumer anew behind what was acknowledged', async () => {
    await using test = await startTestBus()
    const { bus, operator, lines } = test
    const seen: unknown[] = []
    await publishMany(bus, 3)
    await bus.subscribe({
      fact: 'audit',
      group: 'deleted',
      from: 'new',
      concurrency: 1,
      handle: async ({ value }) => void seen.push(value.detail),
    })
    await publishMany(bus, 3, 3)
    await expect.poll(() => seen).toEqual([3, 4, 5])
    const floor = async () => (await bus.groups())[0]?.acknowledged
    await expect.poll(floor).toBe(6)
    // The watchdog looks every 200 ms here, and knows the floor from that.
    const looked = Date.now()
    await expect.poll(() => Date.now() - looked).toBeGreaterThan(400)
    await deleteConsumer(operator, 'AUDIT', 'deleted')
    await publishMany(bus, 3, 6)
    await expect.poll(() => seen).toEqual([3, 4, 5, 6, 7, 8])
    expect(lines.some(({ msg }) => msg === 'subscription made anew')).toBe(true)
  })

  it('makes a durable of an empty stream anew from its first fact on', async () => {
    await using test = await startTestBus()
    const { bus, operator, lines } = test
    const seen: unknown[] = []
    let finish: () => void = () => undefined
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    await bus.subscribe({
      fact: 'audit',
      group: 'deleted-early',
      from: 'new',
      concurrency: 1,
      handle: async ({ value }) => {
        seen.push(value.detail)
        await finished
      },
    })
    await publishMany(bus, 3)
    await expect.poll(() => seen).toEqual([0])
    await deleteConsumer(operator, 'AUDIT', 'deleted-early')
    await expect
      .poll(() => lines.some(({ msg }) => msg === 'subscription made anew'), { timeout: 5_000 })
      .toBe(true)
    finish()
    await expect.poll(() => new Set(seen), { timeout: 5_000 }).toEqual(new Set([0, 1, 2]))
  })

  it('wakes a subscription to which nothing comes although facts wait (nats-server#6290)', async () => {
    await using test = await startTestBus()
    const { bus, operator, lines } = test
    const seen: unknown[] = []
    await bus.subscribe({
      fact: 'audit',
      group: 'starved',
      concurrency: 1,
      handle: async ({ value }) => void seen.push(value.detail),
    })
    await publishMany(bus, 1)
    await expect.poll(() => seen).toEqual([0])
    // One fact is held elsewhere and the server may give out only one: heartbeats come, facts
    // don't.
    await operator.consumers.update('AUDIT', 'starved', { max_ack_pending: 1 })
    const elsewhere = await operator.jetstream().consumers.get('AUDIT', 'starved')
    const taking = elsewhere.next()
    await publishMany(bus, 20, 1)
    const held = await taking
    const beat = setInterval(() => held?.working(), 200)
    await expect
      .poll(() => lines.map((line) => line['reason']), { timeout: 5_000 })
      .toContain('facts wait and none come')
    clearInterval(beat)
    await expect.poll(() => new Set(seen).size, { timeout: 5_000 }).toBe(21)
  })

  it('buries a fact whose handler kills its process each time, and none of its neighbours', async () => {
    await using test = await startTestBus()
    const { bus, server } = test
    await publishMany(bus, 40)
    let starts = 0
    const done: number[] = []
    while ((await bus.deadLetters.count()) === 0 || new Set(done).size < 39) {
      starts += 1
      expect(starts).toBeLessThan(10)
      done.push(...(await runDeadlyWorker(server.url, done)))
    }
    const [letter, ...more] = await bus.deadLetters.list({ limit: 10 })
    expect(more).toEqual([])
    expect(letter?.value).toMatchObject({ sequence: 21, error: { name: 'HandlerLostError' } })
    // The schedule has two delays: three tries, and the fourth process finds out.
    expect(starts).toBe(4)
  }, 60_000)
})

/** A process of the group; ends when its handler kills it or nothing is left to do. */
async function runDeadlyWorker(url: string, before: number[]): Promise<number[]> {
  const script = join(import.meta.dirname, 'fixtures/deadly-worker.ts')
  const left = 39 - new Set(before).size
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', script, url, String(left)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const done: number[] = []
  for await (const line of createInterface({ input: child.stdout })) done.push(Number(line))
  return done
}
