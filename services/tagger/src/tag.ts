import { itemLimits, type Tag } from '@newswire/model'
import { type Field, fieldsOf, type Taggable } from './fields.js'
import { findLanguage } from './language.js'
import { isLanguage, nearestLanguage } from './languages.js'
import { tagRegions } from './regions/tag-regions.js'
import { tagTopics } from './topics/tag-topics.js'
import type { Vocabulary } from './vocabulary.js'

export interface Tagging {
  /** ISO 639-1, or `und`: what filters use. */
  readonly language: string
  /** Language, regions, topics; each scheme heaviest first. */
  readonly tags: Tag[]
}

/** Tags of an item, with the words that led to each. Pure: the same bytes for the same input. */
export function tag(item: Taggable, vocabulary: Vocabulary): Tagging {
  const language = findLanguage(item)
  const spoken = nearestLanguage(language.code)
  const fields = fieldsOf(item)
  const regions = tagRegions(fields, vocabulary.gazetteer, spoken)
  const taken = new Map<Field, Set<number>>()
  for (const { field, first, last } of regions.mentions) {
    const words = taken.get(field) ?? new Set()
    for (let word = first; word <= last; word += 1) words.add(word)
    taken.set(field, words)
  }
  const topics = tagTopics(
    {
      fields,
      sourceCodes: item.sourceCodes,
      language: isLanguage(language.code) ? language.code : undefined,
      label: spoken,
      isRegion: (field, word) => taken.get(field)?.has(word) === true,
    },
    vocabulary,
  )
  const tags = [...(language.tag ? [language.tag] : []), ...topics, ...regions.tags]
  return { language: language.code, tags: tags.slice(0, itemLimits.tagsMax) }
}
