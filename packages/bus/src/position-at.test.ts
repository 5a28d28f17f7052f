import { expect, it } from 'vitest'
import { audit, publishMany, startTestBus } from './fixtures/test-bus.js'

it('finds where a stream stood at an instant, also beside gaps', async () => {
  await using test = await startTestBus()
  const { bus } = test
  const somewhere = new Date()
  expect(await bus.positionAt('audit', somewhere)).toBe(0)
  await publishMany(bus, 20)
  const times: Date[] = []
  for await (const { storedAt } of bus.history('audit', { actor: 'somebody' })) times.push(storedAt)
  // What is stored at the instant itself comes behind the position.
  const stoodBefore = (instant: Date) => times.filter((time) => time < instant).length
  for (const instant of [...times, somewhere, new Date(Date.now() + 1_000)]) {
    expect(await bus.positionAt('audit', instant)).toBe(stoodBefore(instant))
  }
  for (const gone of [1, 2, 9, 10, 11, 20]) await bus.erase('audit', gone)
  const [middle] = times.slice(14)
  const position = await bus.positionAt('audit', middle ?? somewhere)
  expect(await given(position)).toEqual(
    times.flatMap((time, at) => {
      const isGone = [1, 2, 9, 10, 11, 20].includes(at + 1)
      return isGone || time < (middle ?? somewhere) ? [] : [at]
    }),
  )

  async function given(after: number): Promise<unknown[]> {
    const found: unknown[] = []
    await new Promise<void>((resolve, reject) => {
      const options = { fact: 'audit', after, onCaughtUp: resolve, onEnd: reject } as const
      const handle = async (facts: readonly { value: { detail?: unknown } }[]) =>
        void found.push(...facts.map(({ value }) => value.detail))
      bus.replay({ ...options, handle }).catch(reject)
    })
    return found
  }
})

it('gives headers back, without those that JetStream itself reads', async () => {
  await using test = await startTestBus()
  const keys = { actor: 'somebody' }
  const headers = { 'Newswire-Version': '1' }
  await test.bus.publish('audit', audit('with'), keys, { id: 'with', headers })
  expect(await test.bus.latest('audit', keys)).toMatchObject({
    headers: { 'newswire-version': '1' },
  })
  await test.bus.publish('audit', audit('without'), keys, { id: 'without' })
  expect(await test.bus.latest('audit', keys)).not.toHaveProperty('headers')
})
