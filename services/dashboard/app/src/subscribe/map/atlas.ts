import { geoArea, geoNaturalEarth1, geoPath } from 'd3-geo'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import fineFile from 'world-atlas/countries-50m.json?url'
import coarseFile from 'world-atlas/countries-110m.json?url'
import { regionOf } from './countries.js'
import type { Point } from './view.js'

/** A country as it is drawn. */
export interface Shape {
  readonly id: string
  /** What a filter calls it; an area without a code is drawn, and cannot be chosen. */
  readonly region: string | undefined
  readonly name: string
  /** The `d` of a path. */
  readonly path: string
  /** The middle of its largest part: where a name or the focus belongs. */
  readonly center: Point
  /** The upper edge of that part. */
  readonly top: number
  /** Too small to be hit: a dot stands for it. */
  readonly isTiny: boolean
}

export type Detail = 'coarse' | 'fine'
type World = Topology<{ countries: GeometryCollection<{ name: string }> }>
/** One part of a country, as GeoJSON has it. */
interface Polygon {
  readonly type: 'Polygon'
  readonly coordinates: number[][][]
}
type Outline = ReturnType<typeof outlinesOf>[number]

export const mapSize = { width: 960, height: 450 } as const
/** Turned so that the cut runs through the Bering Strait, and no country lies on both sides. */
const turnDegrees = -11
const antarctica = '010'
/** In units of the map. */
const tinyWidth = 1.6
const files: Record<Detail, string> = { coarse: coarseFile, fine: fineFile }
const loaded = new Map<Detail, Promise<readonly Shape[]>>()

/** The countries, drawn once; `fine` has the small ones too and is five times the bytes. */
export function loadShapes(detail: Detail): Promise<readonly Shape[]> {
  const known = loaded.get(detail)
  if (known !== undefined) return known
  const shapes = fetchShapes(files[detail])
  loaded.set(detail, shapes)
  shapes.catch(() => loaded.delete(detail))
  return shapes
}

async function fetchShapes(file: string): Promise<readonly Shape[]> {
  const answer = await fetch(file)
  if (!answer.ok) throw new Error(`The map could not be loaded: ${answer.status}.`)
  const outlines = outlinesOf((await answer.json()) as World)
  const shown = outlines.filter(({ id }) => String(id) !== antarctica)
  const { width, height } = mapSize
  const projection = geoNaturalEarth1()
    .rotate([turnDegrees, 0])
    .fitSize([width, height], { type: 'FeatureCollection', features: shown })
  const draw = geoPath(projection).digits(2)
  return [...byPlace(shown)].map(([id, outlines]) => shapeOf(id, outlines, draw))
}

/** The finer map has some countries in parts. The same id over both maps keeps the focus. */
function byPlace(outlines: readonly Outline[]): ReadonlyMap<string, readonly Outline[]> {
  const places = new Map<string, Outline[]>()
  for (const outline of outlines) {
    const id = regionOfOutline(outline) ?? outline.properties.name
    places.set(id, [...(places.get(id) ?? []), outline])
  }
  return places
}

function regionOfOutline({ id, properties }: Outline): string | undefined {
  return regionOf(id === undefined ? undefined : String(id), properties.name)
}

function outlinesOf(world: World) {
  return feature(world, world.objects.countries).features
}

function shapeOf(
  id: string,
  outlines: readonly Outline[],
  draw: ReturnType<typeof geoPath>,
): Shape {
  const main = largest(outlines.flatMap(partsOf))
  const [[left, top], [right, bottom]] = draw.bounds(main)
  const [first] = outlines
  return {
    id,
    region: first && regionOfOutline(first),
    name: first?.properties.name ?? id,
    path: outlines.map((outline) => draw(outline) ?? '').join(''),
    center: draw.centroid(main),
    top,
    isTiny: Math.max(right - left, bottom - top) < tinyWidth,
  }
}

function partsOf({ geometry }: Outline): Polygon[] {
  if (geometry.type === 'Polygon') return [geometry]
  if (geometry.type !== 'MultiPolygon') return []
  return geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates }))
}

/** France without Guiana: else its middle lies in the ocean. */
function largest(parts: readonly Polygon[]): Polygon {
  const nothing: Polygon = { type: 'Polygon', coordinates: [] }
  return parts.reduce((best, each) => (geoArea(each) > geoArea(best) ? each : best), nothing)
}
