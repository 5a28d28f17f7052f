import type { FacetKey } from '@newswire/model'
import { type Language, loadCodes } from '@newswire/vocabulary'

/** What a person calls a filter's value, where the vocabulary knows it. */
export function labelOf(key: FacetKey, code: string, language: Language): string | undefined {
  if (key === 'source' || key === 'issuer') return undefined
  return loadCodes().labelOf(key, code, language)
}
