import { startCatcher } from '@newswire/kit'
import { expect, it, onTestFinished } from 'vitest'
import { startHouse } from '../fixtures/house.js'
import { quickly } from '../fixtures/quickly.js'
import { webhookLimits } from '../limits.js'

// A webhook moves to another address while the one before fails or is gone.

/** A pause that no test waits for. */
const longMs = 60 * 60_000
const patient = {
  ...quickly.schedule,
  stepsMs: [longMs],
  thenEveryMs: longMs,
  giveUpMs: 9 * longMs,
}

async function setUp() {
  const [house, before, after] = await Promise.all([startHouse(), startCatcher(), startCatcher()])
  onTestFinished(async () => {
    await Promise.all([before.stop(), after.stop()])
    await house[Symbol.asyncDispose]()
  })
  await house.work({ schedule: patient })
  const { body } = await house.api('POST', '', { body: { url: before.url, verify: false } })
  const path = `/${String(body['id'])}`
  const shown = async () => (await house.api('GET', path)).body
  async function move() {
    expect((await house.api('PATCH', path, { body: { url: after.url } })).status).toBe(200)
    await expect.poll(shown).toMatchObject({ status: 'active', url: after.url })
  }
  const itemsAt = (catcher: typeof after) => catcher.events().map(({ data }) => data['uri'])
  return { house, before, after, shown, move, itemsAt }
}

it.each([
  ['its open circuit', { status: 500 }, webhookLimits.circuitFailuresMax],
  ['a pause that it asked for', { status: 503, headers: { 'retry-after': '7200' } }, 1],
])(
  '%s does not hold up the address that comes next',
  async (_what, reply, calls) => {
    const { house, before, after, move, itemsAt } = await setUp()
    before.answer(() => reply)
    const waiting = Array.from({ length: calls + 1 }, (_, at) => `na-${at}`)
    for (const id of waiting) await house.publish({ id })
    await expect.poll(async () => (await house.ledger()).length).toBe(calls)
    await move()
    await house.publish({ id: 'na-fresh' })
    const all = [...waiting, 'na-fresh'].map((id) => `urn:newswire:${id}`)
    await expect.poll(() => itemsAt(after).sort()).toEqual(all.sort())
  },
  60_000,
)

it('what the address before still answers does not disable the next', async () => {
  const { house, before, after, shown, move, itemsAt } = await setUp()
  let answer: () => void = () => undefined
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  before.answer(async () => {
    await answered
    return { status: 410 }
  })
  await house.publish({ id: 'na-1' })
  await expect.poll(() => before.requests).toHaveLength(1)
  await move()
  answer()
  await expect.poll(() => itemsAt(after)).toEqual(['urn:newswire:na-1'])
  await expect.poll(async () => (await house.ledger()).at(-1)?.result).toBe('delivered')
  expect(await shown()).toMatchObject({ status: 'active', disabled: null })
}, 60_000)
