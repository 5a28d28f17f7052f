import { createHmac } from 'node:crypto'
import { type Catcher, type SeenRequest, startCatcher } from '@newswire/kit'
import { Webhook } from 'standardwebhooks'
import { expect, it, onTestFinished } from 'vitest'
import { startHouse, type TestHouse } from '../fixtures/house.js'

/** What a receiver of these tests leaves out, or does wrong. */
interface Habits {
  readonly verifies?: boolean
  readonly checksTime?: boolean
  readonly dedupes?: boolean
  readonly fences?: boolean
  /** Says in its answer what it did. */
  readonly tells?: boolean
  /** Status by the drill's step, in place of what it would answer. */
  readonly statuses?: Readonly<Record<string, number>>
}

interface Step {
  readonly step: string
  readonly status: number | null
  readonly verdict: string
  readonly advice: string
}

async function setUp(): Promise<{ house: TestHouse; catcher: Catcher; hook: string }> {
  const [house, catcher] = await Promise.all([startHouse(), startCatcher()])
  onTestFinished(async () => {
    await catcher.stop()
    await house[Symbol.asyncDispose]()
  })
  const body = { url: catcher.url, verify: false, secret }
  const created = await house.api('POST', '', { body })
  return { house, catcher, hook: String(created.body['id']) }
}

const secret = `whsec_${Buffer.from('a secret of at least 24 bytes for the drill').toString('base64')}`

/** A receiver of its own making, with its habits. */
function receiver(habits: Habits = {}) {
  const { dedupes = true, fences = true } = habits
  const seen = new Set<string>()
  const versions = new Map<string, number>()
  const say = (newswire: string) => {
    return habits.tells === false ? { status: 204 } : { body: JSON.stringify({ newswire }) }
  }
  return ({ headers, body }: SeenRequest) => {
    const status = habits.statuses?.[String(headers['newswire-drill'])]
    if (status !== undefined) return { status }
    if (!isLetIn(habits, headers, body)) return { status: 401 }
    const id = String(headers['webhook-id'])
    if (dedupes && seen.has(id)) return say('duplicate')
    seen.add(id)
    const { uri } = JSON.parse(body).data
    const version = Number(headers['newswire-version'])
    if (fences && version < (versions.get(uri) ?? 0)) return say('stale')
    versions.set(uri, version)
    return say('processed')
  }
}

function isLetIn(
  { verifies = true, checksTime = true }: Habits,
  headers: SeenRequest['headers'],
  body: string,
): boolean {
  if (verifies) return checksTime ? isSigned(headers, body) : isOurs(headers, body)
  return !(checksTime && isOld(headers))
}

function isSigned(headers: SeenRequest['headers'], body: string): boolean {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>)
    return true
  } catch {
    return false
  }
}

function isOurs(headers: SeenRequest['headers'], body: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const mac = createHmac('sha256', key).update(signed).digest('base64')
  return String(headers['webhook-signature']).split(' ').includes(`v1,${mac}`)
}

function isOld(headers: SeenRequest['headers']): boolean {
  return Math.abs(Date.now() / 1_000 - Number(headers['webhook-timestamp'])) > 300
}

async function drilled({ house, hook }: { house: TestHouse; hook: string }) {
  const answer = await house.api('POST', `/${hook}/drill`)
  expect(answer.status).toBe(200)
  const steps = answer.body['steps'] as Step[]
  const verdicts = Object.fromEntries(steps.map(({ step, verdict }) => [step, verdict]))
  return { steps, verdicts, summary: answer.body['summary'] }
}

const allRight = {
  new: 'right',
  duplicate: 'right',
  correction: 'right',
  'out-of-order': 'right',
  'bad-signature': 'right',
  'old-timestamp': 'right',
  withdrawal: 'right',
}

