import { isErased, type NormalizedItem, type TaggedItem } from '@newswire/model'
import { tag } from '../tag.js'
import type { Vocabulary } from '../vocabulary.js'

/** The item with its tags and the language that filters use. */
export function asTagged(item: NormalizedItem, vocabulary: Vocabulary): TaggedItem {
  const { language, tags } = tag(item, vocabulary)
  return { ...item, language, tagging: 1, vocabulary: vocabulary.version, tags }
}

/**
 * A withdrawal as it goes out: found by the same filters as what the world last saw, without a word
 * of its text, and so without evidence that quotes it. What is erased by law has no tags either.
 */
export function asWithdrawn(item: NormalizedItem, last: TaggedItem): TaggedItem {
  const { contact: _, subheadline: __, ...rest } = item
  const isGone = isErased(item)
  return {
    ...rest,
    language: isGone ? item.language : last.language,
    body: { html: '', text: '', complete: item.body.complete },
    links: [],
    media: [],
    tagging: 1,
    vocabulary: last.vocabulary,
    tags: isGone ? [] : last.tags.map((each) => ({ ...each, evidence: [] })),
  }
}
