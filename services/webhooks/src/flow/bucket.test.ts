import fc from 'fast-check'
import { expect, it } from 'vitest'
import { burstOf, filled, fullBucket, givenBack, taken, waitMsOf } from './bucket.js'

const rates = fc.integer({ min: 1, max: 1_000 })

/** Instants at which something starts, when as much as possible is asked for at these instants. */
function startsAt(rate: number, asks: readonly number[]): number[] {
  const starts: number[] = []
  let bucket = fullBucket(rate, 0)
  let now = 0
  for (const pauseMs of asks) {
    now += pauseMs
    bucket = filled(bucket, rate, now)
    while (waitMsOf(bucket, rate) === 0) {
      bucket = taken(bucket)
      starts.push(now)
    }
  }
  return starts
}

it('never lets more start in any span than the rate and one burst', () => {
  const pauses = fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { maxLength: 40 })
  fc.assert(
    fc.property(rates, pauses, (rate, asks) => {
      const starts = startsAt(rate, asks)
      const most = (spanMs: number) => burstOf(rate) + (spanMs * rate) / 1_000 + 1e-6
      const isTooMuch = starts.some((from, first) => {
        return starts.some((to, last) => last >= first && last - first + 1 > most(to - from))
      })
      expect(isTooMuch).toBe(false)
    }),
    { numRuns: 100 },
  )
})

it('has a whole token after the wait that it names', () => {
  fc.assert(
    fc.property(rates, fc.nat(200), (rate, takenBefore) => {
      let bucket = fullBucket(rate, 0)
      for (let each = 0; each < takenBefore; each += 1) {
        if (waitMsOf(bucket, rate) === 0) bucket = taken(bucket)
      }
      const later = filled(bucket, rate, waitMsOf(bucket, rate))
      expect(waitMsOf(later, rate)).toBe(0)
    }),
  )
})

it('gets back what was not used, and never holds more than a burst', () => {
  const bucket = givenBack(taken(fullBucket(5, 0)))
  expect(filled(bucket, 5, 0).tokens).toBe(burstOf(5))
  expect(filled(givenBack(bucket), 5, 0).tokens).toBe(burstOf(5))
})
