import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decode } from './decode.js'
import { stripIllegal } from './legal.js'

const text = 'Größe „Köln“ – 5 €'
const xml = (label: string) => `<?xml version="1.0" encoding="${label}"?><rss>${text}</rss>`
const encoded = (content: string, charset: string) => new Uint8Array(iconv.encode(content, charset))

/** Letters, digits and signs of an XML declaration, as all Latin code pages of EBCDIC have them. */
function ebcdic(declaration: string): number[] {
  const rows: [string, number][] = [
    ['abcdefghi', 0x81],
    ['jklmnopqr', 0x91],
    ['stuvwxyz', 0xa2],
    ['BCDEFGHI', 0xc2],
    ['JKLMNOPQR', 0xd1],
    ['0123456789', 0xf0],
    ['.<', 0x4b],
    [' ', 0x40],
    ['-', 0x60],
    ['?', 0x6f],
    ['>', 0x6e],
    ['="', 0x7e],
  ]
  return [...declaration].map((char) => {
    const [chars, first] = rows.find(([row]) => row.includes(char)) ?? ['', 0]
    return first + chars.indexOf(char)
  })
}

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

  it('reads lone bytes in UTF-8 as windows-1252, and keeps the rest', () => {
    const broken = Buffer.concat([Buffer.from(xml('utf-8')), Buffer.from([0xe1, 0x84, 0x2e])])
    expect(decode(broken).text).toBe(`${xml('utf-8')}á„.`)
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf, 0xdf]), Buffer.from('Größe')])
    expect(decode(marked).text).toBe('ßGröße')
  })

  it('tells a letter that the end of the text cuts from one that is broken', () => {
    const cut = Buffer.from(xml('utf-8').replace('</rss>', '€')).subarray(0, -1)
    expect(decode(cut).text).toMatch(/ \d €\uFFFD$/)
  })

  it('reads UTF-32 with and without a mark', () => {
    for (const charset of ['utf-32le', 'utf-32be']) {
      const marked = Buffer.from(iconv.encode(xml('utf-32'), charset, { addBOM: true }))
      const bare = Buffer.from(iconv.encode(xml('utf-32'), charset, { addBOM: false }))
      for (const bytes of [marked, bare]) {
        expect(decode(bytes)).toEqual({ text: xml('utf-32'), charset })
      }
    }
  })

  it('reads UTF-16 without a mark after white space', () => {
    expect(decode(encoded('\n<rss>ä</rss>', 'utf-16be')).text).toBe('\n<rss>ä</rss>')
  })

  it.each([
    ['cp037', [0x5a, 0x4f, 0xad], '!|Ý'],
    ['ebcdic-cp-be', [0x5a, 0x4f, 0xad], ']!Ý'],
    ['IBM1140', [0x9f, 0x5a], '€!'],
  ])('reads EBCDIC by the code page that its declaration names (%s)', (label, bytes, expected) => {
    const declaration = ebcdic(`<?xml version="1.0" encoding="${label}"?>`)
    expect(decode(Buffer.from([...declaration, ...bytes])).text).toMatch(
      new RegExp(`\\?>${expected.replace('|', '\\|')}$`),
    )
  })

  it.each([
    ['ISO_8859-2:1987', 'iso-8859-2', 'Łódź'],
    ['x-sjis', 'shift_jis', '日本'],
    ['cspcp852', 'cspcp852', 'Łódź'],
    ['koi8_r', 'koi8-r', 'Ж'],
    ['chinese', 'gb18030', '中'],
    ['x-mac-cyrillic', 'maccyrillic', 'Ж'],
    ['ks_c_5601-1987', 'euc-kr', '한'],
  ])('knows the label %s', (label, charset, word) => {
    const bytes = encoded(`<?xml version="1.0" encoding="${label}"?>${word}`, charset)
    expect(decode(bytes)).toMatchObject({ charset, text: expect.stringContaining(word) })
    expect(decode(encoded(word, charset), `text/xml; charset='${label}'`).text).toBe(word)
  })

  it('reads ISO-2022-JP, whose bytes are all ASCII', () => {
    const bytes = Buffer.from('<?xml version="1.0" encoding="iso-2022-jp"?>\u001B$BF|K\\\u001B(B')
    expect(decode(bytes).text).toMatch(/日本$/)
  })

  it('prefers the label in which the bytes have a meaning', () => {
    const bytes = encoded('<?xml version="1.0" encoding="windows-1251"?>Жук', 'windows-1251')
    expect(decode(bytes, 'text/xml; charset=euc-jp').text).toMatch(/Жук$/)
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
