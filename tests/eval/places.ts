import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'htmlparser2'
import { createNearest } from './nearest.js'

/** A document with the countries that its places lie in. */
export interface PlacedText {
  readonly text: string
  /** ISO 3166-1, sorted. */
  readonly countries: readonly string[]
  /** The same, without the countries that only the point of a continent lies in. */
  readonly withoutContinents: readonly string[]
}

export interface PlaceSet {
  readonly name: string
  readonly texts: readonly PlacedText[]
}

interface Element {
  readonly type: string
  readonly name?: string
  readonly data?: string
  readonly children?: readonly Element[]
}

/** Each coordinate's country is that of the nearest city: the same rule for all systems. */
export function readPlaceSets(folder: string): PlaceSet[] {
  const nearest = createNearest()
  return [
    { name: 'GeoVirus', file: 'geovirus.xml' },
    { name: 'LGL', file: 'lgl.xml' },
  ]
    .filter(({ file }) => existsSync(join(folder, file)))
    .map(({ name, file }) => {
      const xml = readFileSync(join(folder, file), 'utf8')
      const root = parseDocument(xml, { xmlMode: true }) as unknown as Element
      return { name, texts: under(root, 'article').map((each) => placedText(each, nearest)) }
    })
}

/** GeoVirus gives them a point: that of Africa lies in the Central African Republic. */
const continents =
  /^(?:africa|asia|europe|america|antarctica|oceania|(?:north|south|central|latin|east|west|southeast|southern|western|eastern) (?:america|africa|asia|europe)|middle east|pacific|atlantic)/i

function placedText(article: Element, nearest: ReturnType<typeof createNearest>): PlacedText {
  const places = [...under(article, 'location'), ...under(article, 'toponym')].flatMap((place) => {
    const [lat, lon] = ['lat', 'lon'].map((name) => Number(textOf(under(place, name)[0])))
    const isPlaced = Number.isFinite(lat) && Number.isFinite(lon) && under(place, 'lat').length > 0
    const country = isPlaced ? nearest(lat as number, lon as number) : undefined
    const name = textOf(under(place, 'phrase')[0] ?? under(place, 'name')[0])
    return country === undefined ? [] : [{ name: name.trim(), country }]
  })
  const countriesOf = (of: typeof places) => [...new Set(of.map(({ country }) => country))].sort()
  return {
    text: textOf(under(article, 'text')[0]),
    countries: countriesOf(places),
    withoutContinents: countriesOf(places.filter(({ name }) => !continents.test(name))),
  }
}

function under(element: Element, name: string): Element[] {
  return (element.children ?? []).flatMap((child) =>
    child.name === name ? [child] : under(child, name),
  )
}

function textOf(element: Element | undefined): string {
  if (!element) return ''
  return element.data ?? (element.children ?? []).map(textOf).join('')
}