it('finds nothing to say of a receiver that does it right, and marks all as a test', async () => {
  const { house, catcher, hook } = await setUp()
  catcher.answer(receiver())
  const { verdicts, summary } = await drilled({ house, hook })
  expect(verdicts).toEqual(allRight)
  expect(summary).toEqual({ passed: 7, failed: 0, undecidable: 0 })
  expect(catcher.requests.map(({ headers }) => headers['newswire-drill'])).toEqual(
    Object.keys(allRight),
  )
  expect(catcher.events().map(({ type }) => type)).toEqual([
    'item.published',
    'item.published',
    'item.corrected',
    'item.updated',
    'item.corrected',
    'item.corrected',
    'item.withdrawn',
  ])
  for (const { data } of catcher.events()) {
    expect(data).toMatchObject({ _newswire: { drill: true, id: expect.stringMatching(/^drill:/) } })
  }
  const [first, duplicate] = catcher.requests
  expect(duplicate?.body).toBe(first?.body)
  expect(duplicate?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  for (const { headers } of catcher.requests) {
    expect(Number(headers['newswire-sequence'])).toBeLessThan(0)
  }
})

it('changes nothing in ledger, sequences and lanes', async () => {
  const { house, catcher, hook } = await setUp()
  await house.work()
  await house.publish({ id: 'na-1' })
  await expect.poll(() => catcher.requests.length).toBe(1)
  await drilled({ house, hook })
  await house.publish({ id: 'na-2' })
  await expect.poll(() => catcher.requests.length).toBe(9)
  const { headers } = catcher.requests.at(-1) ?? {}
  expect(headers).toMatchObject({ 'newswire-sequence': '2' })
  expect(headers).not.toHaveProperty('newswire-previous')
  await expect.poll(async () => (await house.ledger()).length).toBe(2)
})

it.each<[string, Habits, Partial<typeof allRight>]>([
  [
    'does not say what it did',
    { tells: false },
    { duplicate: 'undecidable', 'out-of-order': 'undecidable' },
  ],
  ['verifies nothing', { verifies: false }, { 'bad-signature': 'wrong' }],
  ['lets old calls in', { checksTime: false }, { 'old-timestamp': 'wrong' }],
  ['does the same call twice', { dedupes: false }, { duplicate: 'wrong' }],
  ['lets an old version overtake', { fences: false }, { 'out-of-order': 'wrong' }],
  ['refuses a duplicate', { statuses: { duplicate: 409 } }, { duplicate: 'wrong' }],
  ['refuses an old version', { statuses: { 'out-of-order': 422 } }, { 'out-of-order': 'wrong' }],
  [
    'refuses corrections',
    { statuses: { correction: 400 } },
    { correction: 'wrong', 'out-of-order': 'undecidable' },
  ],
  ['refuses withdrawals', { statuses: { withdrawal: 404 } }, { withdrawal: 'wrong' }],
  ['fails on a forgery', { statuses: { 'bad-signature': 500 } }, { 'bad-signature': 'wrong' }],
  ['leaves for a forgery', { statuses: { 'bad-signature': 410 } }, { 'bad-signature': 'wrong' }],
  ['redirects', { statuses: { new: 301 } }, { new: 'wrong', duplicate: 'undecidable' }],
  [
    'limits its rate',
    { statuses: { correction: 429 } },
    { correction: 'undecidable', 'out-of-order': 'undecidable' },
  ],
])('finds a receiver that %s', async (_, habits, expected) => {
  const { house, catcher, hook } = await setUp()
  catcher.answer(receiver(habits))
  const { verdicts, steps } = await drilled({ house, hook })
  for (const [step, verdict] of Object.entries(expected)) {
    expect(verdicts, step).toMatchObject({ [step]: verdict })
  }
  // What is right, and all that does not hang on the fault, stays right.
  if (!('new' in expected)) expect(verdicts).toEqual({ ...allRight, ...expected })
  for (const { advice } of steps) expect(advice).toMatch(/^[A-Z].*\.$/)
})

it('proves nothing by refusing everything', async () => {
  const { house, catcher, hook } = await setUp()
  catcher.answer(() => ({ status: 401 }))
  const { verdicts } = await drilled({ house, hook })
  expect(verdicts).toMatchObject({
    new: 'wrong',
    'bad-signature': 'undecidable',
    'old-timestamp': 'undecidable',
    withdrawal: 'wrong',
  })
})
