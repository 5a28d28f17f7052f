export { isLanguage, type Language, languages, nearestLanguage } from '@newswire/vocabulary'
