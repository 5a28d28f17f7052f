import { createSecretBox } from '@newswire/runtime'
import { describe, expect, it } from 'vitest'
import { headerLimits, maskHeaders, sealHeaders, withKept } from './own-headers.js'
import { openedWebhook } from './sealed.js'
import type { WebhookRow } from './webhook-row.js'

const secrets = createSecretBox('a key for the headers of the tests')
const seal = (wish: Record<string, string>) => sealHeaders(wish, { id: 'wh_1', secrets })
const opened = (headers: Record<string, string>) =>
  openedWebhook({ id: 'wh_1', headers } as unknown as WebhookRow, secrets).headers()
const many = (count: number, value = 'v') =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`x-${at}`, value]))

it('are sealed by name, and opened as they were given', () => {
  const given = { Authorization: 'Bearer tok_123', 'X-Mass': 'Maß\t1' }
  const sealed = seal(given)
  expect(JSON.stringify(sealed)).not.toContain('tok_123')
  expect(opened(sealed)).toEqual({ authorization: 'Bearer tok_123', 'x-mass': 'Maß\t1' })
  const moved = { 'x-other': sealed['authorization'] ?? '' }
  expect(() => opened(moved)).toThrow('cannot be opened')
})

it('show their names only, and what is shown keeps what stands', () => {
  const standing = seal({ authorization: 'Bearer 1', 'x-old': '2' })
  const shown = maskHeaders(standing)
  expect(shown).toEqual({ authorization: '…', 'x-old': '…' })
  const { 'x-old': _, ...less } = shown
  expect(opened(withKept(seal({ ...less, 'x-new': '3' }), standing))).toEqual({
    authorization: 'Bearer 1',
    'x-new': '3',
  })
  expect(() => withKept(seal({ 'x-none': '…' }), standing)).toThrow('x-none has no value yet')
  expect(() => withKept(seal({ constructor: '…' }), standing)).toThrow('has no value yet')
})

describe('are refused', () => {
  it.each([
    ...['Connection', 'keep-alive', 'Proxy-Authorization', 'TE', 'Trailer', 'Transfer-Encoding'],
    ...['Upgrade', 'Host', 'Expect', 'Content-Type', 'content-length', 'Content-Encoding'],
    ...['User-Agent', 'webhook-id', 'Webhook-Signature', 'newswire-sequence', 'Accept-Encoding'],
    ...['svix-id', 'ce-id', 'HTTP2-Settings', 'proxy-connection'],
  ])('as %s, which is not theirs', (name) => {
    expect(() => seal({ [name]: 'x' })).toThrow('is written by Newswire')
  })

  it.each(['', 'x y', 'x:', 'x\r\nhost', 'größe', 'x\0', 'x(1)', '\u2028'])(
    'with the name %j',
    (name) => {
      expect(() => seal({ [name]: 'x' })).toThrow('is no name that HTTP knows')
    },
  )

  it.each([
    ...['a\r\nhost: b', 'a\nb', 'a\rb', 'a\0b', '\x7f', 'a\x1bb', 'Łódź', '重庆', '\ud800'],
    ...['', ' ', ' a', 'a ', '\ta', 'a…', '\u2028'],
  ])('with the value %j, which is not told', (value) => {
    expect(() => seal({ 'x-a': value })).toThrow(/^The header x-a is empty, begins/)
  })

  it('when they are there twice by their case', () => {
    expect(() => seal({ 'X-A': '1', 'x-a': '2' })).toThrow('x-a is there twice')
    expect(() => seal({ 'x-a': '1', 'X-A': '2' })).toThrow('x-a is there twice')
  })

  it('beyond their limits', () => {
    const { headersMax, nameCharsMax, valueCharsMax, charsMax } = headerLimits
    expect(Object.keys(seal(many(headersMax)))).toHaveLength(headersMax)
    expect(() => seal(many(headersMax + 1))).toThrow('more than 20 headers')
    expect(() => seal({ ['x'.repeat(nameCharsMax + 1)]: 'v' })).toThrow('more than 100')
    expect(seal({ x: 'v'.repeat(valueCharsMax) })).toHaveProperty('x')
    expect(() => seal({ x: 'v'.repeat(valueCharsMax + 1) })).toThrow('more than 2000')
    expect(() => seal(many(headersMax, 'v'.repeat(charsMax / headersMax)))).toThrow('in all')
  })
})
