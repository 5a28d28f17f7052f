import type { Language } from '../languages.js'
import type { Word } from '../words.js'
import type { CityTable } from './cities.js'
import type { RegionName } from './name.js'
import { start, step, type Walk } from './name-table.js'

const genitiveCharsMin = 4
/** log10 of the inhabitants of a place that has things. */
const genitiveSizeMin = 4.7
/** UGA is the name of no town, wherever it stands. */
const shortCapsChars = 4
const none: readonly RegionName[] = []

/** Reads the gazetteer's cities along the words of a text; their names begin with a capital. */
export class CityWalk {
  readonly #cities: CityTable
  readonly #language: Language
  readonly #walk: Walk = start()
  /** Whether a longer name may follow. */
  goesOn: boolean

  constructor(cities: CityTable, language: Language, first: Word | undefined) {
    this.#cities = cities
    this.#language = language
    this.goesOn = first?.isCapital === true
  }

  /** What the words so far name, with this one. */
  next(word: Word): readonly RegionName[] {
    if (!this.goesOn) return none
    const { low, high } = this.#walk
    step(this.#walk, word.key)
    const value = this.#cities.at(this.#walk)
    this.goesOn = value >= -1
    if (value >= 0) return isName(word) ? this.#cities.named(value, this.#language) : none
    return value === -1 ? none : this.#genitive({ low, high }, word)
  }

  /** "Mailands Messe". */
  #genitive(before: Walk, { key, isCapital }: Word): readonly RegionName[] {
    const hasForm = isCapital && key.length > genitiveCharsMin && key.endsWith('s')
    if (this.#language !== 'de' || !hasForm) return none
    step(before, key.slice(0, -1))
    const value = this.#cities.at(before)
    if (value < 0) return none
    // Of a hamlet it is rather a word of its own: "Basis" is nothing of Basi's.
    return this.#cities
      .named(value, this.#language)
      .filter(({ size = 0, isWord }) => size >= genitiveSizeMin && !isWord)
  }
}

function isName({ key, isCapital, isAllCaps }: Word): boolean {
  return isCapital && !(isAllCaps && key.length <= shortCapsChars)
}
