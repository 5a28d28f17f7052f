import { bucketCount, bucketsOf } from '../features.js'
import { lengthWeightOf, pieceWeightOf } from '../model.js'
import type { Document } from './documents.js'

const rounds = 12
const learningRate = 0.35
const decay = 2e-5
const seed = 42

/**
 * Multinomial logistic regression by AdaGrad (Duchi, Hazan, Singer 2011), the same weights for the
 * same documents: one row of `branches` weights per bucket.
 */
export function train(documents: readonly Document[], branches: number): Float32Array {
  const balanced = balance(documents, branches)
  const weights = new Float32Array(bucketCount * branches)
  const squares = new Float32Array(bucketCount * branches).fill(0.1)
  const featuresOf = rememberFeatures()
  const random = createRandom()
  for (let round = 0; round < rounds; round += 1) {
    for (const document of shuffled(balanced, random)) {
      learn(document, featuresOf, { weights, squares, branches })
    }
  }
  return weights
}

interface Features {
  readonly buckets: Int32Array
  readonly pieceWeight: number
}

function rememberFeatures(): (word: string) => Features {
  const known = new Map<string, Features>()
  return (word) => {
    let features = known.get(word)
    if (!features) {
      const buckets = Int32Array.from(bucketsOf(word))
      features = { buckets, pieceWeight: pieceWeightOf(buckets.length) }
      known.set(word, features)
    }
    return features
  }
}

/** A branch with more texts than the others must not win for that alone. */
function balance(documents: readonly Document[], branches: number): Document[] {
  const sums = new Float64Array(branches)
  for (const { branch, weight } of documents) sums[branch] = (sums[branch] ?? 0) + weight
  const mean = sums.reduce((all, sum) => all + sum, 0) / branches
  return documents.map((document) => ({
    ...document,
    weight: (document.weight * mean) / (sums[document.branch] || mean),
  }))
}

interface State {
  readonly weights: Float32Array
  readonly squares: Float32Array
  readonly branches: number
}

function learn(document: Document, featuresOf: (word: string) => Features, state: State): void {
  const { words, branch, weight } = document
  const { branches } = state
  const scale = lengthWeightOf(words.length)
  const errors = new Float64Array(branches)
  const read = words.map(featuresOf)
  forEachRow(read, scale, (row, share) => {
    for (let at = 0; at < branches; at += 1) {
      errors[at] = (errors[at] as number) + (state.weights[row * branches + at] as number) * share
    }
  })
  toErrors(errors, branch)
  forEachRow(read, scale * weight, (row, share) => move(state, row * branches, errors, share))
}

function forEachRow(
  words: readonly Features[],
  scale: number,
  use: (row: number, share: number) => void,
): void {
  for (const { buckets, pieceWeight } of words) {
    for (const [at, bucket] of buckets.entries())
      use(bucket, at === 0 ? scale : scale * pieceWeight)
  }
}

/** Logits to probabilities, less what they should have been. */
function toErrors(logits: Float64Array, branch: number): void {
  const most = Math.max(...logits)
  let sum = 0
  logits.forEach((logit, at) => {
    logits[at] = Math.exp(logit - most)
    sum += logits[at] as number
  })
  logits.forEach((power, at) => {
    logits[at] = power / sum - (at === branch ? 1 : 0)
  })
}

function move(
  { weights, squares, branches }: State,
  from: number,
  errors: Float64Array,
  share: number,
) {
  for (let at = 0; at < branches; at += 1) {
    const place = from + at
    const slope = (errors[at] as number) * share + decay * (weights[place] as number)
    squares[place] = (squares[place] as number) + slope * slope
    weights[place] =
      (weights[place] as number) - (learningRate * slope) / Math.sqrt(squares[place] as number)
  }
}

function shuffled(documents: readonly Document[], random: () => number): Document[] {
  const order = [...documents]
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    ;[order[last], order[other]] = [order[other] as Document, order[last] as Document]
  }
  return order
}

/** Numerical Recipes' linear congruential generator: the same order in every run. */
function createRandom(): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
