import type { Kin } from '@newswire/model'
import { describe, expect, it } from 'vitest'
import { textOf } from '../fixtures/entries.js'
import { moreNearMisses } from '../fixtures/more-near-misses.js'
import { nearMisses } from '../fixtures/near-misses.js'
import type { Told } from '../fixtures/releases.js'
import { truePairs } from '../fixtures/true-pairs.js'
import { kinOfDraft } from '../life/resolve.js'
import { normalise } from '../normalise.js'
import { sameRelease } from './same-release.js'
import { storyOf } from './story.js'

let count = 0

function kinOfTold({ wire, day = '2026-07-14', text }: Told): Kin {
  count += 1
  const raw = textOf([text], { wire, received: `${day}T10:00:00.000Z` })
  return { ...kinOfDraft(normalise(raw)), id: `${wire}-${count}` }
}

describe('are told to be one release', () => {
  it.each(truePairs.map((pair) => [pair.what, pair] as const))('%s', (_, { one, other }) => {
    const [a, b] = [kinOfTold(one), kinOfTold(other)]
    expect(sameRelease(a, b)).toBeDefined()
    expect(sameRelease(b, a)).toBeDefined()
  })
})

describe('are not taken for one release', () => {
  it.each([...nearMisses, ...moreNearMisses].map((pair) => [pair.what, pair] as const))(
    '%s',
    (_, { one, other }) => {
      const [a, b] = [kinOfTold(one), kinOfTold(other)]
      expect(sameRelease(a, b)).toBeUndefined()
      expect(sameRelease(b, a)).toBeUndefined()
    },
  )
})

it('links no two releases of different pairs', () => {
  const all = truePairs.flatMap(({ what, one, other }) =>
    [one, other].map((told) => ({ what, kin: kinOfTold(told) })),
  )
  const wrong = all.flatMap((a) =>
    all.filter((b) => a.what < b.what && sameRelease(a.kin, b.kin)).map((b) => [a.what, b.what]),
  )
  expect(wrong).toEqual([])
})

it('says why', () => {
  const pair = truePairs[0]
  if (!pair) throw new Error('There should be a pair.')
  expect(sameRelease(kinOfTold(pair.one), kinOfTold(pair.other))).toEqual(
    expect.arrayContaining([
      'They have one issuer.',
      expect.stringMatching(/^They begin with the same numbers: 1234\.5, /),
    ]),
  )
})

describe('a story', () => {
  const [first, second] = truePairs.map(({ one, other }) => [kinOfTold(one), kinOfTold(other)])
  if (!first?.[0] || !first[1] || !second?.[0]) throw new Error('There should be pairs.')
  const [de, en] = [first[0], first[1]]

  it('is the first item that tells the release', () => {
    expect(storyOf(en, [de])?.story).toBe(de.id)
    expect(storyOf(en, [{ ...de, story: 'prn-1' }])?.story).toBe('prn-1')
  })

  it.each([
    ['is held', { embargoUntil: '2099-01-01T00:00:00Z' }],
    ['is withdrawn', { status: 'canceled' as const }],
    ['is private', { private: true as const }],
  ])('is never one that %s', (_, own) => {
    expect(storyOf(en, [{ ...de, ...own }])).toBeUndefined()
  })

  it('is none where two would fit', () => {
    expect(storyOf(en, [de, { ...de, id: 'na-other' }])).toBeUndefined()
    expect(storyOf(en, [de, { ...de, id: 'na-other', story: de.id }])?.story).toBe(de.id)
  })
})
