import isoCountries from 'i18n-iso-countries'
import { codeAndRest, dataLines } from '../data-files.js'
import { type Language, languages } from '../languages.js'
import { displayName } from './display-names.js'
import { casingOf, readSpelling } from './name.js'
import { addName, type TrieNode } from './trie.js'

/** Two letters name a country only where our own file says so (US, UK). */
const packageNameCharsMin = 4

/** Countries as CLDR, i18n-iso-countries and `data/countries.txt` call them. */
export function addCountryNames(root: TrieNode, countries: readonly string[]): void {
  const own = ownNames()
  for (const code of countries) {
    const { added, removed } = own.get(code) ?? { added: [], removed: new Set<string>() }
    for (const text of packageNames(code)) {
      if (removed.has(text)) continue
      addName(root, text, {
        scheme: 'iso3166-1',
        code,
        kind: 'country',
        isDoubtful: false,
        casing: 'capital',
      })
    }
    for (const spelling of added) {
      const { text, ...rest } = readSpelling(spelling)
      const casing = casingOf(text)
      addName(root, text, { scheme: 'iso3166-1', code, kind: 'country', casing, ...rest })
    }
  }
}

function ownNames() {
  const own = new Map<string, { added: string[]; removed: Set<string> }>()
  for (const line of dataLines('countries.txt')) {
    const { code, rest } = codeAndRest(line)
    const spellings = rest.split('/')
    const added = spellings.filter((spelling) => !spelling.startsWith('-'))
    const dropped = spellings.filter((each) => each.startsWith('-')).map((each) => each.slice(1))
    // What our file spells with marks must not stand unmarked beside it.
    const marked = added.map((spelling) => readSpelling(spelling).text)
    own.set(code, { added, removed: new Set([...dropped, ...marked]) })
  }
  return own
}

function packageNames(code: string): ReadonlySet<string> {
  const names = new Set<string>()
  for (const language of languages) {
    for (const name of namesIn(code, language)) {
      for (const part of plainNames(name)) names.add(part)
    }
  }
  return names
}

function namesIn(code: string, language: Language): string[] {
  const long = displayName(code, language)
  const short = displayName(code, language, 'short')
  return [long, short, ...(isoCountries.getName(code, language, { select: 'all' }) ?? [])]
}

/** `Myanmar (Burma)` is two names; `Korea, Republic of` is an index entry, not a name. */
function plainNames(name: string): string[] {
  if (name.includes(',') || name.includes('*')) return []
  const parts = /^(.+?) \((.+)\)$/.exec(name)
  return (parts ? parts.slice(1) : [name])
    .filter((part) => part.length >= packageNameCharsMin)
    .filter((part) => !/^[a-z]/.test(part) || part.includes(' '))
}
