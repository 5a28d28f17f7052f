import { german } from './de.js'
import { english } from './en.js'
import { spanish } from './es.js'
import { french } from './fr.js'
import { italian } from './it.js'
import type { Language, Phrasebook } from './language.js'

export { type Language, languages, type Phrasebook, type Subject } from './language.js'
export { issuerNames, people } from './names.js'
export { type Place, places } from './places.js'

export const phrasebooks: Readonly<Record<Language, Phrasebook>> = {
  de: german,
  en: english,
  fr: french,
  it: italian,
  es: spanish,
}
