import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'htmlparser2'
import { createNearest } from './nearest.js'

/** A document with the countries that its places lie in. */
export interface PlacedText {
  readonly text: string
  /** ISO 3166-1, sorted. */
  readonly countries: readonly string[]
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

function placedText(article: Element, nearest: ReturnType<typeof createNearest>): PlacedText {
  const countries = new Set<string>()
  for (const lat of under(article, 'lat')) {
    const at = Number(textOf(lat))
    const lon = Number(textOf(followerOf(article, lat)))
    const country = Number.isFinite(at) && Number.isFinite(lon) ? nearest(at, lon) : undefined
    if (country !== undefined) countries.add(country)
  }
  return { text: textOf(under(article, 'text')[0]), countries: [...countries].sort() }
}

/** The `<lon>` that belongs to a `<lat>`: the next one in the document. */
function followerOf(article: Element, lat: Element): Element | undefined {
  const lats = under(article, 'lat')
  return under(article, 'lon')[lats.indexOf(lat)]
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
