import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clean, cleanLines, safeJson } from './clean.js'

const obeyed = /\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff\u{e0000}-\u{e007f}]/u

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom('\u001b', '[', ']', 'm', '3', ';', '\u0007', '\u009b', '\\', 'P', '\n', '\r'),
      fc.constantFrom('\u202e', '\u{e0041}', '\u007f', '\u2028'),
      fc.string({ unit: 'binary' }),
    ),
  )
  .map((parts) => parts.join(''))

describe('a text from outside', () => {
  it.each([
    ['a colour', '\u001b[31mRed\u001b[0m alert', 'Red alert'],
    ['a cleared screen', 'Acme\u001b[2J\u001b[H opens', 'Acme opens'],
    ['a title of the window', '\u001b]0;owned\u0007Acme', 'Acme'],
    ['a link', '\u001b]8;;https://evil.example\u001b\\Acme\u001b]8;;\u001b\\', 'Acme'],
    ['an 8-bit sequence', '\u009b31mAcme', 'Acme'],
    ['a carriage return', 'Harmless\rEvil', 'Harmless Evil'],
    ['a backspace', 'good\b\b\b\bevil', 'goodevil'],
    ['a turned direction', 'Acme \u202egpj.exe', 'Acme gpj.exe'],
    ['a hidden sign', 'Ac\u200bme\u{e0041}', 'Acme'],
    ['lines', 'one\r\ntwo\u2028three', 'one two three'],
    ['half a sign', 'Acme \ud800', 'Acme \ufffd'],
  ])('loses %s', (_name, text, expected) => {
    expect(clean(text)).toBe(expected)
  })

  it('keeps writing that needs its joiners, and emoji', () => {
    const text = 'مطبوعات می‌خواهم 👩‍👩‍👧 Köln 日本'
    expect(clean(text)).toBe(text)
  })

  it('never holds what a terminal obeys, whatever it was', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(clean(text)).not.toMatch(obeyed)
        expect(cleanLines(text).replaceAll('\n', '')).not.toMatch(obeyed)
      }),
    )
  })
})

it('JSON says the same after it was made harmless', () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom(undefined, 2), (text, indent) => {
      const json = safeJson({ text, [text]: 1 }, indent)
      expect(json.replaceAll('\n', '')).not.toMatch(obeyed)
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ text, [text]: 1 })))
    }),
  )
})
