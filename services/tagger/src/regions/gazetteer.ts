import { dataSections } from '../data-files.js'
import { type Language, languages } from '../languages.js'
import { foldWord, keysOf } from '../words.js'
import { type CityTable, loadCities } from './cities.js'
import { loadRegionTree, type RegionTree } from './containment.js'
import { addCountryNames } from './country-names.js'
import { displayName } from './display-names.js'
import { countryOf, type RegionScheme } from './name.js'
import {
  addAreas,
  addBlocs,
  addCities,
  addMacroRegions,
  addNoPlaces,
  addOtherSubdivisions,
  addSubdivisions,
  blocRows,
} from './own-names.js'
import { addPeopleNames } from './people-names.js'
import { type Cues, readCues } from './priors.js'
import { createTrie, namesOf, type TrieNode } from './trie.js'

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
  /** Names of everything but the towns. */
  readonly names: TrieNode
  readonly cities: CityTable
  readonly regions: ReadonlyMap<string, Region>
  readonly guards: Guards
  readonly cues: Cues
}

export function buildGazetteer(): Gazetteer {
  const tree = loadRegionTree()
  const names = createTrie()
  const cities = loadCities()
  addCountryNames(names, tree.countries)
  addPeopleNames(names, tree.countries)
  addMacroRegions(names, tree.areas)
  addBlocs(names)
  addSubdivisions(names)
  addCities(names, cities)
  addAreas(names)
  addNoPlaces(names)
  addOtherSubdivisions(names, cities.subdivisions)
  const guards = readGuards()
  return { names, cities, regions: regionsOf(tree, cities), guards, cues: readCues(guards) }
}

function readGuards(): Guards {
  return Object.fromEntries(
    dataSections('guards.txt').map(({ heading, lines }) => [
      heading,
      new Set(lines.flatMap((line) => line.split(' ')).map(foldWord)),
    ]),
  )
}

function regionsOf(tree: RegionTree, { subdivisions }: CityTable): Map<string, Region> {
  const regions = new Map<string, Region>()
  const add = (region: Region) => regions.set(region.code, region)
  for (const code of tree.areas) {
    add({ scheme: 'm49', code, labels: displayNames(code), broader: tree.broader(code) })
  }
  for (const code of tree.countries) {
    add({ scheme: 'iso3166-1', code, labels: displayNames(code), broader: tree.broader(code) })
  }
  const parents = new Map(subdivisions.map(({ code, parent }) => [code, parent]))
  // Subdivisions beside each other have the same ancestors.
  const ancestors = new Map<string, readonly string[]>()
  for (const { code, parent, labels } of subdivisions) {
    const country = code.slice(0, 2)
    const holders = () => [...holdersOf(code, parents), country, ...tree.broader(country)]
    const broader = ancestors.get(parent) ?? holders()
    ancestors.set(parent, broader)
    add({ scheme: 'iso3166-2', code, labels: labelsOf(labels), broader })
  }
  for (const { code, labels } of blocRows()) {
    add({ scheme: 'bloc', code, labels, broader: [] })
  }
  return regions
}

/** Subdivisions that it is part of: a department of France lies in a region. */
function holdersOf(code: string, parents: ReadonlyMap<string, string>): string[] {
  const parent = parents.get(code) ?? ''
  return parent.includes('-') ? [parent, ...holdersOf(parent, parents)] : []
}

function labelsOf(labels: readonly string[]): Region['labels'] {
  const named = languages.map((language, at) => [language, labels[at] ?? labels[0] ?? ''])
  return Object.fromEntries(named) as Region['labels']
}

function displayNames(code: string): Region['labels'] {
  const labels = languages.map((language) => [language, displayName(code, language)])
  return Object.fromEntries(labels) as Region['labels']
}

/**
 * The region that a text as a whole is a name of, or that the largest place of that name lies in:
 * Mailand → IT-25.
 */
export function regionNamed({ names, cities }: Gazetteer, text: string): string | undefined {
  const known = namesOf(names, text)
  const region = known.find(({ kind }) => kind !== 'city' && kind !== 'nothing')
  if (region) return region.code
  const places = cities.ofName(keysOf(text))
  const [own] = known
  // Our own file may know the country alone, the gazetteer the subdivision too.
  const same = places.find(({ code }) => own && code.startsWith(countryOf(own)))
  return (same ?? own ?? places[0])?.code
}
