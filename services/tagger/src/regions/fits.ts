import type { Field } from '../fields.js'
import type { Language } from '../languages.js'
import type { RegionName } from './name.js'

/** Letters that are a word too where all is in capitals; no points stand between them. */
const shouted: ReadonlySet<string> = new Set(['us', 'un', 'ue', 'au', 'al', 'cis', 'dach', 'quad'])

/** Their last word is written small by whoever writes well: Arabie saoudite, República checa. */
const endsSmall: ReadonlySet<RegionName['kind']> = new Set(['country', 'macro', 'bloc'])

/** Whether the words from `first` to `last` write a name as a text of this language does. */
export function fits(
  name: RegionName,
  field: Field,
  first: number,
  last: number,
  language: Language,
): boolean {
  if (!holdsIn(name, language) || isTongue(name, field, last, language)) return false
  if (name.casing === 'any') return true
  if (name.kind === 'abbreviation') return isAbbreviation(name, field, first, last)
  if (name.casing === 'capital') return hasCapitals(name, field, first, last)
  const { words } = field
  for (let at = first; at <= last; at += 1) if (!words[at]?.isAllCaps) return false
  return !shouted.has(words[first]?.key ?? '') || !isShouted(field, first, last)
}

function hasCapitals({ kind }: RegionName, { words }: Field, first: number, last: number): boolean {
  if (words[first]?.isCapital !== true) return false
  return words[last]?.isCapital === true || endsSmall.has(kind)
}

function holdsIn({ languages }: RegionName, language: Language): boolean {
  return !languages || languages.has(language)
}

/** "auf Deutsch", "kein Englisch": a German adjective with a capital and no ending. */
function isTongue(
  { kind }: RegionName,
  { words, text }: Field,
  at: number,
  language: Language,
): boolean {
  if (kind !== 'people' || language !== 'de') return false
  const word = words[at]
  if (!word?.isCapital || word.isAllCaps || text.charAt(word.end) === '-') return false
  return word.key.endsWith('isch') || word.key === 'deutsch'
}

/** Abbreviations of states that are no word: with a point they stand alone. */
const plainAbbreviations: ReadonlySet<string> = new Set(
  'ala alta ariz calif colo conn fla mich minn okla ont que sask tenn tex wis wyo'.split(' '),
)

/** "Newark, NJ", "Gary, Ind.": after a comma and a name, not in a headline that is all capitals. */
function isAbbreviation(name: RegionName, field: Field, first: number, last: number): boolean {
  const before = field.words[first - 1]
  const word = field.words[first]
  if (!word?.isCapital) return false
  const isPointed = field.text.charAt(word.end) === '.' && !word.isAllCaps
  if (isPointed && plainAbbreviations.has(word.key)) return true
  if (!before?.isCapital) return false
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
