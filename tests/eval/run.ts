import { existsSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { loadVocabulary } from '@newswire/tagger'
import { reportCopies, type SetText } from './copies.js'
import { reportLanguages } from './language.js'
import { readPlaceSets } from './places.js'
import { reportRegions } from './regions.js'
import { reportSample } from './sample.js'
import { readSentences, readTopicSets } from './sets.js'
import { reportTopics } from './topics.js'

const { values } = parseArgs({
  options: { sets: { type: 'string', default: '../shared/eval' }, only: { type: 'string' } },
})
const { sets, only } = values
if (!existsSync(sets)) {
  process.stderr.write(`There are no sets in ${sets}: give their folder with --sets.\n`)
  process.exit(2)
}
const vocabulary = loadVocabulary()
const parts: Readonly<Record<string, () => string>> = {
  language: () => reportLanguages(readSentences(sets)),
  regions: () => reportRegions(readPlaceSets(sets), vocabulary),
  topics: () => reportTopics(readTopicSets(sets), vocabulary),
  sample: () => reportSample(vocabulary),
  copies: () => reportCopies(allTexts()),
}

function allTexts(): SetText[] {
  const topics = readTopicSets(sets).flatMap(({ name, texts }) =>
    texts.map(({ headline, text }) => ({ set: name, text: `${headline} ${text}` })),
  )
  const places = readPlaceSets(sets).flatMap(({ name, texts }) =>
    texts.map(({ text }) => ({ set: name, text })),
  )
  return [...topics, ...places]
}
for (const [name, report] of Object.entries(parts)) {
  if (only === undefined || only === name) process.stdout.write(`${report()}\n\n`)
}
