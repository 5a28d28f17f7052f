import type { SourceCode, Tag } from '@newswire/model'
import { boundedEvidence, type WeighedEvidence } from '../evidence.js'
import type { Field } from '../fields.js'
import type { Language } from '../languages.js'
import type { Lexicon } from './lexicon.js'
import { type Hit, matchTerms } from './match.js'
import type { Topic } from './topic.js'
import { topicsOf, type VendorTopics } from './vendor.js'

/** What a term counts by its weight: common words are everywhere. */
const termWeights: Readonly<Record<number, number>> = { 1: 0.3, 2: 0.8, 3: 2 }
const headlineFactor = 2
const leadFactor = 1.4
const leadCharsMax = 600
/** What a section that the source itself gave counts. */
const vendorWeight = 12

export const topicThresholds = {
  /** A topic with less is a guess: none is given. */
  weightMin: 4.5,
  /** Longer texts hit more by chance: the least weight grows with the root of their words. */
  wordsPerStep: 150,
  /** Different terms that must speak for a topic. */
  termsMin: 2,
  /** Topics below this part of the heaviest are by-words. */
  shareMin: 0.34,
  primaryShareMin: 0.7,
  topicsMax: 4,
  /** The weight that gives a score of one half. */
  halfWeight: 8,
} as const

export interface TopicVocabulary {
  readonly topics: ReadonlyMap<string, Topic>
  readonly lexica: ReadonlyMap<Language, Lexicon>
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

interface Weighed {
  readonly topic: Topic
  readonly weight: number
  readonly terms: number
  readonly isSource: boolean
  readonly evidence: readonly WeighedEvidence[]
}

/** IPTC topics, heaviest first; none where the text gives no ground. */
export function tagTopics(input: TopicInput, vocabulary: TopicVocabulary): Tag[] {
  const weighed = weighTopics(input, vocabulary)
  const words = input.fields.reduce((sum, field) => sum + field.words.length, 0)
  const least =
    topicThresholds.weightMin * Math.sqrt(1 + words / topicThresholds.wordsPerStep) * 0.7
  const heaviest = weighed[0]?.weight ?? 0
  return weighed
    .filter(
      ({ weight, terms, isSource }) =>
        isSource ||
        (weight >= least &&
          terms >= topicThresholds.termsMin &&
          weight >= heaviest * topicThresholds.shareMin),
    )
    .slice(0, topicThresholds.topicsMax)
    .map((each) => tagOf(each, heaviest, input.label))
}

/** Every topic that anything speaks for, heaviest first: what `tagTopics` decides on. */
export function weighTopics(
  { fields, sourceCodes, language, isRegion }: TopicInput,
  { topics, lexica, vendors }: TopicVocabulary,
): Weighed[] {
  const lexicon = language && lexica.get(language)
  const hits = lexicon
    ? fields
        .filter(({ name }) => name !== 'dateline')
        .flatMap((field) => matchTerms(field, lexicon, (word) => isRegion(field, word)))
    : []
  const fromSource = sourceEvidence(sourceCodes, vendors)
  return [...topics.values()]
    .map((topic) => weigh(topic, hits, fromSource))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || (a.topic.code < b.topic.code ? -1 : 1))
}

function weigh(
  topic: Topic,
  hits: readonly Hit[],
  fromSource: ReadonlyMap<string, WeighedEvidence[]>,
): Weighed {
  const own = hits.filter((hit) => hit.topic === topic.key && hit.start < hit.field.aboutFrom)
  const terms = new Map<string, number[]>()
  for (const hit of own) {
    const weights = terms.get(hit.term)
    if (weights) weights.push(weightOf(hit))
    else terms.set(hit.term, [weightOf(hit)])
  }
  let weight = 0
  for (const weights of terms.values()) {
    // The tenth time says little more than the third.
    weight += Math.max(...weights) * (1 + Math.log2(weights.length) / 2)
  }
  const given = [...(fromSource.get(topic.key) ?? []), ...(fromSource.get(topic.code) ?? [])]
  return {
    topic,
    weight: weight + (given.length > 0 ? vendorWeight : 0),
    terms: terms.size,
    isSource: given.length > 0,
    evidence: [...given, ...own.map(evidenceOf)],
  }
}

function weightOf({ field, start, weight }: Hit): number {
  const base = termWeights[weight] ?? 0
  if (field.name === 'headline') return base * headlineFactor
  return start < leadCharsMax ? base * leadFactor : base
}

function evidenceOf(hit: Hit): WeighedEvidence {
  const { field, start, end } = hit
  const text = field.text.slice(start, end)
  return { field: field.name, start, end, text, weight: weightOf(hit) }
}

/** Evidence of a source's code quotes the code's own text: offsets count in that. */
function sourceEvidence(
  codes: readonly SourceCode[],
  vendors: VendorTopics,
): ReadonlyMap<string, WeighedEvidence[]> {
  const evidence = new Map<string, WeighedEvidence[]>()
  for (const code of codes) {
    const text = code.name ?? code.code ?? ''
    for (const topic of topicsOf(code, vendors)) {
      const piece = {
        field: 'source' as const,
        start: 0,
        end: text.length,
        text,
        weight: vendorWeight,
      }
      evidence.set(topic, [...(evidence.get(topic) ?? []), piece])
    }
  }
  return evidence
}

function tagOf(
  { topic, weight, isSource, evidence }: Weighed,
  heaviest: number,
  label: Language,
): Tag {
  const score = weight / (weight + topicThresholds.halfWeight)
  return {
    scheme: 'medtop',
    code: topic.code,
    label: topic.labels[label],
    score: Math.round(score * 1000) / 1000,
    primary: weight >= heaviest * topicThresholds.primaryShareMin,
    how: isSource ? 'source' : 'lexicon',
    evidence: boundedEvidence(evidence),
    broader: [...topic.broader],
  }
}
