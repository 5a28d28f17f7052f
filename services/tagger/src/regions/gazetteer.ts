import { codeAndRest, dataLines, dataSections } from '../data-files.js'
import { type Language, languages } from '../languages.js'
import { foldWord } from '../words.js'
import { loadRegionTree, type RegionTree } from './containment.js'
import { addCountryNames } from './country-names.js'
import { countryOf, type RegionScheme } from './name.js'
import {
  addBlocs,
  addCities,
  addMacroRegions,
  addNoPlaces,
  addSubdivisions,
  blocRows,
  subdivisionRows,
} from './own-names.js'
import { addPeopleNames } from './people-names.js'
import { createTrie, type TrieNode } from './trie.js'

/** A region that a tag or a filter may name. */
export interface Region {
  readonly scheme: RegionScheme
  readonly code: string
  readonly labels: Readonly<Record<Language, string>>
  /** All ancestors, nearest first. */
  readonly broader: readonly string[]
}

/** Words beside a name that make it no place, or a place after all; folded. */
export type Guards = Readonly<Record<string, ReadonlySet<string>>>

export interface Gazetteer {
  readonly names: TrieNode
  readonly regions: ReadonlyMap<string, Region>
  readonly guards: Guards
}

export function buildGazetteer(): Gazetteer {
  const tree = loadRegionTree()
  const names = createTrie()
  addCountryNames(names, tree.countries)
  addPeopleNames(names, tree.countries)
  addMacroRegions(names, tree.areas)
  addBlocs(names)
  addSubdivisions(names)
  addCities(names)
  addNoPlaces(names)
  return { names, regions: regionsOf(tree), guards: readGuards() }
}

function readGuards(): Guards {
  return Object.fromEntries(
    dataSections('guards.txt').map(({ heading, lines }) => [
      heading,
      new Set(lines.flatMap((line) => line.split(' ')).map(foldWord)),
    ]),
  )
}

function regionsOf(tree: RegionTree): Map<string, Region> {
  const regions = new Map<string, Region>()
  const add = (region: Region) => regions.set(region.code, region)
  for (const code of tree.areas) {
    add({ scheme: 'm49', code, labels: displayNames(code), broader: tree.broader(code) })
  }
  for (const code of tree.countries) {
    add({ scheme: 'iso3166-1', code, labels: displayNames(code), broader: tree.broader(code) })
  }
  for (const { code, spellings } of subdivisionRows()) {
    add(subdivision(code, sameLabels(plain(spellings[0] ?? code)), tree))
  }
  // A city may lie in a subdivision that has none of its own ("CN-CQ"): it lends its name.
  for (const line of dataLines('cities.txt')) {
    const { code, rest } = codeAndRest(line)
    if (!code.includes('-') || regions.has(code)) continue
    add(subdivision(code, sameLabels(plain(rest.split('/')[0] ?? code)), tree))
  }
  for (const { code, label } of blocRows()) {
    add({ scheme: 'bloc', code, labels: sameLabels(label), broader: [] })
  }
  return regions
}

function subdivision(code: string, labels: Region['labels'], tree: RegionTree): Region {
  const country = countryOf({ scheme: 'iso3166-2', code })
  return { scheme: 'iso3166-2', code, labels, broader: [country, ...tree.broader(country)] }
}

function plain(spelling: string): string {
  return spelling.replace(/!.*$/, '')
}

function sameLabels(label: string): Region['labels'] {
  return { de: label, en: label, fr: label, it: label, es: label }
}

function displayNames(code: string): Region['labels'] {
  const labels = languages.map((language) => [
    language,
    new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code,
  ])
  return Object.fromEntries(labels) as Region['labels']
}
