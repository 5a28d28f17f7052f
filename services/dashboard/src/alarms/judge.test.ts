import { expect, it } from 'vitest'
import type { Figures } from '../overview/shapes.js'
import { type Judged, judge } from './judge.js'
import { StalledGroups } from './stalled-groups.js'

const now = new Date('2026-10-05T10:00:00.000Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

const well: Figures = {
  at: now.toISOString(),
  stages: [],
  deliveries: { perMinute: 0, successRate: null, latencyMs: null, open: 0, failing: [] },
  sources: [],
  queues: [],
  ...{ deadLetters: 0, embargoed: 0, openRecalls: 0, matters: 0, moreMatters: false },
  streams: [],
  redis: { usedBytes: 10, maxBytes: 0 },
  disk: { freeBytes: 50, totalBytes: 100 },
}

function kindsOf(overview: Partial<Figures>, own: Partial<Judged> = {}): string[] {
  const quiet = { recalls: [], oldestOpenAt: undefined, stalled: [], isWireSilent: false }
  const judged = { ...quiet, wireLastAt: undefined, now, ...own }
  const found = judge({ ...judged, overview: { ...well, ...overview } })
  return found.map(({ kind, severity, subject }) => `${kind} ${severity} ${subject}`)
}

it('a house that is well has no alarm', () => {
  expect(kindsOf({})).toEqual([])
})

it('disk, streams and Redis are alarms before they are full', () => {
  expect(kindsOf({ disk: { freeBytes: 9, totalBytes: 100 } })).toEqual(['diskFull warning disk'])
  expect(kindsOf({ disk: { freeBytes: 4, totalBytes: 100 } })).toEqual(['diskFull critical disk'])
  expect(kindsOf({ disk: null })).toEqual([])
  const full = { messages: 1, bytes: 95, bytesMax: 100 }
  const streams = [
    { stream: 'RAW', ...full },
    { stream: 'DELIVERIES', ...full },
  ]
  expect(kindsOf({ streams })).toEqual(['diskFull critical RAW'])
  expect(kindsOf({ redis: { usedBytes: 90, maxBytes: 100 } })).toEqual(['redisFull warning redis'])
})

it('what is silent, old or stalled is an alarm after its time', () => {
  const silent = { id: 's', name: 'Wire', wire: 'na', kind: 'rss', state: 'silent' } as const
  const source = { ...silent, lastItemAt: null, nextPollAt: null, usualPerHour: 2, says: '' }
  const because = 'silent' as const
  expect(kindsOf({ sources: [{ ...source, because }] })).toEqual(['sourceSilent warning s'])
  expect(kindsOf({}, { isWireSilent: true })).toEqual(['noData critical wire'])
  expect(kindsOf({}, { oldestOpenAt: ago(29) })).toEqual([])
  expect(kindsOf({}, { oldestOpenAt: ago(31) })).toEqual(['deliveryOld warning deliveries'])
  const stalled = [{ group: 'tagger', since: ago(3), backlog: 4 }]
  expect(kindsOf({}, { stalled })).toEqual(['consumerStalled critical tagger'])
  expect(kindsOf({ deadLetters: 100 })).toEqual(['deadLetters critical dead letters'])
})

it('a group is stalled from when its backlog no longer gets less', () => {
  const groups = new StalledGroups()
  const group = (pending: number, acknowledged: number) => [
    {
      stream: 'RAW' as const,
      group: 'normalizer',
      pending,
      acknowledged,
      inFlight: 0,
      redelivered: 0,
    },
  ]
  const since = (pending: number, acknowledged: number, at: Date) =>
    groups.look(group(pending, acknowledged), at)[0]?.since
  expect(since(5, 1, ago(9))).toEqual(ago(9))
  expect(since(7, 1, ago(8))).toEqual(ago(9))
  expect(since(6, 1, ago(7))).toEqual(ago(7))
  expect(since(8, 2, ago(6))).toEqual(ago(6))
  expect(since(0, 2, ago(5))).toBeUndefined()
})
