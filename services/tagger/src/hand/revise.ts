import { type Bus, type Register, WrongSequenceError } from '@newswire/bus'
import {
  asTold,
  type HandTags,
  type NormalizedItem,
  placeOf,
  revisionOf,
  shortHash,
  type TaggedItem,
  toToken,
} from '@newswire/model'
import { taggerLimits } from '../limits.js'
import type { Vocabulary } from '../vocabulary.js'
import { withHandTags } from './hand-tags.js'

export interface ReviserOptions {
  readonly bus: Bus
  /** Register `handTags`. */
  readonly handTags: Register<HandTags>
  readonly vocabulary: Vocabulary
}

type Keys = Pick<NormalizedItem, 'wire' | 'id'>

/** What is public of an item after it was brought to what people said; undefined: nothing is. */
export type Reviser = (keys: Keys) => Promise<TaggedItem | undefined>

/**
 * Brings the public version of an item to what people said of it since it went out: their tags, and
 * the story. That is the version's next tagging: its text, its number and its time stay, and nobody
 * who has it is told again.
 */
export function createReviser({ bus, handTags, vocabulary }: ReviserOptions): Reviser {
  return async function revise(keys) {
    for (let tries = 0; tries < taggerLimits.decisionsMax; tries += 1) {
      const shown = await bus.latest('item.tagged', keys)
      if (shown?.value.status !== 'usable') return shown?.value
      const inside = await bus.latest('item.normalized', keys)
      const said = (await handTags.get(toToken(keys.id)))?.value
      const told = withStoryOf(shown.value, inside?.value)
      const next = withHandTags(told, said, vocabulary)
      // What a silent tagging brought stays silent; what a person says is announced, also if it is
      // the same.
      const heard = withHandTags(asTold(shown.value), said, vocabulary)
      if (next === shown.value && hasCodesOf(heard, asTold(shown.value))) return next
      const announced = { announce: undefined, toldAs: shown.value.toldAs && toldAsOf(heard) }
      await appendRevision(bus, nextTagging(shown, { ...next, ...announced }), shown.sequence)
    }
    throw new Error('Other workers kept changing the item. It is tried again.')
  }
}

/** The revision that follows what is shown: same version, next tagging. */
export function nextTagging(
  shown: { readonly value: TaggedItem; readonly sequence: number },
  next: TaggedItem,
): TaggedItem {
  const { announce, toldAs, place: _, toldBefore: __, ...rest } = next
  const place = placeOf(shown.value, shown.sequence)
  return {
    ...rest,
    tagging: shown.value.tagging + 1,
    firstSequence: shown.value.firstSequence ?? shown.sequence,
    ...(announce === undefined ? {} : { announce }),
    ...(announce === 'nobody' ? { place } : {}),
    ...(toldAs === undefined ? {} : { toldAs }),
    ...(announce === 'everyone' ? {} : { toldBefore: toldAsOf(asTold(shown.value)) }),
  }
}

function hasCodesOf(one: TaggedItem, other: TaggedItem): boolean {
  const codesOf = ({ language, tags }: TaggedItem) =>
    [language, ...tags.map(({ scheme, code }) => `${scheme} ${code}`)].sort().join('\n')
  return codesOf(one) === codesOf(other)
}

/** As much of an item as filters see of its tags. */
export function toldAsOf({ language, tags }: TaggedItem): NonNullable<TaggedItem['toldAs']> {
  return { language, tags: tags.map((tag) => ({ ...tag, evidence: [] })) }
}

/**
 * False where another revision was faster. The id names the content too: another worker's other
 * revision must not pass for this one.
 */
export async function appendRevision(bus: Bus, item: TaggedItem, expect: number): Promise<boolean> {
  const said = [item.tags, item.language, item.story, item.storyReasons, item.announce, item.toldAs]
  const content = shortHash(JSON.stringify(said))
  const id = `${item.id}:${revisionOf(item)}:${content}`
  try {
    await bus.publish('item.tagged', item, item, { id, expect })
    return true
  } catch (error) {
    if (!(error instanceof WrongSequenceError)) throw error
    return false
  }
}

/** A version inside that is newer waits at the gate: it brings its story when it comes out. */
function withStoryOf(shown: TaggedItem, inside: NormalizedItem | undefined): TaggedItem {
  if (inside?.version !== shown.version || inside.story === shown.story) return shown
  const { story: _, storyReasons, ...rest } = shown
  return {
    ...rest,
    ...(inside.story === undefined ? {} : { story: inside.story }),
    ...(inside.storyReasons === undefined ? {} : { storyReasons: inside.storyReasons }),
  }
}
