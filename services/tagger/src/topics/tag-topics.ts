import type { SourceCode, Tag } from '@newswire/model'
import { boundedEvidence, type WeighedEvidence } from '../evidence.js'
import type { Field } from '../fields.js'
import type { Language } from '../languages.js'
import { findConcepts } from './concepts.js'
import type { Lexicon } from './lexicon.js'
import type { TopicModel } from './model.js'
import { type Scored, scoreBranches } from './score.js'
import { branchOf, type Topic, type Topics } from './topic.js'
import { topicsOf, type VendorTopics } from './vendor.js'

/** What a section that the source itself gave counts. */
const vendorWeight = 12

export const topicThresholds = {
  /** A branch with less is a guess: none is given. */
  scoreMin: 0.39,
  /** Two branches with terms of their own need so much together: strikes of teachers, say. */
  pairMin: 0.6,
  /** Branches below this part of the best are by-words. */
  shareMin: 0.25,
  /** A second branch needs so much by itself. */
  secondMin: 0.15,
  primaryShareMin: 0.7,
  branchesMax: 4,
} as const

export interface TopicVocabulary {
  readonly topics: Topics
  readonly lexica: ReadonlyMap<Language, Lexicon>
  /** Names of the topics below level 1. */
  readonly conceptTerms: ReadonlyMap<Language, Lexicon>
  readonly model: TopicModel
  readonly vendors: VendorTopics
}

export interface TopicInput {
  readonly fields: readonly Field[]
  readonly sourceCodes: readonly SourceCode[]
  /** None where no lexicon speaks the text's language. */
  readonly language: Language | undefined
  readonly label: Language
  readonly isRegion: (field: Field, word: number) => boolean
}

export interface RankedTopic {
  readonly code: string
  /** 0 to 1: how often the best of a text is right that has this score. */
  readonly score: number
}

/** IPTC topics, heaviest first; none where the text gives no ground. */
export function tagTopics(input: TopicInput, vocabulary: TopicVocabulary): Tag[] {
  const given = sourceTopics(input.sourceCodes, vocabulary)
  const scored = scored17(input, vocabulary)
  const best = scored[0]?.score ?? 0
  const found = hasGround(scored) ? scored.filter((each) => isGiven(each, best)) : []
  const branches = new Map<string, Tag>()
  for (const each of found.slice(0, topicThresholds.branchesMax)) {
    branches.set(each.branch.code, branchTag(each, best, input.label))
  }
  const fromSource = [...given].map(([topic, evidence]) =>
    sourceTag(topic, evidence, branches.get(topic.code), input.label),
  )
  const all = new Map([...branches, ...fromSource.map((tag) => [tag.code, tag] as const)])
  for (const tag of deeperTags(input, [...all.values()], vocabulary)) {
    if (!all.has(tag.code)) all.set(tag.code, tag)
  }
  return [...all.values()].sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
}

/** All 17 branches, best first; none where no lexicon speaks the text's language. */
export function rankTopics(input: TopicInput, vocabulary: TopicVocabulary): RankedTopic[] {
  return scored17(input, vocabulary).map(({ branch, score }) => ({
    code: branch.code,
    score: chanceOf(score),
  }))
}

function scored17(
  { fields, isRegion, language }: TopicInput,
  { topics, lexica, model }: TopicVocabulary,
): Scored[] {
  const lexicon = language && lexica.get(language)
  if (!lexicon) return []
  return scoreBranches({ fields, lexicon, isRegion }, { branches: topics.branches, model })
}

/** One branch stands out, or two do together, each by its own terms. */
function hasGround([first, second]: readonly Scored[]): boolean {
  if (!first || !second) return false
  const { scoreMin, secondMin, pairMin } = topicThresholds
  if (first.score >= scoreMin) return true
  const isPair = first.lexiconPart >= secondMin && second.lexiconPart >= secondMin
  return isPair && first.score + second.score >= pairMin
}

function isGiven({ score }: Scored, best: number): boolean {
  return (
    score === best ||
    (score >= topicThresholds.secondMin && score >= best * topicThresholds.shareMin)
  )
}

