import { type Language, languages } from './languages.js'
import type { GivenRow } from './lookup.js'

const letters = [...'abcdefghijklmnopqrstuvwxyz']

/** The languages with a code of two letters (ISO 639-1), as Node's ICU (CLDR) calls them. */
export function languageRows(): GivenRow[] {
  const names = Object.fromEntries(
    languages.map((language) => [
      language,
      new Intl.DisplayNames(language, { type: 'language', fallback: 'none' }),
    ]),
  ) as Record<Language, Intl.DisplayNames>
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  return codes.flatMap((code) => {
    // ICU follows retired codes (`in` is Indonesian), which no item carries.
    if (new Intl.Locale(code).language !== code) return []
    const labels = languages.map((language) => [language, names[language].of(code)] as const)
    if (labels.some(([, label]) => label === undefined)) return []
    const named = Object.fromEntries(labels) as GivenRow['labels']
    return [{ scheme: 'lang', code, labels: named, broader: [] }]
  })
}
