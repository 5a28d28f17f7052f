import { expect, test } from 'vitest'
import { OutboundRefusedError } from './errors.js'
import { checkHeaders, createTargets } from './target.js'

test('an address is read once, until too many others came', () => {
  const targetOf = createTargets(2)
  const first = targetOf('https://example.org/a?b=c')
  expect(first).toMatchObject({ origin: 'https://example.org', path: '/a?b=c', port: '' })
  targetOf('https://example.org/2')
  expect(targetOf('https://example.org/a?b=c')).toBe(first)
  targetOf('https://example.org/3')
  expect(targetOf('https://example.org/a?b=c')).not.toBe(first)
})

test('what is refused once is refused again', () => {
  const targetOf = createTargets(2)
  for (const url of ['ftp://example.org', 'https://me:secret@example.org', 'ftp://example.org']) {
    expect(() => targetOf(url)).toThrow(OutboundRefusedError)
  }
})

test('a known name does not let a wrong value through, nor a name that is ours', () => {
  expect(checkHeaders({ 'X-Known': 'a', 'x-known': 'b' })).toEqual(['x-known', 'x-known'])
  expect(() => checkHeaders({ 'X-Known': 'a\r\nhost: b' })).toThrow(OutboundRefusedError)
  for (const name of ['Host', 'Host', 'not allowed']) {
    expect(() => checkHeaders({ [name]: 'a' })).toThrow(OutboundRefusedError)
  }
})
