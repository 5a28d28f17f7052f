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
