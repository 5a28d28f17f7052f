/** What windows-1252 puts between 0x80 and 0x9F; the other bytes there are control characters. */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ'
const byteOf = new Map([...upper].map((char, index) => [char, 0x80 + index]))
/** The beginning of a two- to four-byte sequence of UTF-8 that was read as windows-1252. */
const suspicious = /[\u00C2-\u00F4][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/

/**
 * Text that was UTF-8, read as windows-1252 or Latin-1 and written as UTF-8 again, as it was meant.
 * Only where the whole of it goes back without a fault: one real `é` in it, and it stays as it is.
 */
export function doubleDecoded(text: string): string {
  if (!suspicious.test(text)) return text
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    const byte = code < 0x100 ? code : byteOf.get(text.charAt(index))
    if (byte === undefined) return text
    bytes[index] = byte
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return text
  }
}
