import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LineageEntry } from './item.js'
import { type Arrival, type Standing, settle } from './versions.js'

const arrival = (own: Partial<Arrival>): Arrival => ({
  rawSequence: 10,
  contentHash: 'b',
  status: 'usable',
  complete: true,
  corrects: false,
  ...own,
})

const entry = (own: Partial<LineageEntry>): LineageEntry => ({
  version: 1,
  rawSequence: 5,
  contentHash: 'a',
  ...own,
})

const standing = (own: Partial<Standing>): Standing => ({
  version: 1,
  status: 'usable',
  complete: true,
  lineage: [entry({})],
  ...own,
})

const hour = (n: number) => `2026-01-01T${String(n).padStart(2, '0')}:00:00Z`

describe('settle', () => {
  test('makes the first arrival version 1', () => {
    expect(settle(undefined, arrival({}))).toEqual({
      outcome: 'version',
      version: 1,
      change: 'new',
    })
  })

  test('records a withdrawal of something that never came, so that a late original loses', () => {
    const kill = arrival({ status: 'canceled', rawSequence: 3 })
    expect(settle(undefined, kill)).toMatchObject({ version: 1, change: 'withdrawal' })
    const killed = standing({ status: 'canceled', lineage: [entry({ rawSequence: 3 })] })
    expect(settle(killed, arrival({ rawSequence: 9 })).outcome).toBe('superseded')
  })

  test('makes a changed text that came later an update, and one that says so a correction', () => {
    expect(settle(standing({}), arrival({}))).toMatchObject({ version: 2, change: 'update' })
    expect(settle(standing({}), arrival({ corrects: true }))).toMatchObject({
      version: 2,
      change: 'correction',
    })
  })

  test('changes nothing when the same raw item or the same text comes again', () => {
    expect(settle(standing({}), arrival({ rawSequence: 5 })).outcome).toBe('unchanged')
    expect(settle(standing({}), arrival({ contentHash: 'a' })).outcome).toBe('unchanged')
  })

  test('takes a text equal to an earlier version only on the word of the source', () => {
    const two = standing({
      version: 2,
      lineage: [
        entry({ modified: hour(1) }),
        entry({ version: 2, rawSequence: 6, contentHash: 'b', modified: hour(2) }),
      ],
    })
    const back = arrival({ contentHash: 'a' })
    expect(settle(two, back).outcome).toBe('unchanged')
    expect(settle(two, { ...back, modified: hour(3) })).toMatchObject({ version: 3 })
  })

  test('follows the version of the source before its time, and its time before our sequence', () => {
    const stands = standing({ lineage: [entry({ sourceVersion: 4, modified: hour(4) })] })
    const older = arrival({ sourceVersion: 3, modified: hour(9) })
    expect(settle(stands, older).outcome).toBe('superseded')
    expect(settle(stands, arrival({ modified: hour(3) })).outcome).toBe('superseded')
    const newer = arrival({ modified: hour(5), rawSequence: 2 })
    expect(settle(stands, newer)).toMatchObject({ version: 2 })
  })

  test('supersedes a raw item that came earlier and is handled late', () => {
    expect(settle(standing({}), arrival({ rawSequence: 4 })).outcome).toBe('superseded')
  })

  test('never lets a teaser replace a complete body, but fills a teaser with the full text', () => {
    expect(settle(standing({}), arrival({ complete: false })).outcome).toBe('superseded')
    expect(settle(standing({ complete: false }), arrival({}))).toMatchObject({ version: 2 })
  })

  test('fills a teaser with the full text even where that came in first', () => {
    const full = arrival({ rawSequence: 2 })
    expect(settle(standing({ complete: false }), full)).toMatchObject({ version: 2 })
  })

  test('lets a withdrawal win unless the source itself says that it is older', () => {
    const kill = arrival({ status: 'canceled', rawSequence: 2 })
    expect(settle(standing({}), kill)).toMatchObject({ version: 2, change: 'withdrawal' })
    const stands = standing({ lineage: [entry({ modified: hour(4) })] })
    expect(settle(stands, { ...kill, modified: hour(3) }).outcome).toBe('superseded')
  })

  test('brings a withdrawn item back only on the word of the source', () => {
    const killed = standing({
      version: 2,
      status: 'canceled',
      lineage: [entry({}), entry({ version: 2, contentHash: 'k', modified: hour(4) })],
    })
    expect(settle(killed, arrival({})).outcome).toBe('superseded')
    expect(settle(killed, arrival({ modified: hour(3) })).outcome).toBe('superseded')
    expect(settle(killed, arrival({ modified: hour(5) }))).toMatchObject({ version: 3 })
  })

  test('ends at the newest version in whatever order the versions of a source are handled', () => {
    const versions = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(versions, (order) => {
        let stands: Standing | undefined
        order.forEach((sourceVersion) => {
          const came = arrival({
            sourceVersion,
            rawSequence: 100 - sourceVersion,
            contentHash: `text ${sourceVersion}`,
          })
          stands = apply(stands, came)
        })
        expect(stands?.lineage.at(-1)?.sourceVersion).toBe(Math.max(...order))
        const numbers = stands?.lineage.map((each) => each.version) ?? []
        expect(numbers).toEqual(numbers.map((_, index) => index + 1))
      }),
    )
  })
})

function apply(stands: Standing | undefined, came: Arrival): Standing | undefined {
  const settled = settle(stands, came)
  if (settled.outcome !== 'version') return stands
  const { status, complete, corrects: _, ...precedence } = came
  const lineage = [...(stands?.lineage ?? []), { ...precedence, version: settled.version }]
  return { version: settled.version, status, complete, lineage }
}
