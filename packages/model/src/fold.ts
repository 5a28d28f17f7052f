/** Lower case, no accents, letters and digits only, one space between words. */
export function fold(text: string): string {
  // Searches fold whole texts by the thousand: what is right as it stands, most letters and the
  // single spaces between words, is not touched.
  return text
    .replace(beyondAscii, (run) => run.normalize('NFKD').replace(/\p{M}+/gu, ''))
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9 \p{L}\p{N}][^\p{L}\p{N}]*| [^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Between characters of ASCII nothing composes, decomposes or changes its order. */
const beyondAscii = /[\u0080-\uffff]+/g

/** Letters whose stroke or second half no decomposition of Unicode takes away. */
const plainLetters: Readonly<Record<string, string>> = {
  ...{ æ: 'ae', đ: 'd', ð: 'd', ħ: 'h', ı: 'i' },
  ...{ ł: 'l', œ: 'oe', ø: 'o', þ: 'th', ŧ: 't' },
}
const marked = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g')

/**
 * Text as words are looked for in it: folded, and `Ørsted` as `orsted`, which people type. Not for
 * what is kept under a folded name: issuers and ids stay what they are.
 */
export function foldWords(text: string): string {
  return fold(text).replace(marked, (letter) => plainLetters[letter] ?? letter)
}
