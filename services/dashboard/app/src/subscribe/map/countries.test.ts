import { loadCodes } from '@newswire/vocabulary'
import { describe, expect, test } from 'vitest'
import { areasOf, continents, mapRegions, regionOf } from './countries.js'

describe('a country of the map', () => {
  test('lies where the vocabulary says', () => {
    const rows = mapRegions.map((region) => loadCodes().row('region', region))
    expect(mapRegions.length).toBeGreaterThan(200)
    expect(rows.map((row) => row?.broader)).toEqual(mapRegions.map(areasOf))
  })

  test('is known by its number, and Kosovo by its name', () => {
    expect(['156', undefined, undefined].map((number) => regionOf(number, 'Kosovo'))).toEqual([
      'CN',
      'XK',
      'XK',
    ])
    expect(regionOf(undefined, 'N. Cyprus')).toBeUndefined()
    expect(areasOf('ZZ')).toEqual([])
  })

  test('lies in one of the parts of the world that stand beside the map', () => {
    const strays = mapRegions.filter(
      (region) => continents.filter((part) => areasOf(region).includes(part)).length !== 1,
    )
    expect(strays).toEqual([])
  })
})
