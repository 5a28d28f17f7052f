import { readFileSync } from 'node:fs'
import { shortHash } from '@newswire/model'
import { languages } from '../../languages.js'
import { bucketCount } from '../features.js'
import type { Branch } from '../topic.js'
import { ownTexts } from './documents.js'

/** Raised with every change of the features, the training or what its documents count. */
const trainingVersion = 3

/** What of this repository a model was trained on: another hash, another model. */
export function inputsHash(branches: readonly Branch[]): string {
  const texts = branches.flatMap(({ key }) =>
    languages.map((language) => readFileSync(new URL(`${key}/${language}.txt`, ownTexts), 'utf8')),
  )
  const lexica = languages.map((language) =>
    readFileSync(new URL(`../../../data/lexicon/${language}.txt`, import.meta.url), 'utf8'),
  )
  return shortHash(`${trainingVersion} ${bucketCount}`, ...texts, ...lexica)
}
