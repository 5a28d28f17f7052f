import { describe, expect, it } from 'vitest'
import { afterPoll, emptyPosition, type PollOutcome, type Position } from './position.js'

const at = new Date('2026-05-04T10:00:00Z')
const source = { id: 's', url: 'https://example.org/feed', intervalSeconds: 600 }
const after = (position: Position, outcome: PollOutcome) =>
  afterPoll(position, outcome, { source, at, isPushed: false })
const read = (fields: Partial<PollOutcome & { kind: 'read' }> = {}): PollOutcome => ({
  kind: 'read',
  answered: {},
  validators: { etag: '"1"' },
  reading: { dates: [], entries: 1, fresh: 1 },
  published: 1,
  seenCount: 1,
  ...fields,
})
const empty = emptyPosition('s')
const failed: PollOutcome = { kind: 'failed', error: 'No.' }
const unchanged: PollOutcome = { kind: 'not-modified', answered: {} }

describe('afterPoll', () => {
  it('counts what came and drops validators that the answer no longer has', () => {
    const first = after(
      { ...empty, lastModified: 'old', lastError: 'x', lastNote: 'y', failuresInRow: 2 },
      read(),
    )
    expect(first).toMatchObject({
      seenCount: 1,
      etag: '"1"',
      polls: 1,
      emptyPolls: 0,
      entries: 1,
      failuresInRow: 0,
      lastItemAt: at.toISOString(),
    })
    for (const gone of ['lastModified', 'lastError', 'lastNote']) {
      expect(first).not.toHaveProperty(gone)
    }
  })

  it('says when the next poll is, and why', () => {
    const { nextPollAt = '', everyMs = 0, because } = after(empty, read())
    expect(Date.parse(nextPollAt) - at.getTime()).toBe(everyMs)
    expect(everyMs).toBeGreaterThan(500_000)
    expect(because).toContain('intervalSeconds')
  })

  it('keeps the old validators of a feed that breaks off', () => {
    const { validators: _none, ...cut } = read() as PollOutcome & { kind: 'read' }
    expect(after({ ...empty, etag: '"0"', lastModified: 'm' }, cut)).toMatchObject({
      etag: '"0"',
      lastModified: 'm',
    })
  })

  it('counts 304 and polls without news as empty', () => {
    const twice = after(after(empty, unchanged), unchanged)
    expect(twice).toMatchObject({ polls: 2, emptyPolls: 2, notModifiedInRow: 2 })
    const third = after(twice, read({ published: 0 }))
    expect(third).toMatchObject({ emptyPolls: 3, notModifiedInRow: 0 })
    expect(third).not.toHaveProperty('lastItemAt')
  })

  it('keeps to the ttl of the last reading when an answer has no body', () => {
    const position = after(empty, read({ ttlMs: 1_800_000 }))
    expect(after(position, unchanged)).toMatchObject({ everyMs: position.everyMs })
    expect(position.because).toContain('ttl')
  })

  it('moves nothing on a failure', () => {
    const before = { ...empty, seenCount: 7, etag: '"1"', notModifiedInRow: 3 }
    expect(after(before, failed)).toMatchObject({
      seenCount: 7,
      etag: '"1"',
      notModifiedInRow: 3,
      failures: 1,
      failuresInRow: 1,
      lastError: 'No.',
    })
  })

  it('sets a time before which nobody asks where the source said Retry-After', () => {
    const { notBefore, nextPollAt } = after(empty, { ...failed, retryAfterMs: 3_600_000 })
    expect(notBefore).toBe('2026-05-04T11:00:00.000Z')
    expect(nextPollAt).toBe(notBefore)
    expect(after({ ...empty, notBefore: nextPollAt }, unchanged)).not.toHaveProperty('notBefore')
  })

  it('lets a person ask once Retry-After is over, however long the back-off is', () => {
    const failing = { ...empty, failuresInRow: 9 }
    const { notBefore, nextPollAt = '' } = after(failing, { ...failed, retryAfterMs: 60_000 })
    expect(notBefore).toBe('2026-05-04T10:01:00.000Z')
    expect(Date.parse(nextPollAt) - at.getTime()).toBeGreaterThan(5 * 3_600_000)
  })

  it('counts how often in a row a source has moved to the same place', () => {
    const moved = (movedTo: string): PollOutcome => ({ ...unchanged, answered: { movedTo } })
    const twice = after(after(empty, moved('https://a/')), moved('https://a/'))
    expect(twice.moved).toEqual({ url: 'https://a/', times: 2 })
    expect(after(twice, moved('https://b/')).moved).toEqual({ url: 'https://b/', times: 1 })
    expect(after(twice, unchanged)).not.toHaveProperty('moved')
    expect(after(twice, failed).moved).toEqual(twice.moved)
  })

  it('rests long while a hub pushes', () => {
    const position = afterPoll(empty, unchanged, { source, at, isPushed: true })
    expect(position.everyMs).toBeGreaterThan(50 * 60_000)
    expect(position.because).toContain('hub')
  })
})
