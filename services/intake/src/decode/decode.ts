import { isUtf8 as fitsUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { charsetLabel, charsetOf, declaredLabel, labelIn, markedCharset } from './charset.js'
import { decodeEbcdic, ebcdicOf, isEbcdic } from './ebcdic.js'
import { stripIllegal } from './legal.js'
import { decodeUtf8, mostlyUtf8 } from './utf8.js'

const replacement = '\uFFFD'

export interface Decoded {
  readonly text: string
  /** The charset that was used. */
  readonly charset: string
}

/**
 * Bytes from the world → text without XML-illegal characters. Order: byte order mark, the charset
 * of the content type, the XML declaration, strict UTF-8, windows-1252. Never throws: a label that
 * the bytes contradict is passed over, and one in which they have no meaning while another label
 * gives them one.
 */
export function decode(bytes: Uint8Array, contentType?: string): Decoded {
  const isUtf8 = fitsUtf8(bytes)
  const charsets = charsetsOf(bytes, contentType, isUtf8)
  const [believed = 'windows-1252'] = charsets
  let text = read(bytes, believed, isUtf8)
  let charset = believed
  if (charsets.length > 1 && believed !== 'utf-8' && text.includes(replacement)) {
    for (const other of charsets.slice(1)) {
      const otherText = read(bytes, other, isUtf8)
      if (otherText.includes(replacement)) continue
      text = otherText
      charset = other
      break
    }
  }
  return { text: stripIllegal(text), charset }
}

/** The charsets that the bytes may be in, the likeliest first. */
function charsetsOf(bytes: Uint8Array, contentType: string | undefined, isUtf8: boolean): string[] {
  const marked = markedCharset(bytes)
  if (marked && isEbcdic(marked)) return [ebcdicOf(labelIn(decodeEbcdic(bytes, marked)))]
  if (marked) return [marked]
  const labels = [charsetLabel(contentType), declaredLabel(bytes)]
  const named = labels.flatMap((label) => charsetOf(label) ?? [])
  return [
    ...named.filter((charset) => agrees(charset, bytes, isUtf8)),
    isUtf8 ? 'utf-8' : 'windows-1252',
  ]
}

/** Charsets whose text can be valid UTF-8 by chance, or is made of ASCII bytes. */
const multibyte = /^(?:big5|euc-|gb|iso-2022-|shift_jis|cp9[345]\d|utf-)/

function agrees(charset: string, bytes: Uint8Array, isUtf8: boolean): boolean {
  if (charset === 'utf-8') return isUtf8 || mostlyUtf8(bytes)
  // ASCII bytes prove that the label is wrong; without a mark there are zero bytes in these.
  if (/^(?:utf|ucs)-?(?:16|32|2|4)/.test(charset)) return bytes.includes(0)
  // Text of one byte a letter is practically never valid UTF-8 by chance: the label was left over.
  return multibyte.test(charset) || !isUtf8
}

function read(bytes: Uint8Array, charset: string, isUtf8: boolean): string {
  if (charset === 'utf-8') return decodeUtf8(bytes, isUtf8)
  if (isEbcdic(charset)) return decodeEbcdic(bytes, charset)
  // Node 20's own windows-1252 decoder gives control characters for 0x80–0x9F; iconv-lite gives
  // Apple's charset the currency sign that the euro sign took the place of.
  const isNodes = charset === 'macintosh' || !iconv.encodingExists(charset)
  if (isNodes) return new TextDecoder(charset).decode(bytes)
  return iconv.decode(Buffer.from(bytes), charset)
}
