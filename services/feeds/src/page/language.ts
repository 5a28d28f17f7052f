/** The languages that pages speak. */
export const pageLanguages = ['en', 'de'] as const
export type PageLanguage = (typeof pageLanguages)[number]

export const otherLanguage = (language: PageLanguage): PageLanguage =>
  language === 'de' ? 'en' : 'de'

/** Ranges of an Accept-Language that are read; browsers send a handful. */
const rangesMax = 20

/**
 * `hl` of the address, else the reader's best of Accept-Language (RFC 9110 §12.5.4), else English.
 */
export function pageLanguage(hl: string | undefined, accepted: string | undefined): PageLanguage {
  const asked = hl === undefined ? undefined : ownLanguage(hl)
  if (asked !== undefined) return asked
  const ranges = (accepted ?? '').split(',').slice(0, rangesMax).map(readRange)
  const wanted = ranges
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ range }) => ownLanguage(range))
  return wanted.find((language) => language !== undefined) ?? 'en'
}

function readRange(text: string): { range: string; quality: number } {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim())
  const weight = parameters.find((each) => each.startsWith('q='))?.slice('q='.length)
  const quality = weight === undefined ? 1 : Number(weight)
  return { range, quality: Number.isNaN(quality) ? 0 : quality }
}

function ownLanguage(tag: string): PageLanguage | undefined {
  const primary = tag.toLowerCase().split(/[-_]/)[0]
  return pageLanguages.find((language) => language === primary)
}

const rightToLeft: ReadonlySet<string> = new Set(
  'ar arc ckb dv fa he ks ps sd syr ug ur yi'.split(' '),
)

/** How a text runs; where nobody says its language the browser looks at its first strong letter. */
export function directionOf(language: string): 'ltr' | 'rtl' | 'auto' {
  if (language === 'und' || language === '') return 'auto'
  return rightToLeft.has(language.toLowerCase().split(/[-_]/)[0] ?? '') ? 'rtl' : 'ltr'
}
