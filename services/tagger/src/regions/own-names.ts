import { codeAndRest, dataLines } from '../data-files.js'
import { languages } from '../languages.js'
import { keysOf } from '../words.js'
import type { CityTable, SubdivisionRow } from './cities.js'
import { displayName } from './display-names.js'
import { inflect } from './inflect.js'
import { casingOf, type NameKind, type RegionScheme, readSpelling, schemeOf } from './name.js'
import { addName, namesOf, type TrieNode } from './trie.js'

const german = new Set(['de'] as const)

/**
 * Cities of `data/cities.txt`, and what German calls their people and things ("Berliner"). Where a
 * line names the country alone, the gazetteer may know the subdivision.
 */
export function addCities(root: TrieNode, cities: CityTable): void {
  for (const line of dataLines('cities.txt')) {
    const { code: given, rest } = codeAndRest(line)
    const spellings = rest.split('/')
    const code = given.includes('-') ? given : (withinOf(given, spellings, cities) ?? given)
    addPlace(root, code, spellings)
    for (const form of germanForms(spellings[0] ?? '')) {
      addName(root, form, {
        scheme: schemeOf(code),
        code,
        kind: 'city',
        isDoubtful: false,
        casing: 'capital',
        languages: german,
      })
    }
  }
}

/** Areas of `data/areas.txt`: they lie in a country, and in no one subdivision. */
export function addAreas(root: TrieNode): void {
  for (const line of dataLines('areas.txt')) {
    const { code, rest } = codeAndRest(line)
    addPlace(root, code, rest.split('/'))
  }
}

function addPlace(root: TrieNode, code: string, spellings: readonly string[]): void {
  const scheme = schemeOf(code)
  for (const spelling of spellings) {
    const { text, ...marks } = readSpelling(spelling)
    addName(root, text, { scheme, code, kind: 'city', casing: casingOf(`${text}x`), ...marks })
  }
}

/** Where the largest place of one of these names lies in the country. */
function withinOf(
  country: string,
  spellings: readonly string[],
  cities: CityTable,
): string | undefined {
  for (const spelling of spellings) {
    const places = cities.ofName(keysOf(readSpelling(spelling).text))
    const own = places.find(({ code }) => code.startsWith(`${country}-`))
    if (own) return own.code
  }
  return undefined
}

/** "Berliner", "Göttinger", "Münchner"; none for names of several words and doubtful ones. */
function germanForms(name: string): string[] {
  if (!/^\p{Lu}\p{Ll}{2,}$/u.test(name)) return []
  const short = name.endsWith('en') ? [`${name.slice(0, -2)}er`, `${name.slice(0, -2)}ner`] : []
  return [`${name}er`, ...short]
}

/** Subdivisions of `data/subdivisions.txt` with their abbreviations. */
export function addSubdivisions(root: TrieNode): void {
  for (const { code, spellings, abbreviations } of subdivisionRows()) {
    for (const spelling of spellings) {
      const { text, ...marks } = readSpelling(spelling)
      const casing = casingOf(text)
      addName(root, text, { scheme: 'iso3166-2', code, kind: 'subdivision', casing, ...marks })
    }
    for (const text of abbreviations) {
      addName(root, text, {
        scheme: 'iso3166-2',
        code,
        kind: 'abbreviation',
        isDoubtful: false,
        casing: casingOf(text),
      })
    }
  }
}

/** Subdivisions of the gazetteer whose labels are nobody else's name. */
export function addOtherSubdivisions(root: TrieNode, rows: readonly SubdivisionRow[]): void {
  for (const { code, names } of rows) {
    const scheme = 'iso3166-2'
    const name = {
      scheme,
      code,
      kind: 'subdivision',
      isDoubtful: false,
      casing: 'capital',
    } as const
    for (const text of names) if (namesOf(root, text).length === 0) addName(root, text, name)
  }
}

function subdivisionRows() {
  return dataLines('subdivisions.txt').map((line) => {
    const { code, rest } = codeAndRest(line)
    const [names = '', short = ''] = rest.split(' =')
    return {
      code,
      spellings: names.split('/').filter((name) => name !== ''),
      abbreviations: short.split(',').filter((name) => name !== ''),
    }
  })
}

/** UN M49 areas as CLDR and `data/macro-regions.txt` call them. */
export function addMacroRegions(root: TrieNode, areas: readonly string[]): void {
  const { added, removed } = ownMacroNames()
  for (const code of areas) {
    // "World" is in every second release.
    if (code === '001') continue
    for (const language of languages) {
      const text = displayName(code, language)
      if (removed.has(text) || /^\d/.test(text)) continue
      addRegion(root, text, { scheme: 'm49', code, kind: 'macro' })
    }
  }
  for (const { code, spelling } of added) {
    addRegion(root, spelling, { scheme: 'm49', code, kind: 'macro' })
  }
}

function ownMacroNames() {
  const removed = new Set<string>()
  const added: { code: string; spelling: string }[] = []
  for (const line of dataLines('macro-regions.txt')) {
    const { code, rest } = codeAndRest(line)
    for (const spelling of rest.split('/')) {
      if (spelling.startsWith('-')) removed.add(spelling.slice(1))
      else added.push({ code, spelling })
    }
  }
  return { added, removed }
}

/** Blocs of `data/blocs.txt`. */
export function addBlocs(root: TrieNode): void {
  for (const { code, spellings } of blocRows()) {
    for (const spelling of spellings) {
      addRegion(root, spelling, { scheme: 'bloc', code, kind: 'bloc' })
    }
  }
}

export function blocRows() {
  return dataLines('blocs.txt').map((line) => {
    const [head = '', names = ''] = line.split(': ')
    const { code, rest: label } = codeAndRest(head)
    const [en = '', de = en, fr = en, it = en, es = en] = label.split('|')
    return { code: `bloc:${code}`, labels: { de, en, fr, it, es }, spellings: names.split('/') }
  })
}

/** Names of `data/no-places.txt`: longer than the place in them, they hide it. */
export function addNoPlaces(root: TrieNode): void {
  for (const text of dataLines('no-places.txt')) {
    addName(root, text, {
      scheme: 'bloc',
      code: '',
      kind: 'nothing',
      isDoubtful: false,
      casing: 'capital',
    })
  }
}

function addRegion(
  root: TrieNode,
  spelling: string,
  region: { scheme: RegionScheme; code: string; kind: NameKind },
): void {
  const { text, ...marks } = readSpelling(spelling)
  const isAdjective = text.endsWith('*')
  const forms = isAdjective ? inflect(text.slice(0, -1), 'de') : [text]
  for (const form of forms) {
    addName(root, form, { ...region, casing: casingOf(form), ...marks })
  }
}
