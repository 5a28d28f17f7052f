import { expect, test } from 'vitest'
import { createFlight } from './flight.js'

test('what is wanted while an answer is on its way is asked for once behind it', () => {
  const flight = createFlight(() => 0)
  expect(flight.want()).toBe(true)
  flight.begin()
  expect([flight.want(), flight.want()]).toEqual([false, false])
  expect(flight.end()).toBe(true)
  flight.begin()
  expect(flight.end()).toBe(false)
})

test('an answer that never comes holds up nobody', () => {
  let now = 0
  const flight = createFlight(() => now)
  flight.begin()
  now = 9_999
  expect(flight.want()).toBe(false)
  now = 10_000
  expect(flight.want()).toBe(true)
})
