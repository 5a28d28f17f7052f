/** ISO 639-2 codes that wires write instead of the two letters. */
const byThreeLetters: Readonly<Record<string, string>> = {
  ara: 'ar',
  chi: 'zh',
  deu: 'de',
  dut: 'nl',
  eng: 'en',
  fra: 'fr',
  fre: 'fr',
  ger: 'de',
  ita: 'it',
  jpn: 'ja',
  kor: 'ko',
  nld: 'nl',
  pol: 'pl',
  por: 'pt',
  rus: 'ru',
  spa: 'es',
  zho: 'zh',
}
const undetermined = 'und'

/** The ISO 639-1 code of a language tag (RFC 5646): `en-US` → `en`. `und` where it says none. */
export function languageOf(tag: string | undefined): string {
  const primary = (tag ?? '').trim().toLowerCase().split(/[-_]/, 1)[0] ?? ''
  if (/^[a-z]{2}$/.test(primary)) return primary
  return byThreeLetters[primary] ?? undetermined
}
