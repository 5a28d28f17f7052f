import type { Field } from '../fields.js'
import type { Language } from '../languages.js'
import type { Word } from '../words.js'
import { beginningOf, compoundOf } from './beginnings.js'
import { CityWalk } from './city-walk.js'
import { fits } from './fits.js'
import type { Gazetteer } from './gazetteer.js'
import type { RegionName } from './name.js'
import type { TrieNode } from './trie.js'

/** A name of a region as a field has it; `first` to `last` count words. */
export interface Mention {
  readonly field: Field
  readonly first: number
  readonly last: number
  readonly start: number
  readonly end: number
  /** What it may mean; more than one where a name is shared (Georgia). */
  readonly names: readonly RegionName[]
}

/**
 * A space, hyphen, apostrophe or abbreviation's point may stand inside a name, a line end may not.
 */
const insidePattern = /^(?: |-|‐|–|'|’|\.|\. | & |\/|\n|-\n)$/
const genitiveCharsMin = 4

/** All names of regions in a field, longest first, none inside another. */
export function findMentions(field: Field, gazetteer: Gazetteer, language: Language): Mention[] {
  const mentions: Mention[] = []
  const { words } = field
  for (let at = 0; at < words.length; at += 1) {
    const first = mentionAt(field, gazetteer, language, at)
    if (!first) continue
    const found = reachingFurther(first, gazetteer, language) ?? first
    mentions.push(found)
    at = found.last
  }
  return mentions
}

/** "La Unión Europea": the bloc, not the town of La Unión. */
function reachingFurther(
  { field, first, last, names }: Mention,
  gazetteer: Gazetteer,
  language: Language,
): Mention | undefined {
  if (first === last || names.some(({ kind }) => kind !== 'city')) return undefined
  for (let at = first + 1; at <= last; at += 1) {
    const other = mentionAt(field, gazetteer, language, at)
    if (other && other.last > last && other.names.some(({ kind }) => kind !== 'city')) return other
  }
  return undefined
}

/** Most words begin no name: they are told apart before anything is made for them. */
function mentionAt(
  field: Field,
  gazetteer: Gazetteer,
  language: Language,
  first: number,
): Mention | undefined {
  const word = field.words[first] as Word
  const { isName, isTown } = beginningOf(gazetteer, word.key)
  const mayBegin = isName || (isTown && word.isCapital)
  const found = mayBegin ? longestAt(field, gazetteer, language, first) : undefined
  return found ?? (language === 'de' ? compoundAt(field, gazetteer, first) : undefined)
}

function longestAt(
  field: Field,
  { names: root, cities }: Gazetteer,
  language: Language,
  first: number,
): Mention | undefined {
  const { words } = field
  let best: Mention | undefined
  let node: TrieNode | undefined = root
  const walk = new CityWalk(cities, language, words[first])
  for (let last = first; reaches(field, first, last) && (node || walk.goesOn); last += 1) {
    const word = words[last] as Word
    const places = walk.next(word)
    const own = node ? fitting(namesAt(node, word, language), field, first, last, language) : none
    if (own.length > 0 || places.length > 0) best = mention(field, first, last, joined(own, places))
    node = node?.next.get(word.key)
  }
  return best
}

function joined(own: readonly RegionName[], places: readonly RegionName[]): readonly RegionName[] {
  if (own.length === 0) return places
  return places.length === 0 ? own : [...own, ...places]
}

/** Whether a name that begins at `first` may go on to this word. */
function reaches({ words, text }: Field, first: number, last: number): boolean {
  const word = words[last]
  return word !== undefined && (last === first || isInside(text, words[last - 1], word))
}

function compoundAt(field: Field, gazetteer: Gazetteer, at: number): Mention | undefined {
  const compound = compoundOf(gazetteer, field.words[at] as Word)
  const names = compound?.names.filter(({ kind }) => kind === 'country' || kind === 'macro')
  return names?.length ? mention(field, at, at, names) : undefined
}

const none: readonly RegionName[] = []

/** What the word itself leads to, or what it leads to as a genitive (Chinas). */
function namesAt(node: TrieNode, word: Word, language: Language): readonly RegionName[] {
  const own = node.next.get(word.key)
  if (own?.names.length) return own.names
  // Elsewhere the apostrophe makes it two words, and "Turkeys" are birds.
  if (language !== 'de' || word.key.length <= genitiveCharsMin) return none
  if (!word.key.endsWith('s') || !word.isCapital) return none
  return node.next.get(word.key.slice(0, -1))?.names.filter(takesGenitive) ?? none
}

function fitting(
  names: readonly RegionName[],
  field: Field,
  first: number,
  last: number,
  language: Language,
): readonly RegionName[] {
  if (names.length === 0) return none
  return names.filter((name) => fits(name, field, first, last, language))
}

function takesGenitive({ kind, casing }: RegionName): boolean {
  return kind !== 'people' && kind !== 'abbreviation' && casing === 'capital'
}

function isInside(text: string, before: Word | undefined, after: Word): boolean {
  return before !== undefined && insidePattern.test(text.slice(before.end, after.start))
}

function mention(field: Field, first: number, last: number, names: readonly RegionName[]): Mention {
  const start = field.words[first]?.start ?? 0
  const end = field.words[last]?.end ?? 0
  return { field, first, last, start, end, names }
}
