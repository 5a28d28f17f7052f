import { expect, test } from 'vitest'
import { askAt, hostOf } from './callback.js'

const fields = { 'hub.mode': 'denied', 'hub.reason': 'a b+c&d' }
const asked = 'hub.mode=denied&hub.reason=a%20b%2Bc%26d'

test.each([
  ['https://a.example', `https://a.example?${asked}`],
  ['https://a.example/x', `https://a.example/x?${asked}`],
  ['https://a.example/x?', `https://a.example/x?${asked}`],
  ['https://a.example/x?y=%C3%BC+z', `https://a.example/x?y=%C3%BC+z&${asked}`],
  ['https://a.example/x?y&', `https://a.example/x?y&${asked}`],
  ['https://a.example/x?y=1#part', `https://a.example/x?y=1&${asked}`],
])('%s is asked at %s', (callback, address) => {
  expect(askAt(callback, fields)).toBe(address)
})

test('a host is known with its port', () => {
  expect(hostOf('https://a.example:8443/x')).toBe('a.example:8443')
  expect(hostOf('https://A.example:443/')).toBe('a.example')
})
