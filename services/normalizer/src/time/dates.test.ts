import { describe, expect, it } from 'vitest'
import { clampDate, readDate } from './dates.js'

function iso(text: string, zone?: string): string | undefined {
  const date = readDate(text, zone)
  return date && new Date(date.ms).toISOString()
}

describe('readDate', () => {
  it.each([
    ['Tue, 29 Sep 2026 21:30:24 +0200', '2026-09-29T19:30:24.000Z'],
    ['Fri, 29 Sep 2026 21:30:24 +0200', '2026-09-29T19:30:24.000Z'],
    ['Di, 29 Sep 2026 21:30 MESZ', '2026-09-29T19:30:00.000Z'],
    ['29 Sep 2026 21:30:00 CEST', '2026-09-29T19:30:00.000Z'],
    ['Fri, 02 Oct 2026 18:06 GMT', '2026-10-02T18:06:00.000Z'],
    ['Fri, 02 Oct 26 18:06:00 EST', '2026-10-02T23:06:00.000Z'],
    ['Mon, 13 Jul 2026 21:19:00 +0000', '2026-07-13T21:19:00.000Z'],
    ['2020-06-15T21:45:52+0200', '2020-06-15T19:45:52.000Z'],
    ['2020-06-15T21:45:52.1231+02:00', '2020-06-15T19:45:52.124Z'],
    ['2026-01-05T09:00:00Z', '2026-01-05T09:00:00.000Z'],
    ['20210131T024100+0000', '2021-01-31T02:41:00.000Z'],
    ['July 13, 2026 9:05 p.m. ET', '2026-07-14T01:05:00.000Z'],
    ['mar. 29 sept. 2026 21:30 CEST', '2026-09-29T19:30:00.000Z'],
    ['mié, 30 septiembre 2026 21:30 CEST', '2026-09-30T19:30:00.000Z'],
    ['lun 28 settembre 2026 21:30 CEST', '2026-09-28T19:30:00.000Z'],
    ['Mi., 30. September 2026 21:30 MEZ', '2026-09-30T20:30:00.000Z'],
    ['01 janv. 2026 08:00 GMT+1', '2026-01-01T07:00:00.000Z'],
    ['1 March 2026 12:00 a.m. UTC', '2026-03-01T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(iso(text)).toBe(expected)
  })

  it.each([
    ['29.09.2026 21:30', 'Europe/Berlin', '2026-09-29T19:30:00.000Z'],
    ['29.01.2026, 21:30 Uhr', 'Europe/Berlin', '2026-01-29T20:30:00.000Z'],
    ['29.01.2026 – 21.30 Uhr', 'Europe/Berlin', '2026-01-29T20:30:00.000Z'],
    ['26 de octubre de 2026 10:00', 'Europe/Madrid', '2026-10-26T09:00:00.000Z'],
    ['3. März 2026 10:00', 'Europe/Vienna', '2026-03-03T09:00:00.000Z'],
    ['2026-03-29T02:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-07-01 08:00', 'America/New_York', '2026-07-01T12:00:00.000Z'],
    ['2026-07-01', 'UTC', '2026-07-01T00:00:00.000Z'],
  ])('reads %s in %s', (text, zone, expected) => {
    expect(iso(text, zone)).toBe(expected)
  })

  it.each(['', 'yesterday', '31.02.2026 10:00', '2026-13-01T00:00:00Z', '29 Foo 2026 10:00 Z'])(
    'does not read %j',
    (text) => {
      expect(iso(text, 'UTC')).toBeUndefined()
    },
  )

  it('leaves a time without a zone unread where nobody says the zone', () => {
    expect(iso('29.09.2026 21:30')).toBeUndefined()
  })

  it('does not believe an unknown zone', () => {
    expect(iso('29 Sep 2026 21:30 XYZ', 'UTC')).toBeUndefined()
  })
})

describe('clampDate', () => {
  const received = '2026-10-01T10:00:00.000Z'

  it('keeps what lies within ten years before and a day after', () => {
    const instant = '2020-01-01T00:00:00.000Z'
    expect(clampDate(Date.parse(instant), received)).toEqual({ instant })
  })

  it.each(['0001-01-01T00:00:00Z', '2041-01-01T00:00:00Z', '2001-01-01T00:00:00Z'])(
    'puts the time of coming in for %s, and says so',
    (text) => {
      const clamped = { instant: received, flag: 'date-clamped' }
      expect(clampDate(Date.parse(text), received)).toEqual(clamped)
    },
  )

  it('says so where there is no date', () => {
    expect(clampDate(undefined, received)).toEqual({ instant: received, flag: 'date-missing' })
  })
})
