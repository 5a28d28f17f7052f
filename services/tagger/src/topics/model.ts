import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import type { Field } from '../fields.js'
import { bucketCount, bucketsOf, isTelling } from './features.js'

const file = new URL('../../data/topic-model.bin.gz', import.meta.url)

const headerSchema = z.object({
  /** Hash of the texts, the lexicon and the features that it was trained on. */
  inputs: z.string(),
  /** What one step of a weight is worth. */
  step: z.number(),
  /** Codes of the branches, in the order of the weights. */
  branches: z.array(z.string()),
})

/** Words whose weights are kept: those of a language that a wire uses every day. */
const knownWordsMax = 8_192

/** Multinomial logistic regression over words and their pieces, weights in one byte each. */
export interface TopicModel {
  readonly header: z.infer<typeof headerSchema>
  /** What a word alone gives each branch: logits before scaling, in the order of `branches`. */
  readonly weightsOf: (key: string) => Float64Array
}

/** Reads `data/topic-model.bin.gz`, which `npm run vocabulary` trains. */
export function loadTopicModel(): TopicModel {
  const bytes = gunzipSync(readFileSync(file))
  const end = bytes.indexOf(10)
  const header = headerSchema.parse(JSON.parse(bytes.subarray(0, end).toString('utf8')))
  const weights = new Int8Array(bytes.subarray(end + 1))
  const { length } = header.branches
  if (weights.length !== bucketCount * length) {
    throw new Error('data/topic-model.bin.gz is not whole. Run npm run vocabulary -- model.')
  }
  const read = readerOf(weights, header.step, length)
  const known = new Map<string, Float64Array>()
  return {
    header,
    weightsOf(key) {
      const own = known.get(key)
      if (own) return own
      if (known.size >= knownWordsMax) known.clear()
      const sums = read(key)
      known.set(key, sums)
      return sums
    },
  }
}

function readerOf(weights: Int8Array, step: number, length: number) {
  return (key: string): Float64Array => {
    const sums = new Float64Array(length)
    const buckets = bucketsOf(key)
    const pieceWeight = pieceWeightOf(buckets.length)
    for (let at = 0; at < buckets.length; at += 1) {
      const weight = at === 0 ? step : step * pieceWeight
      const from = (buckets[at] as number) * length
      for (let branch = 0; branch < length; branch += 1) {
        sums[branch] = (sums[branch] as number) + (weights[from + branch] as number) * weight
      }
    }
    return sums
  }
}

/** All pieces of a word together weigh about as much as the word. */
export function pieceWeightOf(bucketsOfWord: number): number {
  return bucketsOfWord > 1 ? 1 / Math.sqrt(bucketsOfWord - 1) : 0
}

/** A text of many words must not be surer than one of few for its length alone. */
export function lengthWeightOf(words: number): number {
  return 1 / Math.sqrt(words + 2)
}

/** A word of a text where it stands first. */
export interface SeenWord {
  readonly field: Field
  readonly start: number
  readonly end: number
}

/** The different words of the fields that may speak of a topic, in the order of the text. */
export function tellingWords(
  fields: readonly Field[],
  isLeftOut: (field: Field, word: number) => boolean,
): Map<string, SeenWord> {
  const words = new Map<string, SeenWord>()
  for (const field of fields) {
    if (field.name === 'dateline') continue
    field.words.forEach(({ key, start, end }, at) => {
      if (words.has(key) || start >= field.aboutFrom) return
      if (isTelling(key) && !isLeftOut(field, at)) words.set(key, { field, start, end })
    })
  }
  return words
}
