import type { HubSubscription } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { isActive, isAwaited, stepOf } from './subscription.js'

const now = new Date('2026-05-04T10:00:00Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString()
const row: HubSubscription = {
  source: 's',
  hub: 'https://hub.example.org/',
  topic: 'https://feeds.example.org/',
  base: 'https://feeds.example.org/',
  token: 't',
  secret: 'x',
  wish: 'subscribe',
  tries: 0,
}
const asked = (minutes: number, tries: number) => ({ askedAt: minutesAgo(minutes), tries })
const verified = (minutes: number, leaseMinutes: number) => ({
  ...asked(minutes, 0),
  verifiedAt: minutesAgo(minutes),
  leaseSeconds: leaseMinutes * 60,
})
const ending = { wish: 'unsubscribe' } as const

describe('stepOf', () => {
  it.each([
    ['never asked', {}, 'ask'],
    ['asked a moment ago', asked(1, 1), 'rest'],
    ['asked and not confirmed in ten minutes', asked(11, 1), 'ask'],
    ['asked again and not confirmed in eleven', asked(11, 2), 'rest'],
    ['asked often, six hours ago', asked(361, 40), 'ask'],
    ['confirmed', verified(60, 100), 'rest'],
    ['confirmed, its lease four fifths over', verified(81, 100), 'ask'],
    ['denied an hour ago', { ...asked(61, 1), deniedAt: minutesAgo(60) }, 'rest'],
    ['denied a day ago', { ...asked(1_441, 1), deniedAt: minutesAgo(1_440) }, 'ask'],
    ['ending, and the hub knows nothing of it', ending, 'forget'],
    ['ending while the hub pushes', { ...ending, ...verified(60, 100), askedAt: undefined }, 'ask'],
    ['ending, asked a moment ago', { ...ending, ...verified(60, 100), ...asked(1, 1) }, 'rest'],
    [
      'ending, asked three times',
      { ...ending, ...verified(600, 1_000), ...asked(50, 3) },
      'forget',
    ],
    ['ending, its lease over', { ...ending, ...verified(200, 100) }, 'forget'],
  ])('%s', (_what, fields, kind) => {
    const { askedAt, ...rest } = { ...row, ...fields }
    const standing = askedAt === undefined ? rest : { ...rest, askedAt }
    expect(stepOf(standing, now).kind).toBe(kind)
  })
})

describe('a subscription', () => {
  it('is active while its lease runs and nobody denied it, also while it is renewed', () => {
    expect(isActive({ ...row, ...verified(60, 100) }, now)).toBe(true)
    expect(isActive({ ...row, ...verified(90, 100), ...asked(1, 1) }, now)).toBe(true)
    expect(isActive({ ...row, ...verified(101, 100) }, now)).toBe(false)
    expect(isActive({ ...row, ...verified(1, 9), deniedAt: minutesAgo(0) }, now)).toBe(false)
    expect(isActive(row, now)).toBe(false)
  })

  it('awaits a confirmation only of what was asked, and not for ever', () => {
    const { topic } = row
    expect(isAwaited({ ...row, ...asked(1, 1) }, 'subscribe', topic, now)).toBe(true)
    expect(isAwaited({ ...row, ...asked(11, 1) }, 'subscribe', topic, now)).toBe(false)
    expect(isAwaited({ ...row, ...asked(1, 1) }, 'unsubscribe', topic, now)).toBe(false)
    expect(isAwaited({ ...row, ...asked(1, 1) }, 'subscribe', `${topic}x`, now)).toBe(false)
    expect(isAwaited(row, 'subscribe', topic, now)).toBe(false)
  })
})
