import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { type Language, languages } from '../languages.js'
import { ByteReader } from './byte-reader.js'
import type { RegionName } from './name.js'
import { NameTable, start, step, type Walk } from './name-table.js'

const file = new URL('../../data/gazetteer.txt.gz', import.meta.url)
/** Names and beginnings of names, as a share of the names. */
const prefixShare = 1.4

const headerSchema = z.object({
  /** Hash of the builder, its rules and its packages. */
  inputs: z.string(),
  /** Hash of what finds names doubtful. */
  words: z.string(),
  sources: z.string(),
  subdivisions: z.number().int(),
  cities: z.number().int(),
  names: z.number().int(),
  firstNames: z.number().int(),
})

/** One place of the gazetteer. */
export interface City {
  /** Where it lies: ISO 3166-2, or ISO 3166-1 where the subdivision is not known. */
  readonly code: string
  /** log10 of its inhabitants. */
  readonly size: number
}

export interface SubdivisionRow {
  /** Current ISO 3166-2. */
  readonly code: string
  /** A country, or the subdivision that it is part of. */
  readonly parent: string
  /** What names it and hardly anything else. */
  readonly names: readonly string[]
  /** In the order of `languages`, or one for all. */
  readonly labels: readonly string[]
}

export interface CityTable {
  readonly header: z.infer<typeof headerSchema>
  readonly subdivisions: readonly SubdivisionRow[]
  /** Whether a folded word is a first name: a place's name behind it is a surname. */
  readonly isFirstName: (word: string) => boolean
  /** What the words so far name: −1 for the beginning of a longer name, −2 for nothing. */
  readonly at: (walk: Walk) => number
  /** Whether a name begins with this word. */
  readonly begins: (word: string) => boolean
  /** The places that a whole name means, largest first. */
  readonly ofName: (words: readonly string[]) => readonly City[]
  /** What the value of a whole name means in a text of this language, largest first. */
  readonly named: (value: number, language: Language) => readonly RegionName[]
}

/** Reads `data/gazetteer.txt.gz`, which `npm run vocabulary` makes. */
export function loadCities(): CityTable {
  const reader = new ByteReader(gunzipSync(readFileSync(file)))
  const header = headerSchema.parse(JSON.parse(reader.line()))
  const subdivisions = Array.from({ length: header.subdivisions }, () => subdivisionRow(reader))
  const cityOf = packCities(header.cities, reader)
  const table = new NameTable(Math.ceil(header.names * prefixShare))
  const lists: number[] = []
  for (let at = 0; at < header.names; at += 1) addName(table, lists, reader)
  const packed = Int32Array.from(lists)
  const placesOf = (value: number) =>
    Array.from(packed.subarray(value + 2, value + 2 + (packed[value] as number)), cityOf)
  return {
    header,
    subdivisions,
    isFirstName: firstNamesOf(header.firstNames, reader),
    at: (walk) => table.at(walk),
    begins: (word) => table.begins(word),
    named: createNaming((value) => ({
      cities: placesOf(value),
      doubt: packed[value + 1] as number,
    })),
    ofName(words) {
      const walk = start()
      for (const word of words) step(walk, word)
      const value = table.at(walk)
      return value >= 0 ? placesOf(value) : []
    },
  }
}

function subdivisionRow(reader: ByteReader): SubdivisionRow {
  const [code = '', parent = '', names = '', ...labels] = reader.line().split('\t')
  return { code, parent, names: names === '' ? [] : names.split('|'), labels }
}

function firstNamesOf(count: number, reader: ByteReader): (word: string) => boolean {
  const table = new NameTable(count)
  for (let at = 0; at < count; at += 1) {
    const end = reader.wordEnd()
    table.add(reader.bytes, reader.at, end, 0)
    reader.at = end + 1
  }
  return (word) => table.begins(word)
}

/** A list is its length, the doubt of the name, and the numbers of its cities. */
function addName(table: NameTable, lists: number[], reader: ByteReader): void {
  const end = reader.fieldEnd()
  const at = lists.length
  table.add(reader.bytes, reader.at, end, at)
  reader.at = end + 1
  lists.push(0, 0)
  reader.numbers(lists)
  lists[at] = lists.length - at - 2
  lists[at + 1] = reader.isAfter('\t') ? reader.number() : 0
}

/** The bit of a name's doubt that stands for a person's name; those below for languages' words. */
const personBit = 32
/** Names that are kept made: those of an hour's news. What is kept changes no result. */
const keptMax = 8192

interface Named {
  readonly cities: readonly City[]
  readonly doubt: number
}

/** Makes the meanings of a name once, as the same names come again in every text. */
function createNaming(of: (value: number) => Named): CityTable['named'] {
  const kept = new Map<number, readonly RegionName[]>()
  return (value, language) => {
    const at = languages.indexOf(language)
    const key = value * languages.length + at
    const known = kept.get(key)
    if (known) return known
    const { cities, doubt } = of(value)
    const isWord = (doubt & (1 << at)) !== 0
    const isDoubtful = isWord || (doubt & personBit) !== 0
    const names = cities.map(({ code, size }): RegionName => {
      const scheme = code.includes('-') ? 'iso3166-2' : 'iso3166-1'
      return { scheme, code, kind: 'city', isDoubtful, isWord, casing: 'capital', size }
    })
    if (kept.size >= keptMax) kept.clear()
    kept.set(key, names)
    return names
  }
}

const eighthsPerDoubling = 8

function packCities(count: number, reader: ByteReader): (at: number) => City {
  const codes: string[] = []
  const codeNumbers = new Map<string, number>()
  const code = new Uint16Array(count)
  const size = new Uint8Array(count)
  for (let at = 0; at < count; at += 1) {
    const end = reader.fieldEnd()
    const region = reader.bytes.toString('latin1', reader.at, end)
    reader.at = end + 1
    let number = codeNumbers.get(region)
    if (number === undefined) {
      number = codes.push(region) - 1
      codeNumbers.set(region, number)
    }
    code[at] = number
    size[at] = reader.number()
  }
  return (at) => ({
    code: codes[code[at] as number] as string,
    size: ((size[at] as number) / eighthsPerDoubling) * Math.log10(2),
  })
}
