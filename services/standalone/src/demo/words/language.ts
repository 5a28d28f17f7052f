export const languages = ['de', 'en', 'fr', 'it', 'es'] as const
export type Language = (typeof languages)[number]

/**
 * What a release of one kind says. Slots: {issuer}, {city}, {country}, {count}, {months}, {person}.
 */
export interface Subject {
  /** Stands in the issuer's name: `Optik`. */
  readonly field: string
  readonly headline: string
  readonly lead: string
  readonly detail: string
}

/** All words of one language. */
export interface Phrasebook {
  readonly legalForms: readonly string[]
  /** Every language has the same kinds, in the same order. */
  readonly subjects: readonly Subject[]
  /** What a correction adds: {before} is the figure that was wrong. */
  readonly corrected: string
  readonly quotes: readonly string[]
}
