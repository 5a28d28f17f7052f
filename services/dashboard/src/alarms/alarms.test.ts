import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startCatcher } from '@newswire/kit'
import { Webhook } from 'standardwebhooks'
import { expect, it } from 'vitest'
import { openWindow, type TestWindow } from '../fixtures/window.js'
import type { Alarm } from './alarm.js'
import { alarmSecret } from './operator-webhook.js'

interface Alarms {
  readonly items: readonly Alarm[]
  readonly wellSince: string | null
}
interface Letters {
  readonly deadLetters: readonly object[]
}
const secret = alarmSecret('s'.repeat(32))

function bury(window: TestWindow, sequence: number) {
  const letter = {
    ...{ stage: 'normalizer', fact: 'item.raw', stream: 'RAW', sequence, subject: 'item.raw.push' },
    ...{ input: { body: 'Zebra crossing' }, deliveries: 1, at: '2026-10-05T10:00:00.000Z' },
    error: { name: 'PermanentError', message: 'This format cannot be read.' },
  }
  return window.bus.publish('dead', letter, letter, { id: `dead-${sequence}` })
}

it('an alarm is told once when it begins and once when it ends, signed, by two processes', {
  timeout: 90_000,
}, async () => {
  await using catcher = await startCatcher()
  let refusals = 1
  catcher.answer(() => (refusals-- > 0 ? { status: 503 } : undefined))
  const alarmWebhook = { url: catcher.url, secret }
  await using window = await openWindow({ alarmWebhook })
  await using beside = await openWindow({ alarmWebhook, beside: window })
  const { sequence } = await bury(window, 1)
  await expect.poll(() => catcher.requests.length, { timeout: 30_000 }).toBe(2)
  const [alarm] = (await beside.json<Alarms>('/api/v1/alarms')).items
  expect(alarm).toMatchObject({ kind: 'deadLetters', severity: 'warning' })
  expect(alarm?.says).toBe('1 dead letter waits for a look: replay or discard them.')
  expect(alarm?.cause).toEqual({ code: 'deadLetters', count: 1 })
  const metrics = await (await window.ask('/metrics')).text()
  expect(metrics).toContain('newswire_alarm{kind="deadLetters",subject="dead letters",')
  // Every figure that the rules for Prometheus ask for is one of ours.
  const rules = join(import.meta.dirname, '../../../../infra/prometheus/newswire.rules.yml')
  const named = readFileSync(rules, 'utf8').match(/newswire_[a-z_]+/g) ?? []
  const known = new Set(metrics.match(/(?<=^# TYPE )newswire_\w+/gm))
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((name) => !known.has(name))).toEqual([])

  const found = async () => (await window.json<Letters>('/api/v1/search?q=zebra')).deadLetters
  expect(await found()).toMatchObject([{ id: String(sequence), stage: 'normalizer' }])
  await window.bus.deadLetters.discard(sequence)
  expect(await found()).toEqual([])
  await expect.poll(() => catcher.requests.length, { timeout: 60_000 }).toBe(3)
  const standing = async () => (await window.json<Alarms>('/api/v1/alarms')).items
  await expect.poll(standing).toEqual([])

  const verifier = new Webhook(secret)
  const told = catcher.requests.map(({ body, headers }) => {
    const event = verifier.verify(body, headers as Record<string, string>) as { type: string }
    return `${event.type} ${headers['webhook-id']}`
  })
  expect(told[0]).toBe(told[1])
  expect(told.map((line) => line.split(' ')[0])).toEqual([
    ...['alarm.started', 'alarm.started', 'alarm.ended'],
  ])
})

it('no data is an alarm: what cannot be read is told where Redis is gone', {
  timeout: 60_000,
}, async () => {
  await using catcher = await startCatcher()
  const alarmWebhook = { url: catcher.url, secret }
  await using window = await openWindow({ alarmWebhook })
  await window.redis.kill()
  await expect.poll(() => catcher.requests.length, { timeout: 45_000 }).toBeGreaterThan(0)
  expect(JSON.parse(catcher.requests[0]?.body ?? '')).toMatchObject({
    type: 'alarm.started',
    data: { kind: 'noData', severity: 'critical', subject: 'figures' },
  })
  await window.redis.restart()
})

it('an alarm that begins again while its end is told is told again', {
  timeout: 60_000,
}, async () => {
  await using catcher = await startCatcher()
  const types = () =>
    catcher.requests.map(({ body }) => (JSON.parse(body) as { type: string }).type)
  let take = () => {}
  const isTaken = new Promise<undefined>((resolve) => {
    take = () => resolve(undefined)
  })
  catcher.answer(({ body }) => (body.includes('alarm.ended') ? isTaken : undefined))
  await using window = await openWindow({ alarmWebhook: { url: catcher.url, secret } })
  const standing = async () => (await window.json<Alarms>('/api/v1/alarms')).items.length
  const { sequence } = await bury(window, 1)
  await expect.poll(types, { timeout: 20_000 }).toEqual(['alarm.started'])
  await window.ask(`/api/v1/dead-letters/${sequence}`, { method: 'DELETE' })
  await expect.poll(types, { timeout: 20_000 }).toEqual(['alarm.started', 'alarm.ended'])
  await bury(window, 2)
  await expect.poll(standing, { timeout: 8_000 }).toBe(1)
  take()
  const all = ['alarm.started', 'alarm.ended', 'alarm.started']
  await expect.poll(types, { timeout: 20_000 }).toEqual(all)
  expect(new Set(catcher.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(3)
})

/** Well below the time between two looks that nobody asked for. */
const atOnceMs = 3_000

it('dead letters are an alarm from when the first comes until the last is discarded', {
  timeout: 60_000,
}, async () => {
  await using window = await openWindow()
  const alarms = async () => await window.json<Alarms>('/api/v1/alarms')
  const kinds = async () => (await alarms()).items.map(({ kind }) => kind)
  // By chance a look may be due; not each time.
  for (const round of [1, 2, 3, 4]) {
    const { sequence } = await bury(window, round)
    await expect.poll(kinds, { timeout: atOnceMs }).toEqual(['deadLetters'])
    const letter = `/api/v1/dead-letters/${sequence}`
    expect((await window.ask(letter, { method: 'DELETE' })).status).toBe(200)
    await expect.poll(kinds, { timeout: atOnceMs }).toEqual([])
  }
})

it('all is well since the last alarm ended, beyond a restart', { timeout: 60_000 }, async () => {
  await using window = await openWindow()
  const alarms = async () => await window.json<Alarms>('/api/v1/alarms')
  const wellSince = async () => (await alarms()).wellSince
  await expect.poll(wellSince).not.toBe(null)
  const first = await wellSince()
  const { sequence } = await bury(window, 1)
  await expect.poll(wellSince).toBe(null)
  await window.ask(`/api/v1/dead-letters/${sequence}`, { method: 'DELETE' })
  await expect.poll(wellSince).not.toBe(null)
  const second = await wellSince()
  expect(Date.parse(second ?? '')).toBeGreaterThan(Date.parse(first ?? ''))
  await using later = await openWindow({ beside: window })
  await expect.poll(async () => (await later.json<Alarms>('/api/v1/alarms')).wellSince).toBe(second)
  const overview = await later.json<Alarms>('/api/v1/overview')
  expect(overview.wellSince).toBe(second)
})
