import { describe, expect, it, test } from 'vitest'
import {
  issuerKeyOf,
  issuerRelation,
  kinOf,
  kinTokensOf,
  lookupTokens,
  openLookupTokens,
  titleSimilarity,
} from './kinship.js'
import { normalizedItem } from './testing.js'

const foundBy = (tokens: readonly string[], wanted: readonly string[]) =>
  wanted.some((token) => tokens.includes(token))

describe('an issuer', () => {
  it.each([
    ['Acme Mühlen AG', 'acme muhlen'],
    ['ACME MÜHLEN', 'acme muhlen'],
    ['Acme GmbH & Co. KGaA', 'acme'],
    ['Acme Robotics, Inc.', 'acme robotics'],
    ['Acme Trading Co., Ltd.', 'acme trading'],
    ['Acme S.p.A.', 'acme'],
    ['Acme, S.A. de C.V.', 'acme'],
    ['The Acme Company', 'acme'],
    ['AG', 'ag'],
    ['', ''],
  ])('%s is known as %s', (name, key) => {
    expect(issuerKeyOf(name)).toBe(key)
  })

  it('may be named shorter elsewhere', () => {
    expect(issuerRelation('Acme Robotics Inc.', 'Acme Robotics GmbH')).toBe('same')
    expect(issuerRelation('Acme', 'Acme Robotics GmbH')).toBe('part')
    expect(issuerRelation('Acme Robotics', 'Acme Mills')).toBe('none')
    expect(issuerRelation('', '')).toBe('none')
    expect(issuerRelation('Acmena', 'Acme')).toBe('none')
  })
})

test.each([
  ['Acme opens a mill', 'ACME opens a mill (FOTO)', 1, 1],
  ['POL-XY: Einbruch in Mühle', 'Einbruch in Mühle', 1, 1],
  ['Acme opens a mill in Lyon', 'Acme opens mill in Lyon', 0.8, 1],
  ['Acme Weekly Report 12', 'Acme Weekly Report 13', 0, 0.5],
  ['Acme opens a mill', 'Forty barges sail to Hull', 0, 0.3],
  ['', '', 0, 0],
])('%s and %s are alike by %d to %d', (a, b, least, most) => {
  const likeness = titleSimilarity(a, b)
  expect(likeness).toBeGreaterThanOrEqual(least)
  expect(likeness).toBeLessThanOrEqual(most)
})

describe('the tokens of an item', () => {
  const item = normalizedItem({
    headline: 'Acme Robotics opens a mill in Lyon',
    issuer: { name: 'Acme Robotics Inc.' },
  })
  const tokens = kinTokensOf(kinOf(item))

  it.each([
    ['its issuer', { issuer: 'Acme Robotics GmbH' }],
    ['its issuer by a shorter name', { issuer: 'Acme' }],
    ['its issuer by a longer name', { issuer: 'Acme Robotics Europe' }],
    ['the beginning of its title', { title: 'Acme Robotics opens a factory' }],
    ['the end of its title', { title: 'Robots open a mill in Lyon' }],
  ])('are found by %s', (_, wanted) => {
    expect(foundBy(tokens, lookupTokens(wanted))).toBe(true)
  })

  it('hold no word, and are not found by others', () => {
    expect(JSON.stringify(tokens)).not.toMatch(/acme|mill/i)
    expect(
      foundBy(tokens, lookupTokens({ issuer: 'Acme Mills', title: 'Mills sail to Hull' })),
    ).toBe(false)
    expect(lookupTokens({})).toEqual([])
  })

  it('of a notice that found nothing are found by what it seeks', () => {
    const flags = ['correction-unlinked']
    const notice = { kind: 'correction' as const, ids: ['4712'], title: 'Acme opens a mill' }
    const open = kinTokensOf(kinOf({ ...item, flags, notice }))
    const settled = kinTokensOf(kinOf({ ...item, notice }))
    for (const [given, is] of [
      [open, true],
      [settled, false],
    ] as const) {
      const byTitle = { id: 'na-1', issuer: '', headline: 'Acme opens a mill' }
      expect(foundBy(given, openLookupTokens(byTitle))).toBe(is)
      const byId = { id: 'na-4712', issuer: '', headline: '' }
      expect(foundBy(given, openLookupTokens(byId))).toBe(is)
    }
  })
})
