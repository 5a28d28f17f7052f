import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Arrival } from './bus.js'
import { startTestBus, type TestBus } from './fixtures/test-bus.js'

let test: TestBus
beforeAll(async () => {
  test = await startTestBus()
})
afterAll(() => test[Symbol.asyncDispose]())

const change = (subject: string) => ({
  ...{ actor: 'key', action: 'key.create', subject, detail: null },
  at: '2026-10-05T10:00:00.000Z',
})
const tell = (subject: string) =>
  test.bus.publish('audit', change(subject), { actor: 'key' }, { id: subject })

it('facts are read newest first, page by page, over gaps', async () => {
  for (let number = 1; number <= 70; number += 1) await tell(String(number))
  await test.operator.streams.deleteMessage('AUDIT', 69)
  const subjects = async (before?: number) => {
    const from = before === undefined ? {} : { before }
    const page = await test.bus.newest('audit', { limit: 3, ...from })
    return page.map(({ value }) => value.subject)
  }
  expect(await subjects()).toEqual(['70', '68', '67'])
  expect(await subjects(67)).toEqual(['66', '65', '64'])
  expect(await subjects(1)).toEqual([])
  expect(await test.bus.newest('audit', { limit: 200 })).toHaveLength(69)
  const stored = await test.bus.read('audit', 70)
  expect(await test.bus.storedAfter('audit', 68)).toEqual(stored?.storedAt)
  expect(await test.bus.storedAfter('audit', 70)).toBeUndefined()
})

it('arrivals are told once, in order, through a lost connection', async () => {
  const seen: Arrival[] = []
  let isCurrent = false
  const running = await test.bus.arrivals({
    fact: 'audit',
    after: 67,
    onArrival: (arrival) => seen.push(arrival),
    onCaughtUp: () => {
      isCurrent = true
    },
  })
  await expect.poll(() => isCurrent).toBe(true)
  expect(seen.map(({ sequence }) => sequence)).toEqual([68, 70])
  await test.server.restart()
  await tell('71')
  await expect.poll(() => seen.map(({ sequence }) => sequence)).toEqual([68, 70, 71])
  expect(seen[2]?.subject).toBe('audit.key')
  await running.stop()
})
