import { type HandTags, itemLimits, type Tag, type TaggedItem } from '@newswire/model'
import { nearestLanguage } from '../languages.js'
import type { Vocabulary } from '../vocabulary.js'

/** What a person said of an item's tags; the newer word on a code stands. */
export type Said = Pick<HandTags, 'add' | 'remove'>
type Code = Said['add'][number]

/**
 * The item with what people gave to its tags and took from them: a region or a topic that is taken
 * takes along what lies in it, but for what was given by name. The same object: no change.
 */
export function withHandTags(
  item: TaggedItem,
  said: Said | undefined,
  vocabulary: Vocabulary,
): TaggedItem {
  if (!said) return item
  const kept = item.tags.filter((tag) => has(said.add, tag) || !isTaken(tag, said.remove))
  const missing = said.add.filter((code) => !has(kept, code))
  const given = missing.flatMap((code) => tagOf(code, item.language, vocabulary))
  if (given.length === 0 && kept.length === item.tags.length) return item
  return { ...item, tags: [...given, ...kept].slice(0, itemLimits.tagsMax) }
}

function isTaken({ scheme, code, broader }: Tag, remove: readonly Code[]): boolean {
  const isTopic = scheme === 'medtop'
  return remove.some(
    (each) =>
      (each.scheme === 'medtop') === isTopic && (each.code === code || broader.includes(each.code)),
  )
}

/** The newer word on each code; what is given is no longer taken, and the other way round. */
export function merged(before: Said | undefined, { add, remove }: Said): Said {
  const without = (codes: readonly Code[], gone: readonly Code[]) =>
    codes.filter((code) => !has(gone, code))
  const said = [...add, ...remove]
  return {
    add: [...without(before?.add ?? [], said), ...add],
    remove: [...without(before?.remove ?? [], said), ...remove],
  }
}

/** None where the vocabulary no longer has the code. */
function tagOf({ scheme, code }: Code, language: string, vocabulary: Vocabulary): Tag[] {
  const row =
    scheme === 'medtop'
      ? vocabulary.topics.byCode.get(code)
      : vocabulary.gazetteer.regions.get(code)
  if (!row) return []
  return [
    {
      scheme: scheme as Tag['scheme'],
      code,
      label: row.labels[nearestLanguage(language)],
      score: 1,
      primary: false,
      how: 'person',
      evidence: [],
      broader: [...row.broader],
    },
  ]
}

function has(codes: readonly Code[], code: Code): boolean {
  return codes.some((each) => isSame(each, code))
}

function isSame(a: Code, b: Code): boolean {
  return a.scheme === b.scheme && a.code === b.code
}
