import { stripIllegal } from '../decode/legal.js'

const strayAmpersand = /&(?!(?:#\d{1,8}|#x[\da-f]{1,6}|[a-z][a-z\d]{0,31});)/gi
const numericReference = /&#(?:x([\da-f]{1,6})|(\d{1,8}));/gi
const codePointMax = 0x10_ffff
const cdataOpens = '<![CDATA['
const cdataCloses = ']]>'

/**
 * Mends the two faults of feeds that can be mended without guessing: an `&` that begins no
 * reference is escaped, a reference to a character that XML forbids is taken out. CDATA sections
 * stay as they are: there an `&` is only an `&`. A text with more than `repairsMax` faults is given
 * back as it is.
 */
export function mendReferences(xml: string, repairsMax: number): string {
  const parts: string[] = []
  let repairs = 0
  const count = (mended: string) => {
    repairs += 1
    return mended
  }
  let at = 0
  while (at < xml.length) {
    const opens = xml.indexOf(cdataOpens, at)
    const markup = xml.slice(at, opens < 0 ? xml.length : opens)
    parts.push(mend(markup, count))
    if (repairs > repairsMax) return xml
    if (opens < 0) break
    const closes = xml.indexOf(cdataCloses, opens)
    const cdataEnd = closes < 0 ? xml.length : closes + cdataCloses.length
    parts.push(xml.slice(opens, cdataEnd))
    at = cdataEnd
  }
  return parts.join('')
}

function mend(markup: string, count: (mended: string) => string): string {
  return markup
    .replace(strayAmpersand, () => count('&amp;'))
    .replace(numericReference, (reference, hex?: string, decimal?: string) => {
      const code = Number.parseInt(hex ?? decimal ?? '', hex === undefined ? 10 : 16)
      const char = code > codePointMax ? '' : String.fromCodePoint(code)
      const legal = stripIllegal(char)
      return char !== '' && legal === char ? reference : count(legal)
    })
}
