import { readFileSync } from 'node:fs'
import process from 'node:process'
import { shortHash } from '@newswire/model'
import { type Language, languages } from './languages.js'
import { buildGazetteer, type Gazetteer, type Region, regionNamed } from './regions/gazetteer.js'
import { nameLines } from './regions/trie.js'
import { loadConceptTerms } from './topics/concepts.js'
import { type Lexicon, loadLexicon } from './topics/lexicon.js'
import { loadTopicModel, type TopicModel } from './topics/model.js'
import { loadTopics, type Topic, type Topics } from './topics/topic.js'
import { loadVendorTopics, type VendorTopics } from './topics/vendor.js'

/** Raised with every change of a rule or a weight in this room: the same version, the same tags. */
const rulesVersion = 8

/** The package that tells languages, whose data no file of ours holds. */
export const languageData = 'eld 2.1.0 extrasmall'

/** Everything that tagging knows; about 0.5 s to load, immutable. */
export interface Vocabulary {
  /** Changes with the data, the rules, and the names that Node's ICU brings. */
  readonly version: string
  readonly gazetteer: Gazetteer
  readonly topics: Topics
  readonly model: TopicModel
  readonly conceptTerms: ReadonlyMap<Language, Lexicon>
  readonly lexica: ReadonlyMap<Language, Lexicon>
  readonly vendors: VendorTopics
  readonly regionRows: readonly Region[]
  readonly topicRows: readonly Topic[]
  readonly isKnownRegion: (code: string) => boolean
  readonly isKnownTopic: (code: string) => boolean
  /** The region that a text as a whole is a name of, or of a place in: Mailand → IT-25. */
  readonly placeOf: (text: string) => string | undefined
}

export function loadVocabulary(): Vocabulary {
  const gazetteer = buildGazetteer()
  const topics = loadTopics()
  const regionRows = [...gazetteer.regions.values()]
  const topicRows = [...topics.byCode.values()]
  return {
    version: `r${rulesVersion}-${dataHash(regionRows, gazetteer)}`,
    gazetteer,
    topics,
    model: loadTopicModel(),
    conceptTerms: loadConceptTerms(topics),
    lexica: new Map(languages.map((language) => [language, loadLexicon(language)])),
    vendors: loadVendorTopics(topics),
    regionRows,
    topicRows,
    isKnownRegion: (code) => gazetteer.regions.has(code),
    isKnownTopic: (code) => topics.byCode.has(code),
    placeOf: (text) => regionNamed(gazetteer, text),
  }
}

const dataFiles = [
  'areas.txt',
  'blocs.txt',
  'cities.txt',
  'concept-aliases.tsv',
  'concepts.tsv',
  'countries.txt',
  'demonyms.txt',
  'gazetteer.txt.gz',
  'guards.txt',
  'macro-regions.txt',
  'no-places.txt',
  'subdivisions.txt',
  'topic-model.bin.gz',
  'topics.txt',
  'vendor-topics.txt',
  ...languages.flatMap((language) => [`lexicon/${language}.txt`, `concept-terms/${language}.txt`]),
]

const hashCharsKept = 10

function dataHash(regions: readonly Region[], gazetteer: Gazetteer): string {
  const own = dataFiles.map((name) =>
    readFileSync(new URL(`../data/${name}`, import.meta.url), 'latin1'),
  )
  // Names of countries come from ICU, and so with Node; of peoples, from a package.
  const labels = JSON.stringify(regions)
  const names = nameLines(gazetteer.names).join('\n')
  const parts = [labels, names, languageData, process.versions['icu'] ?? '']
  return shortHash(...own, ...parts).slice(0, hashCharsKept)
}
