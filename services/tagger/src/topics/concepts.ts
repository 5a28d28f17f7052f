import type { WeighedEvidence } from '../evidence.js'
import type { Field } from '../fields.js'
import { type Language, languages } from '../languages.js'
import { addTerm, emptyLexicon, type Lexicon, readTerms } from './lexicon.js'
import { type Hit, matchTerms } from './match.js'
import { branchOf, type Topic, type Topics } from './topic.js'

/** What a name counts by where it stands; a topic needs `weightMin` in all. */
const placeWeights = { headline: 3, lead: 1.5, body: 1 } as const
const weightMin = 2
const leadCharsMax = 600
const conceptsMax = 6
/** A label of one word and fewer letters is as often something else. */
const wordCharsMin = 5
/** From so many letters on, a German label is known in its endings too. */
const openCharsMin = 6
/** German names are nouns, alone or among small words: "gehen" is no race walking. */
const capitalPattern = /\p{Lu}/u

export interface FoundConcept {
  readonly topic: Topic
  readonly evidence: readonly WeighedEvidence[]
}

/** The labels of all topics below level 1 and the terms of `data/concept-terms`, by language. */
export function loadConceptTerms({ byCode }: Topics): ReadonlyMap<Language, Lexicon> {
  return new Map(
    languages.map((language) => {
      const lexicon = emptyLexicon()
      for (const { code, labels, broader } of byCode.values()) {
        if (broader.length > 0) addLabel(lexicon, code, labels[language], language)
      }
      for (const meaning of readTerms(`concept-terms/${language}.txt`)) {
        const topic = meaning.topic === 'none' ? 'none' : `medtop:${meaning.topic}`
        addTerm(lexicon, { ...meaning, topic })
      }
      return [language, lexicon]
    }),
  )
}

/** "Drama (theatre)" is called drama by nobody who means just that: such labels are no names. */
function addLabel(lexicon: Lexicon, code: string, label: string, language: Language): void {
  if (/[(,]/.test(label) || (!label.includes(' ') && label.length < wordCharsMin)) return
  const isOpen = language === 'de' && !label.includes(' ') && label.length >= openCharsMin
  addTerm(lexicon, { topic: code, weight: 1, term: isOpen ? `${label}*` : label })
}

export interface ConceptInput {
  readonly fields: readonly Field[]
  readonly terms: Lexicon
  readonly language: Language
  readonly isRegion: (field: Field, word: number) => boolean
}

/** Topics below level 1 that the text names, under branches that it is about; weightiest first. */
export function findConcepts(
  input: ConceptInput,
  { byCode }: Topics,
  isBranch: (code: string) => boolean,
): FoundConcept[] {
  const found = new Map<Topic, WeighedEvidence[]>()
  for (const hit of input.fields.flatMap((field) => namesIn(field, input))) {
    const topic = byCode.get(hit.topic)
    if (!topic || !isBranch(branchOf(topic))) continue
    const list = found.get(topic)
    if (list) list.push(evidenceOf(hit))
    else found.set(topic, [evidenceOf(hit)])
  }
  return [...found]
    .map(([topic, evidence]) => ({
      topic,
      evidence,
      weight: evidence.reduce((sum, { weight }) => sum + weight, 0),
    }))
    .filter(({ weight }) => weight >= weightMin)
    .sort((a, b) => b.weight - a.weight || (a.topic.code < b.topic.code ? -1 : 1))
    .slice(0, conceptsMax)
}

/** The names of topics below level 1 in a field, but for what speaks of the issuer alone. */
export function namesIn(field: Field, { terms, language, isRegion }: ConceptInput): readonly Hit[] {
  if (field.name === 'dateline') return []
  return matchTerms(field, terms, (word) => isRegion(field, word)).filter(
    ({ start, end }) =>
      start < field.aboutFrom &&
      (language !== 'de' || capitalPattern.test(field.text.slice(start, end))),
  )
}

function evidenceOf({ field, start, end }: Hit): WeighedEvidence {
  const text = field.text.slice(start, end)
  const weight = placeWeights[placeOf(field, start)]
  return { field: field.name, start, end, text, weight, how: 'lexicon' }
}

function placeOf({ name }: Field, start: number): keyof typeof placeWeights {
  if (name === 'headline') return 'headline'
  return start < leadCharsMax ? 'lead' : 'body'
}
