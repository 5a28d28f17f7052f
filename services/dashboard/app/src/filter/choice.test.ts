import { formatFilter, parseFilter, parseFilterQuery } from '@newswire/model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  everything,
  queryOf,
  readChoice,
  sideOf,
  toggled,
  valuesOf,
  withoutValue,
  withValue,
} from './choice.js'

const spellings = [
  'topic=medtop:04000000&region=jp,cn&lang=de-DE',
  'region=CN&region=JP&lang=DE&topic=04000000',
  'issuer=Müller %26 Söhne AG&source=NA',
  'q=zwei "eins, zwei" Ärger,solo&not.q=Sport',
  'lang=de&not.topic=medtop:15000000&region=142,bloc:eu,de-by',
]

describe('a choice', () => {
  test('is everything where the address says nothing', () => {
    expect(readChoice('')).toEqual({ choice: everything, strays: [] })
    expect(queryOf(everything)).toBe('')
  })

  test.each(spellings)('%s has the one spelling that feeds are served under', (query) => {
    const filter = parseFilterQuery(new URLSearchParams(query))
    const { choice, strays } = readChoice(query)
    expect({ choice, strays }).toEqual({ choice: filter, strays: [] })
    expect(queryOf(choice)).toBe(formatFilter(filter))
    expect(parseFilter(choice)).toEqual(filter)
  })

  test('is read back from its own address, whatever was typed', () => {
    const typed = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
    const key = fc.constantFrom('q', 'issuer', 'region', 'source')
    const side = fc.constantFrom('is', 'not')
    fc.assert(
      fc.property(fc.array(fc.tuple(key, typed, side), { maxLength: 6 }), (steps) => {
        const query = new URLSearchParams(
          steps.map(([name, text, of]) => [of === 'is' ? name : `not.${name}`, text]),
        )
        const { choice } = readChoice(String(query))
        expect(readChoice(queryOf(choice))).toEqual({ choice, strays: [] })
        expect(queryOf(parseFilter(choice))).toBe(queryOf(choice))
      }),
    )
  })

  test('leaves out what cannot be read, and says what', () => {
    expect(readChoice('region=CN,Germany&colour=red&not.lang=123&hl=de', ['hl'])).toEqual({
      choice: { region: ['CN'] },
      strays: ['region=Germany', 'colour=red', 'not.lang=123'],
    })
  })

  test('has a value on one side only', () => {
    const chosen = withValue(everything, 'region', 'CN', 'is')
    expect(sideOf(chosen, 'region', 'CN')).toBe('is')
    const turned = withValue(chosen, 'region', 'CN', 'not')
    expect([valuesOf(turned, 'region', 'is'), valuesOf(turned, 'region', 'not')]).toEqual([
      [],
      ['CN'],
    ])
    expect(withoutValue(turned, 'region', 'CN')).toEqual(everything)
  })

  test('is as before when something is chosen and taken back', () => {
    const once = toggled({ region: ['FR'] }, 'region', 'CN')
    expect(once).toEqual({ region: ['CN', 'FR'] })
    expect(toggled(once, 'region', 'CN')).toEqual({ region: ['FR'] })
    expect(toggled({ not: { region: ['CN'] } }, 'region', 'CN')).toEqual(everything)
  })
})
