import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from './fold.js'
import { deliveryIdOf, itemIdFrom, itemIdOf, shortHash, toToken } from './identity.js'

test('a token is safe for NATS, KV keys and BullMQ, whatever it is made from', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
      expect(toToken(name)).toMatch(/^[A-Za-z0-9_-]{1,128}$/)
    }),
  )
})

test('two names never share a token', () => {
  const names = ['a b', 'a.b', 'a-b', 'a:b', 'ä', 'ö', `${'x'.repeat(200)}1`, `${'x'.repeat(200)}2`]
  expect(new Set(names.map(toToken)).size).toBe(names.length)
})

test('a safe name is its own token', () => {
  expect(toToken('na-5123456')).toBe('na-5123456')
})

test('parts of a hash do not run into each other', () => {
  expect(shortHash('ab', 'c')).not.toBe(shortHash('a', 'bc'))
})

test('folding forgets case, accents and punctuation', () => {
  expect(fold('  Größe: „Café“ & ÉTÉ-2026!')).toBe('grosse cafe ete 2026')
})

test('folding says of every character what the definition says, alone and beside others', () => {
  // Unicode's own steps, one after the other over the whole text.
  const byDefinition = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .replace(/ß/g, 'ss')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  const isWhole = (code: number) => code < 0xd800 || code > 0xdfff
  const codes = Array.from({ length: 0x1_1000 }, (_, code) => code).filter(isWhole)
  const characters = codes.map((code) => String.fromCodePoint(code))
  const texts = [
    characters.map((each) => `a ${each}b`).join(''),
    characters.map((each) => `A${each}\u0301x, `).join(''),
    characters.map((each) => `${each} `).join('- '),
    `  zwei  Wörter ,und ΟΔΟΣ noch\n\teins — "ﬁne" ½ `,
  ]
  for (const text of texts) expect(fold(text)).toBe(byDefinition(text))
})

test('an item keeps its id when only the look of its headline changes', () => {
  const item = { wire: 'na', issuer: 'Muster AG', headline: 'Neues Werk!', date: '' }
  expect(itemIdFrom({ ...item, headline: 'NEUES  Werk' })).toBe(itemIdFrom(item))
  expect(itemIdFrom({ ...item, issuer: 'Andere AG' })).not.toBe(itemIdFrom(item))
  expect(itemIdOf('prn', '301264222')).toBe('prn-301264222')
})

test('a delivery has one id per endpoint, item and revision', () => {
  const id = deliveryIdOf('ep1', 'na-1', '1.1')
  expect(deliveryIdOf('ep1', 'na-1', '1.1')).toBe(id)
  expect(deliveryIdOf('ep1', 'na-1', '2.1')).not.toBe(id)
  // Standard Webhooks: the id is part of a dot-joined string, so it may hold no dot.
  expect(id).toMatch(/^msg_[A-Za-z0-9_-]+$/)
})
