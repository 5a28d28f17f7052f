import { itemLimits, type Tag } from '@newswire/model'
import { type Field, fieldsOf, type Taggable } from './fields.js'
import { findLanguage } from './language.js'
import { isLanguage, nearestLanguage } from './languages.js'
import { tagRegions } from './regions/tag-regions.js'
import { type RankedTopic, rankTopics as rank, tagTopics } from './topics/tag-topics.js'
import type { Vocabulary } from './vocabulary.js'

export interface Tagging {
  /** ISO 639-1, or `und`: what filters use. */
  readonly language: string
  /** Language, regions, topics; each scheme heaviest first. */
  readonly tags: Tag[]
}

/** Tags of an item, with the words that led to each. Pure: the same bytes for the same input. */
export function tag(item: Taggable, vocabulary: Vocabulary): Tagging {
  const { language, regions, input } = read(item, vocabulary)
  const topics = tagTopics(input, vocabulary)
  const tags = [...(language.tag ? [language.tag] : []), ...topics, ...regions.tags]
  return { language: language.code, tags: tags.slice(0, itemLimits.tagsMax) }
}

/** All 17 branches with what speaks for them, best first: what tags are chosen from. */
export function rankTopics(item: Taggable, vocabulary: Vocabulary): RankedTopic[] {
  return rank(read(item, vocabulary).input, vocabulary)
}

function read(item: Taggable, vocabulary: Vocabulary) {
  const language = findLanguage(item)
  const spoken = nearestLanguage(language.code)
  const fields = fieldsOf(item)
  const regions = tagRegions(fields, vocabulary.gazetteer, spoken)
  const taken = new Map(fields.map((field) => [field, new Uint8Array(field.words.length)]))
  for (const { field, first, last } of regions.mentions) taken.get(field)?.fill(1, first, last + 1)
  const input = {
    fields,
    sourceCodes: item.sourceCodes,
    language: isLanguage(language.code) ? language.code : undefined,
    label: spoken,
    isRegion: (field: Field, word: number) => taken.get(field)?.[word] === 1,
  }
  return { language, regions, input }
}
