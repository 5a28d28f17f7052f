import iconv from 'iconv-lite'
import { charsetLabel, charsetOf, declaredLabel, markedCharset } from './charset.js'
import { stripIllegal } from './legal.js'

const replacement = '\uFFFD'

export interface Decoded {
  readonly text: string
  /** The charset that was used. */
  readonly charset: string
}

/**
 * Bytes from the world → text without XML-illegal characters. Order: byte order mark, the charset
 * of the content type, the XML declaration, strict UTF-8, windows-1252. Never throws: a label that
 * the bytes contradict is passed over.
 */
export function decode(bytes: Uint8Array, contentType?: string): Decoded {
  const charset = settleCharset(bytes, contentType)
  return { text: stripIllegal(read(bytes, charset)), charset }
}

function settleCharset(bytes: Uint8Array, contentType: string | undefined): string {
  const marked = markedCharset(bytes)
  if (marked) return marked
  const isUtf8 = fitsUtf8(bytes)
  for (const label of [charsetLabel(contentType), declaredLabel(bytes)]) {
    const charset = charsetOf(label)
    if (charset && agrees(charset, bytes, isUtf8)) return charset
  }
  return isUtf8 ? 'utf-8' : 'windows-1252'
}

function agrees(charset: string, bytes: Uint8Array, isUtf8: boolean): boolean {
  if (charset === 'utf-8') return isUtf8 || mostlyUtf8(bytes)
  // ASCII bytes prove that a UTF-16 label is wrong; without a mark there are zero bytes in it.
  if (charset.startsWith('utf-16')) return bytes.includes(0)
  // Text in windows-1252 is practically never valid UTF-8 by chance: the label was left over.
  if (charset === 'windows-1252') return !isUtf8
  return true
}

function fitsUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** A few broken bytes in a text that says it is UTF-8 cost those letters, not all umlauts. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  let good = 0
  let bad = 0
  for (const char of new TextDecoder('utf-8').decode(bytes)) {
    if (char === replacement) bad += 1
    else if (char > '\u007F') good += 1
  }
  return good > bad
}

function read(bytes: Uint8Array, charset: string): string {
  if (charset === 'utf-8') return new TextDecoder('utf-8').decode(bytes)
  // Node 20's own windows-1252 decoder gives control characters for 0x80–0x9F.
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), charset)
}
