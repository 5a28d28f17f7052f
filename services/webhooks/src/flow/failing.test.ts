import { type Catcher, startCatcher } from '@newswire/kit'
import type { Attempt } from '@newswire/model'
import { Webhook } from 'standardwebhooks'
import { expect, it, onTestFinished } from 'vitest'
import { startHouse, type TestHouse } from '../fixtures/house.js'
import { webhookRowSchema } from '../registry/webhook-row.js'
import { type Failing, failingAfter } from './failing.js'

const hourMs = 60 * 60 * 1_000
const dayMs = 24 * hourMs

async function setUp(): Promise<{ house: TestHouse; catcher: Catcher }> {
  const [house, catcher] = await Promise.all([startHouse(), startCatcher()])
  onTestFinished(async () => {
    await catcher.stop()
    await house[Symbol.asyncDispose]()
  })
  return { house, catcher }
}

/** A clock that stands still until it is set ahead. */
function virtualClock() {
  let ms = Date.now()
  return {
    now: () => new Date(ms),
    advance: (byMs: number) => {
      ms += byMs
    },
  }
}

async function register(house: TestHouse, catcher: Catcher) {
  const body = { url: catcher.url, filter: {}, verify: false }
  const answer = await house.api('POST', '', { body })
  expect(answer.status).toBe(201)
  return answer.body as { id: string; secret: string }
}

const types = (catcher: Catcher) => catcher.events().map(({ type }) => type)
const notices = (catcher: Catcher) =>
  catcher.events().filter(({ type }) => type === 'webhook.disabled')

const attempts = async (house: TestHouse) => (await house.ledger()).length

/** Lets the clock run in steps, each once an attempt of the step before is in the ledger. */
async function failFor(
  { clock, house }: { clock: ReturnType<typeof virtualClock>; house: TestHouse },
  steps: number,
): Promise<void> {
  for (let each = 0; each < steps; each += 1) {
    const seen = await attempts(house)
    clock.advance(13 * hourMs)
    await expect.poll(() => attempts(house)).toBeGreaterThan(seen)
  }
}

it('disables what has failed for five days, and tells its endpoint once, over a restart', async () => {
  const { house, catcher } = await setUp()
  const clock = virtualClock()
  const schedule = { stepsMs: [], thenEveryMs: 12 * hourMs, giveUpMs: 30 * dayMs, jitter: 0 }
  catcher.answer(() => ({ status: 500 }))
  const first = await house.work({ clock, schedule })
  const { id, secret } = await register(house, catcher)
  const began = clock.now()
  await house.publish({ id: 'na-1' })
  await house.publish({ id: 'na-2' })
  await expect.poll(() => attempts(house)).toBe(2)
  await failFor({ clock, house }, 5)
  expect((await house.api('GET', `/${id}`)).body).toMatchObject({
    status: 'active',
    disabled: null,
  })
  await first.stop()
  await house.work({ clock, schedule })
  await failFor({ clock, house }, 3)
  clock.advance(2 * dayMs)
  await expect
    .poll(async () => (await house.api('GET', `/${id}`)).body)
    .toMatchObject({
      status: 'disabled',
      reason: expect.stringContaining(began.toISOString()),
      disabled: {
        because: 'failing',
        since: began.toISOString(),
        missed: 2,
        told: { answer: 'HTTP 500' },
      },
    })
  expect(types(catcher).filter((type) => type === 'webhook.disabled')).toHaveLength(1)
  const { headers, body } = notices(catcher)[0]?.request ?? {}
  expect(JSON.parse(body ?? '')).toMatchObject({
    data: { webhook: id, since: began.toISOString(), missed: 2 },
  })
  // Its clock is ahead of the library's.
  const signedAt = new Date(1_000 * Number(headers?.['webhook-timestamp']))
  const signature = new Webhook(secret).sign(String(headers?.['webhook-id']), signedAt, body ?? '')
  expect(headers?.['webhook-signature']).toBe(signature)
  // Nothing is lost: each delivery stands in the ledger with its last word.
  await expect
    .poll(async () => (await house.ledger()).filter(({ result }) => result === 'failed').length)
    .toBe(2)
}, 40_000)

it('gives five days anew to what has answered, or was changed by its owner', async () => {
  const { house, catcher } = await setUp()
  const clock = virtualClock()
  const schedule = { stepsMs: [], thenEveryMs: 12 * hourMs, giveUpMs: 90 * dayMs, jitter: 0 }
  catcher.answer(() => ({ status: 500 }))
  await house.work({ clock, schedule })
  const { id } = await register(house, catcher)
  await house.publish()
  await expect.poll(() => attempts(house)).toBe(1)
  await failFor({ clock, house }, 8)
  // As a PATCH does it, whose clock is the house's.
  const endpoints = await house.bus.register('endpoints', webhookRowSchema)
  const row = await endpoints.get(id)
  const updatedAt = clock.now().toISOString()
  if (row) await endpoints.update(id, { ...row.value, updatedAt }, row.revision)
  await failFor({ clock, house }, 2)
  expect((await house.api('GET', `/${id}`)).body).toMatchObject({ status: 'active' })
  catcher.answer(() => undefined)
  clock.advance(13 * hourMs)
  await expect.poll(async () => (await house.ledger()).at(-1)?.result).toBe('delivered')
  expect(notices(catcher)).toEqual([])
}, 40_000)

it('disables at once what says that it is gone, and calls it no more', async () => {
  const { house, catcher } = await setUp()
  await house.work()
  const { id } = await register(house, catcher)
  catcher.answer(() => ({ status: 410 }))
  await house.publish()
  await expect
    .poll(async () => (await house.api('GET', `/${id}`)).body)
    .toMatchObject({ status: 'disabled', disabled: { because: 'gone' } })
  expect(catcher.requests).toHaveLength(1)
})

const attempt = (own: Partial<Attempt>): Attempt => ({
  ...{ delivery: 'msg', endpoint: 'wh', item: 'na-1', revision: '1.1', sequence: 1, attempt: 1 },
  ...{ result: 'retry', startedAt: '2024-05-01T00:00:00.000Z' },
  ...own,
})
const { startedAt: _, ...never } = attempt({ result: 'failed' })

it('counts from the first failure after the last success, whatever was never called', () => {
  const fold = (all: Attempt[]) => all.reduce<Failing | undefined>(failingAfter, undefined)
  const since = Date.parse('2024-05-01T00:00:00.000Z')
  const later = attempt({ startedAt: '2024-05-03T00:00:00.000Z' })
  expect(fold([attempt({}), later])).toEqual({ since, failures: 2, lost: 0 })
  expect(fold([attempt({}), attempt({ result: 'delivered' })])).toBeUndefined()
  expect(fold([attempt({}), attempt({ result: 'superseded' })])).toMatchObject({ failures: 1 })
  expect(fold([never])).toBeUndefined()
  expect(fold([attempt({}), never])).toEqual({ since, failures: 1, lost: 1 })
  expect(fold([attempt({ result: 'failed' }), later])).toEqual({ since, failures: 2, lost: 1 })
})
