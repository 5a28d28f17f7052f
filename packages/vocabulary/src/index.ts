export { type Codes, type CodesKey, codesFileOf, loadCodes } from './codes.js'
export { isLanguage, type Language, languages, nearestLanguage } from './languages.js'
export {
  createLookup,
  type GivenRow,
  type Lookup,
  rootCode,
  type VocabularyRow,
} from './lookup.js'
export { type UnknownCode, unknownCode } from './unknown-code.js'
