import { deskDe } from './desk-de.js'
import { type DeskWords, deskEn } from './desk-en.js'
import { useLanguage } from './words.js'

/** The words of the dashboard in the reader's language. */
export function useDeskWords(): DeskWords {
  return useLanguage()[0] === 'de' ? deskDe : deskEn
}
