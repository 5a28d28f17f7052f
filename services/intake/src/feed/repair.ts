import { stripIllegal } from '../decode/legal.js'
import { withoutC1 } from './references.js'

/** Where a UTF-8 lead byte, read as windows-1252, stands before a continuation byte so read. */
const suspicious = /[\u00C2-\u00F4][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ'
const byteOf = new Map([...windows1252].map((char, index) => [char, 0x80 + index]))
const strict = new TextDecoder('utf-8', { fatal: true })

/** Whether any field of a text may need a repair. */
export function needsRepair(text: string): boolean {
  return suspicious.test(text) || /[\u0080-\u009F]/.test(text)
}

/**
 * Text that was encoded as UTF-8 twice comes back only where the whole of it proves to be so: each
 * character is a byte of windows-1252 and the bytes are valid UTF-8. What is left of C1 controls is
 * read as windows-1252.
 */
export function repaired(text: string): string {
  return withoutC1(encodedOnce(text) ?? text)
}

function encodedOnce(text: string): string | undefined {
  if (!suspicious.test(text)) return undefined
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    const byte = byteOf.get(text.charAt(index)) ?? (code <= 0xff ? code : undefined)
    if (byte === undefined) return undefined
    bytes[index] = byte
  }
  try {
    return stripIllegal(strict.decode(bytes))
  } catch {
    return undefined
  }
}

/** A quote that opens an attribute and is not closed before its tag ends or the next one begins. */
const openQuotes = [
  /=\s{0,20}"([^"<>]*)(>(?=[^"<]*<)|(?=<))/g,
  /=\s{0,20}'([^'<>]*)(>(?=[^'<]*<)|(?=<))/g,
] as const
/** A feed with more of them is beyond repair. */
const openQuotesMax = 1_000

/** Closes the attributes that would swallow the text up to the next quote. */
export function withClosedQuotes(xml: string): string {
  return openQuotes.reduce(closeQuotes, xml)
}

function closeQuotes(xml: string, pattern: RegExp): string {
  const parts: string[] = []
  let at = 0
  for (const found of xml.matchAll(pattern)) {
    if (parts.length >= openQuotesMax) return xml
    const value = found[1] ?? ''
    const isEmpty = value.trimEnd().endsWith('/')
    const inner = isEmpty ? value.trimEnd().slice(0, -1).trimEnd() : value
    parts.push(
      `${xml.slice(at, found.index)}="${inner.replaceAll('"', '')}"${isEmpty ? '/>' : '>'}`,
    )
    at = found.index + found[0].length
  }
  return parts.length === 0 ? xml : `${parts.join('')}${xml.slice(at)}`
}
