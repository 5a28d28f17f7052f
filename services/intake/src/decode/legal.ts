/** All that XML 1.0 forbids in a document (section 2.2, `Char`), lone surrogates included. */
const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]+/gu
const breaks = /[\v\f]/g
/** Without pairing surrogates, which is slow: finds all that is illegal, and astral characters. */
const suspicious = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/

/** Takes out what no XML document may hold, so that it never reaches one of ours. */
export function stripIllegal(text: string): string {
  if (!suspicious.test(text)) return text
  // Vertical tab and form feed stand between words: without a space the words would be glued.
  return text.replace(breaks, ' ').replace(illegal, '')
}
