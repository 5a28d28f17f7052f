import { describe, expect, it } from 'vitest'
import { datelineIn, placeLine, statedDateline } from './stated-dateline.js'

const day = '2026-07-14T10:00:00.000Z'

describe('a dateline in a field', () => {
  it.each([
    ['London (dpa) - ', { raw: 'London (dpa)', places: ['London'], wire: 'dpa' }],
    ['GREENWICH, Conn.', { raw: 'GREENWICH, Conn.', places: ['GREENWICH', 'Conn.'] }],
    ['NEW YORK and PARIS', { raw: 'NEW YORK and PARIS', places: ['NEW YORK', 'PARIS'] }],
    [
      'MOSCOW, Monday (Agency)',
      { raw: 'MOSCOW, Monday (Agency)', places: ['MOSCOW'], wire: 'Agency' },
    ],
    [
      'SPRINGFIELD, Ill., July 13 --',
      { raw: 'SPRINGFIELD, Ill., July 13', places: ['SPRINGFIELD', 'Ill.'], date: '2026-07-13' },
    ],
    [
      '(ANSA) - ROMA, 12 LUG -',
      {
        raw: '(ANSA) - ROMA, 12 LUG',
        places: ['ROMA'],
        date: '2026-07-12',
        wire: 'ANSA',
      },
    ],
    [
      'ANSA TEST - ROMA, 12 LUG -',
      { raw: 'ANSA TEST - ROMA, 12 LUG', places: ['ROMA'], date: '2026-07-12', wire: 'ANSA TEST' },
    ],
    [
      'BIELSKO-BIALA, 12 LUG -',
      { raw: 'BIELSKO-BIALA, 12 LUG', places: ['BIELSKO-BIALA'], date: '2026-07-12' },
    ],
  ])('%s', (field, expected) => {
    expect(statedDateline(field, day)).toEqual(expected)
  })

  it('is none where it is empty, or a text', () => {
    expect(statedDateline(' - ', day)).toBeUndefined()
    expect(statedDateline('x'.repeat(301), day)).toBeUndefined()
  })
})

describe('a dateline in a body', () => {
  it('stands at the head of the text or of one of its first paragraphs', () => {
    const dateline = 'Bonn (ots) - Acme streicht.'
    const preface = 'Ein Vorspann ohne Ort. '.repeat(40)
    expect(datelineIn(dateline, day)?.places).toEqual(['Bonn'])
    expect(datelineIn(`${preface}\n\n${dateline}`, day)?.places).toEqual(['Bonn'])
    expect(datelineIn('(ANSA) - ROMA, 12 LUG - Un testo.', day)).toEqual({
      raw: '(ANSA) - ROMA, 12 LUG',
      places: ['ROMA'],
      date: '2026-07-12',
      wire: 'ANSA',
    })
    expect(datelineIn('(Agency) - A pair of teams - that much.', day)).toBeUndefined()
    const late = Array.from({ length: 20 }, () => preface).join('\n\n')
    expect(datelineIn(`${late}\n\n${dateline}`, day)).toBeUndefined()
  })
})

describe('a place in fields', () => {
  it('is named once, from the nearest to the widest', () => {
    expect(placeLine(['Berlin', 'Berlin', undefined, 'Germany'])).toEqual({
      raw: 'Berlin, Germany',
      places: ['Berlin', 'Germany'],
    })
    expect(placeLine([undefined, ' '])).toBeUndefined()
  })
})
