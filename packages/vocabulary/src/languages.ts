/** The languages that the vocabularies have labels in, and the house speaks. */
export const languages = ['de', 'en', 'fr', 'it', 'es'] as const
export type Language = (typeof languages)[number]

export function isLanguage(code: string): code is Language {
  return (languages as readonly string[]).includes(code)
}

/** Which language's labels and names serve a text in this one. */
export function nearestLanguage(code: string): Language {
  return isLanguage(code) ? code : 'en'
}
