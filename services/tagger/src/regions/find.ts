import type { Field } from '../fields.js'
import type { Language } from '../languages.js'
import type { Word } from '../words.js'
import type { CityTable } from './cities.js'
import { CityWalk } from './city-walk.js'
import { compoundNode } from './compounds.js'
import type { Gazetteer, Guards } from './gazetteer.js'
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
    const found = longestAt(field, gazetteer, language, at)
    if (!found) continue
    mentions.push(found)
    at = found.last
  }
  return mentions
}

function longestAt(
  field: Field,
  { names: root, cities, guards }: Gazetteer,
  language: Language,
  first: number,
): Mention | undefined {
  const { words } = field
  let best: Mention | undefined
  if (!mayBegin(words[first] as Word, root, cities)) {
    return language === 'de' ? compoundAt(field, root, guards, first) : undefined
  }
  let node: TrieNode | undefined = root
  const walk = new CityWalk(cities, language, words[first])
  for (let last = first; reaches(field, first, last) && (node || walk.goesOn); last += 1) {
    const word = words[last] as Word
    const places = walk.next(word)
    const isFit = (name: RegionName) => fits(name, field, first, last, language)
    const names = [...(node ? namesAt(node, word, isFit) : none), ...places]
    if (names.length > 0) best = mention(field, first, last, names)
    node = node?.next.get(word.key)
  }
  return best ?? (language === 'de' ? compoundAt(field, root, guards, first) : undefined)
}

/** Most words begin no name: they are told apart before anything is made for them. */
function mayBegin({ key, isCapital }: Word, root: TrieNode, cities: CityTable): boolean {
  if (root.next.has(key) || (isCapital && cities.begins(key))) return true
  if (!isCapital || !key.endsWith('s')) return false
  const base = key.slice(0, -1)
  return root.next.has(base) || cities.begins(base)
}

/** Whether a name that begins at `first` may go on to this word. */
function reaches({ words, text }: Field, first: number, last: number): boolean {
  const word = words[last]
  return word !== undefined && (last === first || isInside(text, words[last - 1], word))
}

function compoundAt(field: Field, root: TrieNode, guards: Guards, at: number): Mention | undefined {
  const compound = compoundNode(root, field.words[at] as Word, guards)
  const names = compound?.names.filter(({ kind }) => kind === 'country' || kind === 'macro')
  return names?.length ? mention(field, at, at, names) : undefined
}

const none: readonly RegionName[] = []

/** What the word itself leads to, or what it leads to as a genitive (Chinas). */
function namesAt(
  node: TrieNode,
  word: Word,
  isFit: (name: RegionName) => boolean,
): readonly RegionName[] {
  const own = node.next.get(word.key)
  if (own?.names.length) return own.names.filter(isFit)
  if (word.key.length <= genitiveCharsMin || !word.key.endsWith('s') || !word.isCapital) return none
  const base = node.next.get(word.key.slice(0, -1))
  return base?.names.filter((name) => takesGenitive(name) && isFit(name)) ?? none
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

function fits(
  name: RegionName,
  field: Field,
  first: number,
  last: number,
  language: Language,
): boolean {
  if (name.languages && !name.languages.has(language)) return false
  if (name.casing === 'any') return true
  if (name.kind === 'abbreviation') return isAbbreviation(name, field, first, last)
  const words = field.words.slice(first, last + 1)
  if (name.casing === 'capital')
    return words[0]?.isCapital === true && words.at(-1)?.isCapital === true
  return words.every(({ isAllCaps }) => isAllCaps) && !isShouted(field, first, last)
}

/** "Newark, NJ", "Gary, Ind.": after a comma and a name, not in a headline that is all capitals. */
function isAbbreviation(name: RegionName, field: Field, first: number, last: number): boolean {
  const before = field.words[first - 1]
  const word = field.words[first]
  if (!before?.isCapital || !word?.isCapital) return false
  if (field.text.slice(before.end, word.start) !== ', ') return false
  if (name.casing === 'capitals' && !field.words[last]?.isAllCaps) return false
  return !isShouted(field, first, last) || field.name === 'dateline'
}

/** Whether the words on both sides are in capitals too: "JOIN US TODAY" names no country. */
function isShouted({ words, name }: Field, first: number, last: number): boolean {
  if (name === 'dateline') return false
  const before = words.slice(Math.max(0, first - 2), first)
  const after = words.slice(last + 1, last + 3)
  const neighbours = [...before, ...after]
  return neighbours.length > 1 && neighbours.every(({ isAllCaps }) => isAllCaps)
}
