import { expect, it } from 'vitest'
import { news, useRoom } from '../fixtures/room.js'
import { barrierLimits, createBarrier } from './barrier.js'

const { bus, store, push, settled } = useRoom()

/** A group of its own, whose handler does as it is told. */
async function groupOf(group: string, handle: (sequence: number) => Promise<void>) {
  const subscription = await bus().subscribe({
    fact: 'item.raw',
    group,
    concurrency: 4,
    handle: ({ sequence }) => handle(sequence),
  })
  return { subscription, barrier: createBarrier({ bus: bus(), store: store(), group }) }
}

it('opens when everything before is handled and in the read model', async () => {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const item = news()
  const first = await push(item)
  const { subscription, barrier } = await groupOf('opens', (sequence) =>
    sequence === first ? opened : Promise.resolve(),
  )
  const passed: string[] = []
  const waiting = barrier.before(first + 1).then((isComplete) => passed.push(`${isComplete}`))
  await settled(item, first)
  await expect.poll(async () => (await store().positions()).items).toBeGreaterThan(0)
  expect(passed).toEqual([])
  open()
  await waiting
  expect(passed).toEqual(['true'])
  await subscription.stop()
})

it('waits once, and not for ever, behind a raw item that fails and fails', async () => {
  const stuck = await push(news())
  const { subscription, barrier } = await groupOf('stuck', (sequence) =>
    sequence === stuck ? Promise.reject(new Error('not yet')) : Promise.resolve(),
  )
  const groups = await bus().groups()
  expect(groups.some(({ group }) => group === 'stuck')).toBe(true)
  // What lies far behind is reached by nobody here: each of these waits has to end by itself.
  const far = stuck + 1_000
  const startedAt = performance.now()
  expect(await barrier.before(far)).toBe(true)
  const firstMs = performance.now() - startedAt
  expect(firstMs).toBeGreaterThanOrEqual(barrierLimits.waitMsMax)
  await Promise.all(Array.from({ length: 40 }, (_, n) => barrier.before(far + n)))
  expect(performance.now() - startedAt).toBeLessThan(firstMs + barrierLimits.waitMsMax)
  await subscription.stop()
})

it('lets notices of one process that only linger stand side by side', async () => {
  const { subscription, barrier } = await groupOf('aside', () => Promise.resolve())
  const last = await push(news())
  await expect
    .poll(async () => (await bus().groups()).find(({ group }) => group === 'aside')?.acknowledged)
    .toBe(last)
  const leave = [1, 2].map((behind) => barrier.enter(last + behind))
  const lingering = barrier.linger(last + 1, 0, async () => undefined)
  const startedAt = performance.now()
  expect(await barrier.before(last + 2)).toBe(true)
  expect(performance.now() - startedAt).toBeLessThan(barrierLimits.waitMsMax)
  for (const end of leave) end()
  expect(await lingering).toBeUndefined()
  await subscription.stop()
})
