import { expect, test } from 'vitest'
import { createAddressCounts } from './address-counts.js'

function counts(own: { max?: number; addressesMax?: number } = {}) {
  let at = 1_000
  const made = createAddressCounts({
    ...{ max: 2, windowMs: 60_000, addressesMax: 100, now: () => at },
    ...own,
  })
  return { ...made, later: (ms: number) => (at += ms) }
}

test('says how long to wait once an address asked too often, until the window ends', () => {
  const { take, later } = counts()
  expect([take('192.0.2.1'), take('192.0.2.1'), take('192.0.2.1')]).toEqual([0, 0, 60])
  later(59_500)
  expect(take('192.0.2.1')).toBe(1)
  expect(take('192.0.2.2')).toBe(0)
  later(500)
  expect(take('192.0.2.1')).toBe(0)
})

test('an IPv6 network of 64 bits is one address, and a mapped IPv4 address is itself', () => {
  const { take } = counts({ max: 1 })
  expect([take('2001:db8:0:1::1'), take('2001:db8:0:1:ffff::9')]).toEqual([0, 60])
  expect([take('2001:db8:0:2::1'), take('::ffff:192.0.2.1'), take('192.0.2.1')]).toEqual([0, 0, 60])
})

test('remembers so many addresses and no more', () => {
  const { take } = counts({ max: 1, addressesMax: 2 })
  expect(['a', 'b', 'c', 'c', 'a'].map(take)).toEqual([0, 0, 0, 60, 0])
})
