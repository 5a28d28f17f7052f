import { readFileSync } from 'node:fs'
import process from 'node:process'
import { shortHash } from '@newswire/model'
import { type Language, languages } from './languages.js'
import { buildGazetteer, type Gazetteer, type Region } from './regions/gazetteer.js'
import { type Lexicon, loadLexicon } from './topics/lexicon.js'
import { loadTopics, type Topic } from './topics/topic.js'
import { loadVendorTopics, type VendorTopics } from './topics/vendor.js'

/** Raised with every change of a rule or a weight in this room: the same version, the same tags. */
const rulesVersion = 1

/** Everything that tagging knows; about 0.2 s to load, immutable. */
export interface Vocabulary {
  /** Changes with the data, the rules, and the names that Node's ICU brings. */
  readonly version: string
  readonly gazetteer: Gazetteer
  readonly topics: ReadonlyMap<string, Topic>
  readonly lexica: ReadonlyMap<Language, Lexicon>
  readonly vendors: VendorTopics
  readonly regionRows: readonly Region[]
  readonly topicRows: readonly Topic[]
  readonly isKnownRegion: (code: string) => boolean
  readonly isKnownTopic: (code: string) => boolean
}

export function loadVocabulary(): Vocabulary {
  const gazetteer = buildGazetteer()
  const topics = loadTopics()
  const regionRows = [...gazetteer.regions.values()]
  const topicRows = [...topics.values()]
  const topicCodes = new Set(topicRows.map(({ code }) => code))
  return {
    version: `r${rulesVersion}-${dataHash(regionRows)}`,
    gazetteer,
    topics,
    lexica: new Map(languages.map((language) => [language, loadLexicon(language)])),
    vendors: loadVendorTopics(),
    regionRows,
    topicRows,
    isKnownRegion: (code) => gazetteer.regions.has(code),
    isKnownTopic: (code) => topicCodes.has(code),
  }
}

const dataFiles = [
  'blocs.txt',
  'cities.txt',
  'countries.txt',
  'demonyms.txt',
  'guards.txt',
  'macro-regions.txt',
  'no-places.txt',
  'subdivisions.txt',
  'topics.txt',
  'vendor-topics.txt',
  ...languages.map((language) => `lexicon/${language}.txt`),
]

const hashCharsKept = 10

function dataHash(regions: readonly Region[]): string {
  const own = dataFiles.map((name) =>
    readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8'),
  )
  // Names of countries come from ICU, and so with Node.
  const names = JSON.stringify(regions)
  return shortHash(...own, names, process.versions['icu'] ?? '').slice(0, hashCharsKept)
}
