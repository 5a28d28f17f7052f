import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { NameTable, start, step, type Walk } from './name-table.js'

const file = new URL('../../data/gazetteer.txt.gz', import.meta.url)
/** Names and beginnings of names, as a share of the names. */
const prefixShare = 1.4

const headerSchema = z.object({
  /** Hash of the builder, its rules and its packages. */
  inputs: z.string(),
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

export interface NamedCities {
  readonly cities: readonly City[]
  /** A word, a first name or a surname too. */
  readonly isDoubtful: boolean
}

export interface SubdivisionRow {
  /** Current ISO 3166-2. */
  readonly code: string
  /** A country, or the subdivision that it is part of. */
  readonly parent: string
  /** Its labels name it and hardly anything else. */
  readonly isName: boolean
  /** In the order of `languages`, or one for all. */
  readonly labels: readonly string[]
}

export interface CityTable {
  readonly header: z.infer<typeof headerSchema>
  readonly subdivisions: readonly SubdivisionRow[]
  /** Folded; after one of these a place's name is a surname. */
  readonly firstNames: ReadonlySet<string>
  /** What the words so far name: −1 for the beginning of a longer name, −2 for nothing. */
  readonly at: (walk: Walk) => number
  /** Whether a name begins with this word. */
  readonly begins: (word: string) => boolean
  /** The places that a whole name means, largest first. */
  readonly ofName: (words: readonly string[]) => readonly City[]
  /** Largest first. */
  readonly named: (value: number) => NamedCities
}

/** Reads `data/gazetteer.txt.gz`, which `npm run vocabulary` makes. */
export function loadCities(): CityTable {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n')
  const header = headerSchema.parse(JSON.parse(lines[0] ?? ''))
  const citiesFrom = 1 + header.subdivisions
  const namesFrom = citiesFrom + header.cities
  const subdivisions = lines.slice(1, citiesFrom).map((line) => {
    const [code = '', parent = '', use = '', ...labels] = line.split('\t')
    return { code, parent, isName: use === 'name', labels }
  })
  const cityOf = packCities(lines.slice(citiesFrom, namesFrom))
  const table = new NameTable(Math.ceil(header.names * prefixShare))
  const lists: number[] = []
  const firstNamesAt = namesFrom + header.names
  for (const line of lines.slice(namesFrom, firstNamesAt)) addName(table, lists, line)
  const packed = Int32Array.from(lists)
  const named = (value: number): NamedCities => {
    const count = packed[value] as number
    const ids = packed.subarray(value + 2, value + 2 + count)
    return { cities: Array.from(ids, cityOf), isDoubtful: packed[value + 1] === 1 }
  }
  return {
    header,
    subdivisions,
    firstNames: new Set((lines[firstNamesAt] ?? '').split(' ')),
    at: (walk) => table.at(walk),
    begins: (word) => table.begins(word),
    named,
    ofName(words) {
      const walk = start()
      for (const word of words) step(walk, word)
      const value = table.at(walk)
      return value >= 0 ? named(value).cities : []
    },
  }
}

/** A list is its length, whether the name is doubtful, and the numbers of its cities. */
function addName(table: NameTable, lists: number[], line: string): void {
  const [name = '', ids = ''] = line.split('\t')
  const isDoubtful = name.endsWith('!')
  table.add(isDoubtful ? name.slice(0, -1) : name, lists.length)
  const numbers = ids.split(',').map(Number)
  lists.push(numbers.length, Number(isDoubtful), ...numbers)
}

const eighthsPerDoubling = 8

function packCities(lines: readonly string[]): (at: number) => City {
  const codes: string[] = []
  const codeNumbers = new Map<string, number>()
  const code = new Uint16Array(lines.length)
  const size = new Uint8Array(lines.length)
  lines.forEach((line, at) => {
    const [region = '', eighths] = line.split('\t')
    let number = codeNumbers.get(region)
    if (number === undefined) {
      number = codes.push(region) - 1
      codeNumbers.set(region, number)
    }
    code[at] = number
    size[at] = Number(eighths)
  })
  return (at) => ({
    code: codes[code[at] as number] as string,
    size: ((size[at] as number) / eighthsPerDoubling) * Math.log10(2),
  })
}
