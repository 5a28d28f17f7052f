import { expect, it } from 'vitest'
import { dayMs, hourMs } from './limits.js'
import { Rhythm } from './rhythm.js'

/** A Monday. */
const monday = Date.parse('2026-10-05T00:00:00Z')
const at = (day: number, hour: number, minute = 0) =>
  new Date(monday + day * dayMs + hour * hourMs + minute * 60_000)

/** Items at these hours of these weekdays, for four weeks; `each` an hour. */
function rhythmOf(days: readonly number[], hours: readonly number[], each = 1): Rhythm {
  const rhythm = new Rhythm()
  for (let day = 0; day < 28; day += 1) {
    if (!days.includes(day % 7)) continue
    for (const hour of hours) {
      for (let item = 0; item < each; item += 1) {
        rhythm.add(at(day, hour, Math.floor((item * 60) / each)))
      }
    }
  }
  return rhythm
}
const workdays = [0, 1, 2, 3, 4]
const office = [8, 9, 10, 11, 12, 13, 14, 15, 16]

it('is silent by day where something usually comes, not by night and not at the weekend', () => {
  const rhythm = rhythmOf(workdays, office, 2)
  expect(rhythm.usualPerHour(at(28, 9))).toBe(2)
  expect(rhythm.silence(at(26, 12)).isSilent).toBe(false)
  expect(rhythm.silence(at(28, 7, 59)).isSilent).toBe(false)
  expect(rhythm.silence(at(28, 9)).isSilent).toBe(false)
  expect(rhythm.silence(at(28, 11)).isSilent).toBe(true)
})

it('a source that brings sixty an hour is missed within the hour, one an hour later', () => {
  const busy = rhythmOf(workdays, office, 60)
  expect(busy.silence(at(28, 8, 15)).isSilent).toBe(false)
  expect(busy.silence(at(28, 8, 40)).isSilent).toBe(true)
  expect(rhythmOf(workdays, office, 1).silence(at(28, 8, 40)).isSilent).toBe(false)
})

it('a source that comes once a week is not silent for the six days between', () => {
  const weekly = rhythmOf([0], [9])
  expect(weekly.silence(at(27, 23)).isSilent).toBe(false)
  expect(weekly.silence(at(28, 12)).isSilent).toBe(false)
})

it('says nothing before it knows a week', () => {
  const rhythm = new Rhythm()
  for (let hour = 0; hour < 100; hour += 1) rhythm.add(at(0, hour))
  expect(rhythm.usualPerHour(at(4, 20))).toBeUndefined()
  expect(rhythm.silence(at(6, 0)).isSilent).toBe(false)
})

it('a silence that lasts does not become usual', () => {
  const rhythm = rhythmOf(workdays, office, 2)
  expect(rhythm.silence(at(40, 12)).isSilent).toBe(true)
})
