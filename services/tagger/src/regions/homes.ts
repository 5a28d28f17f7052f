import type { Language } from '../languages.js'

/** Where a text's language is at home: of two towns of one name it more likely means that there. */
export const homes: Readonly<Record<Language, readonly string[]>> = {
  de: ['DE', 'AT', 'CH', 'LI', 'LU'],
  en: [],
  fr: ['FR', 'BE', 'CH'],
  it: ['IT', 'CH'],
  es: ['ES', 'MX', 'AR', 'CL', 'CO', 'PE'],
}

/** What that is worth, in powers of ten of inhabitants. */
export const homeWeight = 0.3
