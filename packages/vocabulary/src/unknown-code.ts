import { type CodesKey, loadCodes } from './codes.js'
import type { Language } from './languages.js'

const charsMax = 60
const language: Language = 'en'

/** A code that there is not, as problem+json tells of it. */
export interface UnknownCode {
  readonly slug: string
  readonly title: string
  readonly detail: string
  readonly extra: {
    readonly key: CodesKey
    readonly value: string
    readonly nearest: readonly { readonly code: string; readonly label: string }[]
  }
}

const slugs: Record<CodesKey, string> = {
  region: 'unknown-region',
  topic: 'unknown-topic',
  lang: 'unknown-language',
}
const names: Record<CodesKey, string> = { region: 'region', topic: 'topic', lang: 'language' }
const where: Record<CodesKey, string> = {
  region: 'Look for it with GET /api/v1/vocabulary/regions?q=…',
  topic: 'Look for it with GET /api/v1/vocabulary/topics?q=…',
  lang: 'Use ISO 639-1, such as de or en.',
}

/** Whoever asks for a code that there is not would wait for items for ever: what may be meant. */
export function unknownCode(key: CodesKey, text: string): UnknownCode {
  const value = text.slice(0, charsMax)
  const meant = loadCodes().nearest(key, value, language)
  const nearest = meant.map(({ code, labels }) => ({ code, label: labels[language] }))
  const list = nearest.map(({ code, label }) => `${code} (${label})`).join(', ')
  return {
    slug: slugs[key],
    title: `There is no such ${names[key]}`,
    detail:
      nearest.length === 0
        ? `"${value}" is no ${names[key]}. ${where[key]}`
        : `"${value}" is no ${names[key]}. Perhaps one of these is meant: ${list}.`,
    extra: { key, value, nearest },
  }
}