/** Mixed scores, and how often the best branch of the sets of `npm run eval` was right there. */
const chances: readonly (readonly [score: number, chance: number])[] = [
  [0, 0],
  [0.2, 0.38],
  [0.3, 0.5],
  [0.4, 0.62],
  [0.5, 0.72],
  [0.6, 0.84],
  [0.7, 0.93],
  [0.8, 0.97],
  [1, 0.99],
]

/** A score as the chance of being right. */
function chanceOf(score: number): number {
  const above = chances.findIndex(([at]) => at >= score)
  const [high, highChance] = chances[above] ?? [1, 0.99]
  const [low, lowChance] = chances[Math.max(above - 1, 0)] ?? [0, 0]
  const part = high === low ? 0 : (score - low) / (high - low)
  return Math.round((lowChance + part * (highChance - lowChance)) * 1000) / 1000
}

function branchTag(scored: Scored, best: number, label: Language): Tag {
  const { branch, score, lexiconPart, modelPart, evidence } = scored
  return {
    ...shown(branch, label),
    score: chanceOf(score),
    primary: score >= best * topicThresholds.primaryShareMin,
    how: lexiconPart >= modelPart ? 'lexicon' : 'model',
    evidence: boundedEvidence(evidence()),
  }
}

function shown({ code, labels, broader }: Topic, label: Language) {
  return { scheme: 'medtop' as const, code, label: labels[label], broader: [...broader] }
}

/** Evidence of a source's code quotes the code's own text: offsets count in that. */
function sourceTopics(
  codes: readonly SourceCode[],
  { vendors, topics }: TopicVocabulary,
): ReadonlyMap<Topic, WeighedEvidence[]> {
  const evidence = new Map<Topic, WeighedEvidence[]>()
  const add = (code: string, piece: WeighedEvidence) => {
    const topic = topics.byCode.get(code)
    const own = (topic && evidence.get(topic)) ?? []
    // A section that gives the branch and a topic below it says it once.
    if (!topic || own.some(({ text }) => text === piece.text)) return
    evidence.set(topic, [...own, piece])
  }
  for (const code of codes) {
    const text = code.name ?? code.code ?? ''
    const end = text.length
    const place = { field: 'source' as const, start: 0, end, text, how: 'source' as const }
    for (const found of topicsOf(code, vendors, topics)) {
      const topic = topics.byCode.get(found)
      const branch = topic && branchOf(topic)
      add(found, { ...place, weight: vendorWeight })
      if (branch !== undefined && branch !== found) add(branch, { ...place, weight: vendorWeight })
    }
  }
  return evidence
}

/** What the source says counts as sure; the text's own words stay beside it. */
function sourceTag(
  topic: Topic,
  evidence: readonly WeighedEvidence[],
  found: Tag | undefined,
  label: Language,
): Tag {
  const isBranch = topic.broader.length === 0
  const own = (found?.evidence ?? []).map((piece) => ({
    ...piece,
    weight: piece.weight ?? 0,
    how: piece.how ?? 'lexicon',
  }))
  return {
    ...shown(topic, label),
    score: 1,
    primary: isBranch,
    how: 'source',
    evidence: boundedEvidence([...evidence, ...own]),
  }
}

/** A deeper topic is as likely as its branch, less what its name may mean besides. */
const deeperFactor = 0.9

function deeperTags(
  { fields, language, label, isRegion }: TopicInput,
  given: readonly Tag[],
  { topics, conceptTerms }: TopicVocabulary,
): Tag[] {
  const terms = language && conceptTerms.get(language)
  const scores = new Map(given.map((tag) => [branchOf(tag), tag.score]))
  if (!terms || scores.size === 0) return []
  const input = { fields, terms, language, isRegion }
  const found = findConcepts(input, topics, (branch) => scores.has(branch))
  return found.map(({ topic, evidence }) => ({
    ...shown(topic, label),
    score: Math.round((scores.get(branchOf(topic)) ?? 0) * deeperFactor * 1000) / 1000,
    primary: false,
    how: 'lexicon',
    evidence: boundedEvidence(evidence),
  }))
}
