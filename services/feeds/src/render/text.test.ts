import { withoutIllegal } from '@newswire/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginningOf, readable, readableThroughout, unmistakable, xmlData } from './text.js'
import { mediaTypeOf, webAddress } from './web-address.js'

const signs = (...codes: readonly number[]) => String.fromCodePoint(...codes)

test('readable text keeps what people wrote and loses what no reader shows', () => {
  const odd = signs(0, 0x08, 0x7f, 0x80, 0x9f, 0xfdd0, 0xfffe, 0x1ffff, 0xd800)
  expect(readable(`a${odd}b${signs(0x85)}c${signs(0xfffd)}\t😀 שלום \u2028`)).toBe(
    'ab\nc?\t😀 שלום \u2028',
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(withoutIllegal(readable(text))).toBe(readable(text))
      expect(readable(text)).not.toMatch(/[\u0080-\u009f\ufffd\p{Noncharacter_Code_Point}]/u)
    }),
  )
})

test('every string of a value is made readable', () => {
  const bell = signs(7)
  expect(readableThroughout({ a: [`b${bell}`, { c: `${bell}d`, e: 1 }], f: null })).toEqual({
    ...{ a: ['b', { c: 'd', e: 1 }], f: null },
  })
})

test('the beginning of a text ends at a word and never within a character', () => {
  expect(beginningOf('eins  zwei\ndrei', 20)).toBe('eins zwei drei')
  expect(beginningOf('eins zwei drei', 11)).toBe('eins zwei …')
  expect(beginningOf('😀'.repeat(20), 5)).toBe('😀😀 …')
  expect(beginningOf(`${' '.repeat(39)}😀 mehr`, 10)).toMatch(/^ ?…$/)
})

test('only an end tag, which a reader would take for markup, gets a word joiner', () => {
  expect(unmistakable('1 < 2 & S&P500')).toBe('1 < 2 & S&P500')
  expect(unmistakable('<b>&copy;</b>')).toBe('<b>&copy;<\u2060/b>')
})

test('HTML leaves its CDATA section nowhere', () => {
  expect(xmlData('a]]>b')).toBe('<![CDATA[a]]]]><![CDATA[>b]]>')
})

test.each([
  ['https://a.example/b?c=1&d=%20#e', 'https://a.example/b?c=1&d=%20#e'],
  ['HTTP://A.example', 'http://a.example/'],
  ['https://ä.example/ö|"<[]%zz', 'https://xn--4ca.example/%C3%B6%7C%22%3C%5B%5D%25zz'],
  ['javascript:alert(1)', undefined],
  ['ftp://a.example/', undefined],
  ['/b', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s leads the web to %s', (text, address) => {
  expect(webAddress(text)).toBe(address)
})

test('a media type is the stated one, else what the address ends in', () => {
  const address = 'https://a.example/b.PNG?c=d.php'
  expect(mediaTypeOf('Image/JPEG; q=1', address)).toBe('image/jpeg')
  expect(mediaTypeOf('Bild', address)).toBe('image/png')
  expect(mediaTypeOf(undefined, 'https://a.example/b.php')).toBeUndefined()
})
