const undetermined = 'und'

/**
 * The ISO 639-1 code of a language tag (RFC 5646): `en-US` → `en`. `und` where it says none. Codes
 * of three letters and withdrawn ones (`iw`, which Java wrote until 2021) are those that stand for
 * them today, as filters are asked for those.
 */
export function languageOf(tag: string | undefined): string {
  const primary = (tag ?? '').trim().toLowerCase().split(/[-_]/, 1)[0] ?? ''
  if (primary === undetermined || !/^[a-z]{2,3}$/.test(primary)) return undetermined
  const { language } = new Intl.Locale(primary)
  if (language.length === 2) return language
  return primary.length === 2 ? primary : undetermined
}
