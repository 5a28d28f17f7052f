import { taggedItem } from '@newswire/model/testing'
import { expect, test } from 'vitest'
import { sharedFactsMax } from './limits.js'
import { SharedFacts } from './shared-facts.js'
import { UnreadableError } from './stored.js'

const bytesOf = (headline: string) => Buffer.from(JSON.stringify(taggedItem({ headline })))
const data = bytesOf('Werk eröffnet')

function sharedBy(groups: number): SharedFacts {
  const shared = new SharedFacts()
  for (let n = 0; n < groups; n += 1) shared.join('item.tagged')
  return shared
}

test('two groups are given the same object, which nobody can change', () => {
  const shared = sharedBy(2)
  const first = shared.read('item.tagged', 7, data)
  expect(shared.read('item.tagged', 7, Buffer.from(data))).toBe(first)
  expect(first.headline).toBe('Werk eröffnet')
  expect(() => Object.assign(first.issuer, { name: 'another' })).toThrow(TypeError)
  expect(shared.read('item.tagged', 8, data)).not.toBe(first)
})

test('one group alone has its own', () => {
  const shared = new SharedFacts()
  const end = shared.join('item.tagged')
  const first = shared.read('item.tagged', 7, data)
  expect(shared.read('item.tagged', 7, data)).not.toBe(first)
  expect(Object.isFrozen(first)).toBe(false)
  shared.join('item.tagged')
  end()
  expect(shared.read('item.tagged', 7, data)).not.toBe(first)
})

test('other bytes at the same place are another fact', () => {
  const shared = sharedBy(2)
  shared.read('item.tagged', 7, data)
  expect(shared.read('item.tagged', 7, bytesOf('Neu')).headline).toBe('Neu')
})

test('what has not its shape fails each time', () => {
  const shared = sharedBy(2)
  const read = () => shared.read('item.tagged', 7, Buffer.from('{"id":1}'))
  expect(read).toThrow(UnreadableError)
  expect(read).toThrow(UnreadableError)
})

test('only the last ones are kept', () => {
  const shared = sharedBy(2)
  const first = shared.read('item.tagged', 1, data)
  for (let n = 2; n <= sharedFactsMax; n += 1) shared.read('item.tagged', n, data)
  expect(shared.read('item.tagged', 1, data)).toBe(first)
  shared.read('item.tagged', sharedFactsMax + 1, data)
  expect(shared.read('item.tagged', 1, data)).not.toBe(first)
})
