import type { Bus, Register } from '@newswire/bus'
import {
  asTold,
  type HandTags,
  handTagsSchema,
  type Tag,
  type TaggedItem,
  toToken,
} from '@newswire/model'
import { asTagged } from '../gate/tagged.js'
import { withHandTags } from '../hand/hand-tags.js'
import { appendRevision, nextTagging, toldAsOf } from '../hand/revise.js'
import { taggerLimits } from '../limits.js'
import type { Vocabulary } from '../vocabulary.js'
import { type Difference, differenceOf } from './difference.js'

export interface RetagOptions {
  readonly bus: Bus
  readonly vocabulary: Vocabulary
  /** False: only says what would change. */
  readonly apply: boolean
  /** Who is told of the items that change; feeds show them anyway. */
  readonly tell: 'nobody' | 'matches' | 'everyone'
  /** After each item: how many of how many are done. */
  readonly onProgress?: (done: number, all: number) => void
  /** Each item whose tags change, as it is found. */
  readonly onDifference?: (difference: Difference) => void
}

/** How many items each outcome had. */
export interface RetagReport {
  readonly vocabulary: string
  /** Public items that have a text; withdrawn ones keep the tags that the world last saw. */
  readonly items: number
  /** Other codes, or others of them primary. */
  readonly changed: number
  /** The same codes, with other weights or other words that led to them. */
  readonly reweighed: number
  readonly unchanged: number
  /** Revisions that were written; 0 without `apply`. */
  readonly applied: number
  /** Changed by others, or gone, while they were tagged anew: run it again. */
  readonly missed: number
}

type Outcome = 'changed' | 'reweighed' | 'unchanged' | 'gone' | 'missed'
type Keys = Pick<TaggedItem, 'wire' | 'id'>

/**
 * Tags every public item anew. What changes becomes the next tagging of the same version (`3.2`),
 * with the same text, number and time; the tags of people stay. Running it twice changes nothing.
 */
export async function retag(options: RetagOptions): Promise<RetagReport> {
  const { bus, vocabulary, apply, onProgress } = options
  const handTags = await bus.register('handTags', handTagsSchema)
  const all = await publicItems(bus)
  const counts: Record<Outcome, number> = {
    ...{ changed: 0, reweighed: 0, unchanged: 0, gone: 0, missed: 0 },
  }
  let next = 0
  let done = 0
  async function lane(): Promise<void> {
    while (next < all.length) {
      const keys = all[next] as Keys
      next += 1
      counts[await retagOne(keys, handTags, options)] += 1
      done += 1
      onProgress?.(done, all.length)
    }
  }
  const stopAll = (error: unknown) => {
    next = all.length
    throw error
  }
  // Who is told of a failure must find nothing written after it.
  const lanes = Array.from({ length: taggerLimits.retagsAtOnce }, () => lane().catch(stopAll))
  const ended = await Promise.allSettled(lanes)
  const failed = ended.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  const { changed, reweighed, unchanged, missed } = counts
  return {
    ...{ changed, reweighed, unchanged, missed, vocabulary: vocabulary.version },
    items: changed + reweighed + unchanged + missed,
    applied: apply ? changed + reweighed : 0,
  }
}

/** The items of stream TAGGED, in the order in which they came first. */
async function publicItems(bus: Bus): Promise<Keys[]> {
  const found = new Map<string, Keys>()
  await new Promise<void>((resolve, reject) => {
    const replay = bus.replay({
      fact: 'item.tagged',
      after: 0,
      handle: async (facts) => {
        for (const { value } of facts) found.set(value.id, { wire: value.wire, id: value.id })
      },
      onCaughtUp: () => void replay.then((running) => running.stop()).then(resolve, reject),
      onEnd: reject,
    })
    replay.catch(reject)
  })
  return [...found.values()]
}

async function retagOne(
  keys: Keys,
  handTags: Register<HandTags>,
  { bus, vocabulary, apply, tell, onDifference }: RetagOptions,
): Promise<Outcome> {
  const shown = await bus.latest('item.tagged', keys)
  if (shown?.value.status !== 'usable') return 'gone'
  // Read after what is shown: a tag of a person that comes later finds the revision, or beats it.
  const said = (await handTags.get(toToken(keys.id)))?.value
  const next = await taggedAnew(shown.value, said, { bus, vocabulary })
  const difference = differenceToTell(shown.value, next, tell)
  if (!difference) return 'unchanged'
  if (difference.isVisible) onDifference?.(difference)
  const outcome = difference.isVisible ? 'changed' : 'reweighed'
  if (!apply) return outcome
  // No filter and no reader can notice other weights: nobody is told of them.
  const told = difference.isVisible ? tell : 'nobody'
  const heard = withHandTags(asTold(shown.value), said, vocabulary)
  const announced = {
    announce: told === 'matches' ? undefined : told,
    toldAs: toldAsBy(told, { shown: shown.value, heard, next }),
  }
  const revision = nextTagging(shown, { ...next, ...announced })
  return (await appendRevision(bus, revision, shown.sequence)) ? outcome : 'missed'
}

/** Who has everyone told makes up for what was silent before. */
function differenceToTell(
  shown: TaggedItem,
  next: TaggedItem,
  tell: RetagOptions['tell'],
): Difference | undefined {
  const difference = differenceOf(shown, next)
  if (tell !== 'everyone' || difference?.isVisible) return difference
  const silent = differenceOf(asTold(shown), next)
  return silent?.isVisible ? silent : difference
}

/**
 * What filters may see of the next tagging. A silent one leaves them with what they saw before it;
 * one that tells by matches brings what is new by it, and nothing that was silent before.
 */
function toldAsBy(
  told: RetagOptions['tell'],
  { shown, heard, next }: { shown: TaggedItem; heard: TaggedItem; next: TaggedItem },
): TaggedItem['toldAs'] {
  if (told === 'nobody') return toldAsOf(heard)
  if (told === 'everyone' || shown.toldAs === undefined) return undefined
  const has = (tags: TaggedItem['tags'], { scheme, code }: Tag) =>
    tags.some((each) => each.scheme === scheme && each.code === code)
  const kept = heard.tags.filter((tag) => has(next.tags, tag) || !has(shown.tags, tag))
  const gained = next.tags.filter((tag) => !has(shown.tags, tag) && !has(kept, tag))
  const { language } = shown.language === next.language ? heard : next
  return toldAsOf({ ...next, language, tags: [...kept, ...gained] })
}

/** The text is that which is public; what its source said of the language stands inside alone. */
async function taggedAnew(
  shown: TaggedItem,
  said: HandTags | undefined,
  { bus, vocabulary }: Pick<RetagOptions, 'bus' | 'vocabulary'>,
): Promise<TaggedItem> {
  const inside = await bus.latest('item.normalized', shown)
  const stated = inside?.value.version === shown.version ? inside.value.language : shown.language
  const fresh = asTagged({ ...shown, language: stated }, vocabulary)
  return { ...withHandTags(fresh, said, vocabulary), tagging: shown.tagging + 1 }
}
