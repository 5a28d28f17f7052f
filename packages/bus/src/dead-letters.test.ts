import { describe, expect, it } from 'vitest'
import type { Bus } from './bus.js'
import { PermanentError } from './errors.js'
import { publishMany, startTestBus } from './fixtures/test-bus.js'

/** A group that refuses everything until it is told to accept. */
async function refusing(bus: Bus, group: string) {
  const seen: { sequence: number; detail: unknown; deliveries: number; storedAt: number }[] = []
  const state = { accepts: false, seen }
  await bus.subscribe({
    fact: 'audit',
    group,
    concurrency: 2,
    async handle({ value, sequence, deliveries, storedAt }) {
      if (!state.accepts) throw new PermanentError('refused')
      seen.push({ sequence, detail: value.detail, deliveries, storedAt: storedAt.getTime() })
    },
  })
  return state
}

/** More than one page of a stage reads. */
const lettersInAll = 5_500

describe('dead letters', () => {
  it('are listed newest first, by page and by stage', async () => {
    await using test = await startTestBus()
    const { bus } = test
    await refusing(bus, 'one')
    await publishMany(bus, 4)
    await expect.poll(() => bus.deadLetters.count()).toBe(4)
    await refusing(bus, 'two')
    await expect.poll(() => bus.deadLetters.count()).toBe(8)
    const list = async (options: { limit: number; before?: number; stage?: string }) =>
      (await bus.deadLetters.list(options)).map(({ sequence }) => sequence)
    expect(await list({ limit: 3 })).toEqual([8, 7, 6])
    expect(await list({ limit: 3, before: 6 })).toEqual([5, 4, 3])
    expect(await list({ limit: 9, stage: 'one' })).toEqual([4, 3, 2, 1])
    expect(await bus.deadLetters.discard(7)).toBe(true)
    expect(await bus.deadLetters.discard(7)).toBe(false)
    expect(await bus.deadLetters.get(7)).toBeUndefined()
    expect(await list({ limit: 3 })).toEqual([8, 6, 5])
    expect(await bus.deadLetters.of('three', 1)).toBeUndefined()
  })

  it('of a stage are all listed, however many of other stages lie above and between', async () => {
    await using test = await startTestBus()
    const { bus } = test
    const isRare = (n: number) => n < 40 || n === lettersInAll - 100
    const letterOf = (stage: string, n: number) => ({
      ...{ stage, fact: 'audit', stream: 'AUDIT', sequence: n, subject: 'audit.x', input: n },
      ...{ error: { name: 'Error', message: 'no' }, deliveries: 1, at: '2026-01-01T00:00:00.000Z' },
    })
    const publish = (n: number) => {
      const letter = letterOf(isRare(n) ? 'rare' : 'often', n)
      return bus.publish('dead', letter, letter, { id: `dead:${n}` })
    }
    const numbers = Array.from({ length: lettersInAll }, (_, at) => at + 1)
    for (let from = 0; from < lettersInAll; from += 500) {
      await Promise.all(numbers.slice(from, from + 500).map(publish))
    }
    expect((await bus.deadLetters.get(lettersInAll))?.value.sequence).toBe(lettersInAll)
    const found: number[] = []
    for (let before: number | undefined = lettersInAll + 1; before !== undefined; ) {
      const page = await bus.deadLetters.list({ limit: 7, stage: 'rare', before })
      expect(page.every(({ value }) => value.stage === 'rare')).toBe(true)
      found.push(...page.map(({ sequence }) => sequence))
      before = page.at(-1)?.sequence
    }
    expect(found).toEqual(numbers.filter(isRare).reverse())
  }, 60_000)

  it('go back to their own group only, as they first were', async () => {
    await using test = await startTestBus()
    const { bus } = test
    const mine = await refusing(bus, 'mine')
    const other = await refusing(bus, 'other')
    await publishMany(bus, 2)
    await expect.poll(() => bus.deadLetters.count()).toBe(4)
    mine.accepts = true
    other.accepts = true
    const letter = await bus.deadLetters.of('mine', 2)
    const original = await bus.read('audit', 2)
    await bus.deadLetters.replay(letter?.sequence ?? 0)
    await expect
      .poll(() => mine.seen)
      .toEqual([{ sequence: 2, detail: 1, deliveries: 1, storedAt: original?.storedAt.getTime() }])
    expect(other.seen).toEqual([])
    expect(await bus.deadLetters.count()).toBe(3)
    await expect(bus.deadLetters.replay(letter?.sequence ?? 0)).rejects.toThrow('no dead letter')
  })

  it('come again as dead letters when they still can not be handled', async () => {
    await using test = await startTestBus()
    const { bus, operator } = test
    const group = await refusing(bus, 'stubborn')
    await publishMany(bus, 1)
    await expect.poll(() => bus.deadLetters.count()).toBe(1)
    // The input may be long gone from its stream: the letter holds it whole.
    await operator.streams.purge('AUDIT')
    await bus.deadLetters.replay(1)
    await expect
      .poll(() => bus.deadLetters.of('stubborn', 1))
      .toMatchObject({ sequence: 2, value: { sequence: 1, stream: 'AUDIT', stage: 'stubborn' } })
    group.accepts = true
    await bus.deadLetters.replay(2)
    await expect.poll(() => group.seen).toMatchObject([{ sequence: 1, detail: 0 }])
    await expect.poll(async () => (await operator.streams.info('REDO')).state.messages).toBe(0)
  })
})
