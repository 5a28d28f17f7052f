import { type Language, languages } from '../languages.js'

type Style = 'long' | 'short'

const makers = new Map(
  languages.map((language) => [
    language,
    {
      long: new Intl.DisplayNames(language, { type: 'region' }),
      short: new Intl.DisplayNames(language, { type: 'region', style: 'short' }),
    },
  ]),
)

/** What Node's ICU (CLDR) calls a country or an M49 area; its code where it has no name. */
export function displayName(code: string, language: Language, style: Style = 'long'): string {
  return makers.get(language)?.[style].of(code) ?? code
}
