import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decode } from './decode.js'
import { stripIllegal } from './legal.js'

const text = 'Größe „Köln“ – 5 €'
const xml = (label: string) => `<?xml version="1.0" encoding="${label}"?><rss>${text}</rss>`
const encoded = (content: string, charset: string) => new Uint8Array(iconv.encode(content, charset))

describe('decode', () => {
  it('believes a byte order mark before any label', () => {
    const utf8 = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])
    expect(decode(utf8, 'text/xml; charset=koi8-r')).toEqual({ text, charset: 'utf-8' })
    const little = Buffer.concat([Buffer.from([0xff, 0xfe]), encoded(text, 'utf-16le')])
    expect(decode(little).text).toBe(text)
    const big = Buffer.concat([Buffer.from([0xfe, 0xff]), encoded(text, 'utf-16be')])
    expect(decode(big).text).toBe(text)
  })

  it('reads UTF-16 without a mark where the first character is <', () => {
    expect(decode(encoded('<rss>ä</rss>', 'utf-16le')).text).toBe('<rss>ä</rss>')
    expect(decode(encoded('<rss>ä</rss>', 'utf-16be')).text).toBe('<rss>ä</rss>')
  })

  it('believes the content type before the XML declaration', () => {
    const bytes = encoded('<?xml version="1.0" encoding="koi8-r"?>Ж', 'windows-1251')
    expect(decode(bytes, 'application/xml; charset="windows-1251"').text).toContain('Ж')
  })

  it('believes the XML declaration before guessing', () => {
    const bytes = encoded('<?xml version="1.0" encoding="windows-1251"?>Ж', 'windows-1251')
    expect(decode(bytes, 'application/xml')).toMatchObject({ charset: 'windows-1251' })
  })

  it('reads Latin-1 labels as windows-1252, with its quotes and euro sign', () => {
    for (const label of ['ISO-8859-1', 'latin1', 'us-ascii', 'Windows-1252']) {
      expect(decode(encoded(xml(label), 'windows-1252')).text).toBe(xml(label))
      expect(decode(encoded(text, 'windows-1252'), `text/plain; charset=${label}`).text).toBe(text)
    }
  })

  it('falls back to windows-1252 where unlabelled bytes are no UTF-8', () => {
    expect(decode(encoded(text, 'windows-1252'))).toEqual({ text, charset: 'windows-1252' })
    expect(decode(Buffer.from(text))).toEqual({ text, charset: 'utf-8' })
  })

  it('passes over a label that the bytes contradict', () => {
    expect(decode(Buffer.from(xml('windows-1252'))).text).toBe(xml('windows-1252'))
    expect(decode(Buffer.from(xml('utf-16'))).text).toBe(xml('utf-16'))
    expect(decode(encoded(text, 'windows-1252'), 'text/xml; charset=utf-8').text).toBe(text)
  })

  it('passes over labels that are no charset', () => {
    for (const label of ['klingon', 'base64', 'hex', 'utf-7', '']) {
      expect(decode(Buffer.from(text), `text/plain; charset=${label}`).text).toBe(text)
    }
  })

  it('keeps a UTF-8 text with one broken byte in UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from(xml('utf-8')), Buffer.from([0xe1])])
    expect(decode(bytes).text).toBe(`${xml('utf-8')}\uFFFD`)
  })

  it('never lets a character out that XML forbids, and never throws', () => {
    const labels = fc.constantFrom('', 'utf-8', 'utf-16', 'iso-8859-1', 'shift_jis', 'gb2312')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), labels, (bytes, label) => {
        const { text: decoded } = decode(bytes, `text/xml; charset=${label}`)
        expect(stripIllegal(decoded)).toBe(decoded)
      }),
    )
  })
})

describe('stripIllegal', () => {
  it('drops control characters and keeps tab and line ends', () => {
    expect(stripIllegal('a\u0000b\u0008\tc\r\n\uFFFEd\uD800')).toBe('ab\tc\r\nd')
  })

  it('puts a space where a vertical tab or form feed stood between words', () => {
    expect(stripIllegal('one\u000Btwo\u000Cthree')).toBe('one two three')
  })

  it('keeps characters outside the basic plane', () => {
    expect(stripIllegal('😀 𠀋')).toBe('😀 𠀋')
  })
})
