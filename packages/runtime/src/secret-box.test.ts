import { expect, it } from 'vitest'
import { createSecretBox } from './secret-box.js'

const key = 'k'.repeat(32)

it('opens what it sealed, and never seals to the same text twice', () => {
  const box = createSecretBox(key)
  const sealed = [box.seal('whsec_abc', 'wh_1'), box.seal('whsec_abc', 'wh_1')]
  expect(sealed.map((text) => box.open(text, 'wh_1'))).toEqual(['whsec_abc', 'whsec_abc'])
  expect(sealed[0]).not.toBe(sealed[1])
  expect(sealed.join()).not.toContain('abc')
})

it('refuses a sealed text with another key, in another place, or changed', () => {
  const sealed = createSecretBox(key).seal('whsec_abc', 'wh_1')
  expect(() => createSecretBox('x'.repeat(32)).open(sealed, 'wh_1')).toThrow('SECRETS_KEY')
  expect(() => createSecretBox(key).open(sealed, 'wh_2')).toThrow('SECRETS_KEY')
  const changed = `${sealed.slice(0, -3)}${sealed.endsWith('AAA') ? 'BBB' : 'AAA'}`
  expect(() => createSecretBox(key).open(changed, 'wh_1')).toThrow('SECRETS_KEY')
  expect(() => createSecretBox(key).open('whsec_plain', 'wh_1')).toThrow('SECRETS_KEY')
})

it('refuses a key that is too short to be random', () => {
  expect(() => createSecretBox('short')).toThrow('32 random characters')
})
