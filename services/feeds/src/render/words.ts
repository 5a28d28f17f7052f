import type { Filter, TaggedItem } from '@newswire/model'
import { filterKeys } from '@newswire/model'

interface Words {
  withdrawn: string
  correction: string
  source: string
}

const words: Record<string, Words> = {
  de: { withdrawn: 'Zurückgezogen', correction: 'Korrigierte Fassung', source: 'Quelle' },
  en: { withdrawn: 'Withdrawn', correction: 'Corrected version', source: 'Source' },
  fr: { withdrawn: 'Retiré', correction: 'Version corrigée', source: 'Source' },
  it: { withdrawn: 'Ritirato', correction: 'Versione corretta', source: 'Fonte' },
  es: { withdrawn: 'Retirado', correction: 'Versión corregida', source: 'Fuente' },
}
const english: Words = { withdrawn: 'Withdrawn', correction: 'Corrected version', source: 'Source' }

/** The house's own words in the item's language, else in English. */
export function wordsFor(item: Pick<TaggedItem, 'language'>): Words {
  return words[item.language] ?? english
}

/** A filter as a person reads it: `region CN or JP, topic medtop:04000000, not lang en`. */
export function filterInWords(filter: Filter): string {
  const say = (key: string, values: readonly string[] | undefined) =>
    values?.length ? [`${key} ${values.join(' or ')}`] : []
  const parts = [
    ...filterKeys.flatMap((key) => say(key, filter[key])),
    ...filterKeys.flatMap((key) => say(`not ${key}`, filter.not?.[key])),
  ]
  return parts.length === 0 ? 'all releases' : parts.join(', ')
}
