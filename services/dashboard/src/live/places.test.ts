import { expect, test } from 'vitest'
import { liveLimits } from './limits.js'
import { refusalOf } from './places.js'

const { readersMax, readersPerAddressMax, adminPlaces } = liveLimits

test.each([
  [{ all: 0, own: 0, isAdmin: false }, undefined],
  [{ all: readersPerAddressMax, own: readersPerAddressMax, isAdmin: true }, 429],
  [{ all: readersMax - adminPlaces - 1, own: 0, isAdmin: false }, undefined],
  [{ all: readersMax - adminPlaces, own: 0, isAdmin: false }, 503],
  [{ all: readersMax - adminPlaces, own: 0, isAdmin: true }, undefined],
  [{ all: readersMax, own: 0, isAdmin: true }, 503],
])('of %j the next one is answered %s', (crowd, refusal) => {
  expect(refusalOf(crowd)).toBe(refusal)
})
