import { describe, expect, it } from 'vitest'
import { placesOf } from './places.js'

describe('placesOf', () => {
  it.each([
    ['NEW YORK and NOIDA, India', ['NEW YORK', 'NOIDA', 'India']],
    ['Frankfurt (Oder), St. Gallen und Bonn', ['Frankfurt (Oder)', 'St. Gallen', 'Bonn']],
    ['Hermeskeil - OT Abtei', ['Hermeskeil', 'Abtei']],
    ['Trinidad and Tobago', ['Trinidad and Tobago']],
    ['上海、北京', ['上海', '北京']],
  ])('%s', (raw, places) => {
    expect(placesOf(raw)).toEqual(places)
  })

  it('reads the head of a field that holds a text', () => {
    expect(placesOf(`Bonn${' '.repeat(1_000_000)}, Köln`)).toEqual(['Bonn'])
  })
})
