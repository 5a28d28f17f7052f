const headlineCharsMax = 140

/** A headline for a text that came without: its first sentence, cut at a word. Empty for none. */
export function headlineFrom(text: string): string {
  const start = text
    .slice(0, headlineCharsMax * 4)
    .replace(/\s+/g, ' ')
    .trim()
  const sentence = /^.{20,}?(?<!\d)[.!?](?=\s+\p{Lu}|$)/u.exec(start)?.[0] ?? start
  if (sentence.length <= headlineCharsMax) return sentence
  const cut = sentence.slice(0, headlineCharsMax).replace(/\s+\S*$/u, '')
  return `${cut.replace(/[,;:\s]+$/u, '')} …`
}
