import type { WeighedEvidence } from '../evidence.js'
import { type Field, isMasked } from '../fields.js'
import type { Lexicon } from './lexicon.js'
import { type Hit, matchTerms } from './match.js'
import { lengthWeightOf, type SeenWord, type TopicModel, tellingWords } from './model.js'
import type { Branch } from './topic.js'

/** What a term counts by its weight: common words are everywhere. */
const termWeights: Readonly<Record<number, number>> = { 1: 0.3, 2: 0.8, 3: 2 }
const headlineFactor = 2
const leadFactor = 1.4
const leadCharsMax = 600

/** How the lexicon and the model are put together; chosen on the sets of `npm run eval`. */
export const mix = {
  /** What the lexicon's share counts beside the model's probability. */
  lexicon: 3,
  /** Weight of terms that speak for nothing: a single hint is no majority. */
  lexiconDamping: 3,
  /** What terms count of a branch that is not written of every day. */
  unusualTerms: 0.7,
  /** Added to the model's logit of a branch that is written of every day. */
  usual: 1.5,
} as const

/** What speaks for one branch. */
export interface Scored {
  readonly branch: Branch
  /** 0 to 1: the parts of lexicon and model, mixed; all branches together give at most 1. */
  readonly score: number
  readonly lexiconPart: number
  readonly modelPart: number
  /** Made only for the branches that become tags. */
  readonly evidence: () => readonly WeighedEvidence[]
}

export interface ScoreInput {
  readonly fields: readonly Field[]
  readonly lexicon: Lexicon
  readonly isRegion: (field: Field, word: number) => boolean
}

export interface Scorer {
  readonly branches: readonly Branch[]
  readonly model: TopicModel
}

/** All 17 branches with what speaks for each, best first. */
export function scoreBranches(
  { fields, lexicon, isRegion }: ScoreInput,
  { branches, model }: Scorer,
): Scored[] {
  const hits = hitsIn(fields, lexicon, isRegion)
  const weights = branches.map(
    ({ key, isUsual }) => lexiconWeight(hits.get(key) ?? []) * (isUsual ? 1 : mix.unusualTerms),
  )
  const total = weights.reduce((sum, weight) => sum + weight, mix.lexiconDamping)
  const read = readWords(fields, isRegion, model)
  const chances = softmax(
    branches.map(({ isUsual }, at) => (read.logits[at] as number) + (isUsual ? mix.usual : 0)),
  )
  return branches
    .map((branch, at) => {
      const lexiconPart = (mix.lexicon * (weights[at] as number)) / total / (1 + mix.lexicon)
      const modelPart = (chances[at] as number) / (1 + mix.lexicon)
      const own = hits.get(branch.key) ?? []
      const evidence = () => [...own.map(evidenceOf), ...strongestWords(read, at, own)]
      return { branch, score: lexiconPart + modelPart, lexiconPart, modelPart, evidence }
    })
    .sort((a, b) => b.score - a.score || (a.branch.code < b.branch.code ? -1 : 1))
}

/** Terms of the lexicon by branch; what speaks of the issuer alone does not count. */
function hitsIn(
  fields: readonly Field[],
  lexicon: Lexicon,
  isRegion: ScoreInput['isRegion'],
): ReadonlyMap<string, readonly Hit[]> {
  const hits = new Map<string, Hit[]>()
  for (const field of fields) {
    if (field.name === 'dateline') continue
    for (const hit of matchTerms(field, lexicon, (word) => isRegion(field, word))) {
      if (hit.start >= field.aboutFrom) continue
      const own = hits.get(hit.topic)
      if (own) own.push(hit)
      else hits.set(hit.topic, [hit])
    }
  }
  return hits
}

function lexiconWeight(hits: readonly Hit[]): number {
  const terms = new Map<string, { most: number; count: number }>()
  for (const hit of hits) {
    const weight = weightOf(hit)
    const term = terms.get(hit.term)
    if (!term) terms.set(hit.term, { most: weight, count: 1 })
    else {
      term.most = Math.max(term.most, weight)
      term.count += 1
    }
  }
  let sum = 0
  // The tenth time says little more than the third.
  for (const { most, count } of terms.values()) sum += most * (1 + Math.log2(count) / 2)
  return sum
}

function weightOf({ field, start, weight }: Hit): number {
  const base = termWeights[weight] ?? 0
  if (field.name === 'headline') return base * headlineFactor
  return start < leadCharsMax ? base * leadFactor : base
}

function evidenceOf(hit: Hit): WeighedEvidence {
  const { field, start, end } = hit
  const text = field.text.slice(start, end)
  return { field: field.name, start, end, text, weight: weightOf(hit), how: 'lexicon' }
}

interface ReadWords {
  readonly words: readonly SeenWord[]
  readonly weights: readonly Float64Array[]
  readonly lengthWeight: number
  readonly logits: Float64Array
}

function readWords(
  fields: readonly Field[],
  isRegion: ScoreInput['isRegion'],
  model: TopicModel,
): ReadWords {
  const isLeftOut = (field: Field, at: number) =>
    isRegion(field, at) || isMasked(field, field.words[at]?.start ?? 0)
  const seen = tellingWords(fields, isLeftOut)
  const lengthWeight = lengthWeightOf(seen.size)
  const logits = new Float64Array(model.header.branches.length)
  const weights = [...seen.keys()].map((key) => model.weightsOf(key))
  for (const own of weights) {
    for (let at = 0; at < own.length; at += 1) {
      logits[at] = (logits[at] as number) + (own[at] as number) * lengthWeight
    }
  }
  return { words: [...seen.values()], weights, lengthWeight, logits }
}

function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - most))
  const sum = powers.reduce((all, power) => all + power, 0)
  return powers.map((power) => power / sum)
}

/** Words that the model holds for a branch beside those of the lexicon. */
const modelWordsMax = 4
/** In logits before scaling: a word that says less is no reason that a reader would accept. */
const modelWordMin = 1.5
const modelEvidenceWeight = 0.2

function strongestWords(
  { words, weights }: ReadWords,
  branch: number,
  hits: readonly Hit[],
): WeighedEvidence[] {
  const known = new Set(hits.map(({ field, start }) => `${field.name} ${start}`))
  return words
    .flatMap((word, at) => {
      const own = weights[at] as Float64Array
      // Few words say enough: the others are told apart by one look.
      const lead = (own[branch] as number) < modelWordMin ? 0 : leadOf(own, branch)
      return lead < modelWordMin ? [] : [{ word, lead }]
    })
    .filter(({ word }) => !known.has(`${word.field.name} ${word.start}`))
    .sort((a, b) => b.lead - a.lead || a.word.start - b.word.start)
    .slice(0, modelWordsMax)
    .map(({ word: { field, start, end }, lead }) => ({
      ...{ field: field.name, start, end, text: field.text.slice(start, end) },
      weight: lead * modelEvidenceWeight,
      how: 'model',
    }))
}

/** How far a word speaks more for the branch than for the one that it names next. */
function leadOf(weights: Float64Array, branch: number): number {
  let next = Number.NEGATIVE_INFINITY
  for (let at = 0; at < weights.length; at += 1) {
    const weight = weights[at] as number
    if (at !== branch && weight > next) next = weight
  }
  return (weights[branch] as number) - next
}
