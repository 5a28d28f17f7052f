import { type Catcher, startCatcher } from '@newswire/kit'
import { expect, it, onTestFinished } from 'vitest'
import { readPlans, startHouse, type TestHouse } from '../fixtures/house.js'
import { quickly } from '../fixtures/quickly.js'
import type { WebhookLimits } from '../limits.js'
import { ReplayBoard } from './replay-board.js'
import { replayRowSchema } from './replay-row.js'

const lanesMax = 4

interface Missed {
  readonly house: TestHouse
  readonly catcher: Catcher
  readonly hook: string
}

/** A webhook that was disabled, has missed so many items, and is active again. */
async function missedBy(count: number, own: Partial<WebhookLimits> = {}): Promise<Missed> {
  const [house, catcher] = await Promise.all([startHouse(), startCatcher()])
  onTestFinished(async () => {
    await catcher.stop()
    await house[Symbol.asyncDispose]()
  })
  const few = { replayLanesMax: lanesMax, replayPauseMs: 1, replaysLoadedMax: 1 }
  const limits = { ...quickly.limits, ...few, ...own }
  await house.work({ limits })
  const created = await house.api('POST', '', { body: { url: catcher.url, verify: false } })
  const hook = String(created.body['id'])
  const status = async () => (await house.api('GET', `/${hook}`)).body['status']
  catcher.answer(() => ({ status: 410 }))
  await house.publish({ id: 'na-gone' })
  await expect.poll(status).toBe('disabled')
  for (let item = 1; item < count; item += 1) await house.publish({ id: `na-${item}` })
  const failed = async () => (await house.ledger()).filter(({ result }) => result === 'failed')
  await expect.poll(async () => (await failed()).length, { timeout: 30_000 }).toBe(count)
  catcher.answer(() => undefined)
  await house.api('PATCH', `/${hook}`, { body: { status: 'active' } })
  await expect.poll(status).toBe('active')
  return { house, catcher, hook }
}

it('plans nothing more once it is cancelled, and makes room for another wish', async () => {
  const { house, catcher, hook } = await missedBy(40)
  let answer: () => void = () => undefined
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  catcher.answer(async () => void (await answered))
  const plansBefore = (await readPlans(house.bus)).length
  const asked = await house.api('POST', `/${hook}/replay`, { body: {} })
  const path = `/${hook}/replays/${asked.body['id']}`
  // It waits for the lanes that it has opened.
  await expect.poll(async () => (await house.api('GET', path)).body['planned']).toBe(lanesMax)
  const foreign = await house.api('DELETE', path, { key: house.keys.other })
  expect(foreign.status).toBe(404)
  const cancelled = await house.api('DELETE', path)
  expect(cancelled).toMatchObject({
    status: 200,
    body: { state: 'stopped', reason: 'It was cancelled.', count: 40, planned: lanesMax },
  })
  answer()
  const delivered = async () =>
    (await house.ledger()).filter(({ result }) => result === 'delivered')
  await expect.poll(async () => (await delivered()).length).toBe(lanesMax)
  const next = await house.api('POST', `/${hook}/replay`, { body: { sequences: { upTo: 10 } } })
  expect(next.status).toBe(202)
  await expect
    .poll(async () => (await house.api('GET', `/${hook}/replays/${next.body['id']}`)).body)
    .toMatchObject({ state: 'done', count: 6, delivered: 6 })
  // Of the first wish nothing but what was planned: four, and the six of the next.
  const plans = (await readPlans(house.bus)).slice(plansBefore)
  expect(plans.map(({ replay }) => replay)).toEqual([
    ...Array(lanesMax).fill(asked.body['id']),
    ...Array(6).fill(next.body['id']),
  ])
  const told = await house.api('GET', path)
  expect(told.body).toMatchObject({ state: 'stopped', planned: lanesMax })
  expect((await house.api('DELETE', path)).body).toEqual(told.body)
  const done = await house.api('DELETE', `/${hook}/replays/${next.body['id']}`)
  expect(done).toMatchObject({ status: 200, body: { state: 'done', reason: null } })
  // Its worker may be about to write how far it was.
  const board = new ReplayBoard(await house.bus.register('replays', replayRowSchema))
  await board.tell(hook, String(asked.body['id']), { state: 'sending', planned: 9 })
  expect((await house.api('GET', path)).body).toEqual(told.body)
})

it('breaks off in the middle of a portion', async () => {
  const many = { replayPortionMax: 1_000, replayLanesMax: 1_000 }
  const { house, hook } = await missedBy(300, many)
  const asked = await house.api('POST', `/${hook}/replay`, { body: {} })
  const id = String(asked.body['id'])
  const ofIt = async () => (await readPlans(house.bus)).filter(({ replay }) => replay === id).length
  await expect.poll(ofIt, { interval: 5 }).toBeGreaterThan(0)
  expect((await house.api('DELETE', `/${hook}/replays/${id}`)).status).toBe(200)
  const next = await house.api('POST', `/${hook}/replay`, { body: { sequences: { upTo: 1 } } })
  await expect
    .poll(async () => (await house.api('GET', `/${hook}/replays/${next.body['id']}`)).body)
    .toMatchObject({ state: 'done' })
  expect(await ofIt()).toBeLessThan(300)
}, 60_000)
