import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { chooseEncoding, encode } from './encodings.js'

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['br;q=0.5, gzip', 'gzip'],
  ['GZIP;Q=0.5', 'gzip'],
  ['gzip;q=0', 'identity'],
  ['br;q=0, gzip;q=0', 'identity'],
  ['*', 'br'],
  ['*;q=0.1, br;q=0', 'gzip'],
  ['identity, gzip;q=0.5', 'identity'],
  ['identity;q=0, *;q=0', 'identity'],
  ['deflate', 'identity'],
  ['gzip;q=nonsense', 'identity'],
  ['gzip;q=0.001', 'gzip'],
])('Accept-Encoding %s → %s', (accepted, expected) => {
  expect(chooseEncoding(accepted)).toBe(expected)
})

test('what is encoded is the same when it is decoded', async () => {
  const body = Buffer.from('Umsatz steigt. '.repeat(100))
  expect(gunzipSync(await encode(body, 'gzip')).equals(body)).toBe(true)
  expect(brotliDecompressSync(await encode(body, 'br')).equals(body)).toBe(true)
  expect(await encode(body, 'identity')).toBe(body)
})
