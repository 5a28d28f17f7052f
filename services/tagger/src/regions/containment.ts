import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

interface Containment {
  readonly supplemental: {
    readonly territoryContainment: Readonly<
      Record<string, { readonly _contains: readonly string[] }>
    >
  }
}

/** Which areas a region lies in. */
export interface RegionTree {
  /** All ancestors of a country (`CN`) or an area (`030`), nearest first. */
  readonly broader: (code: string) => readonly string[]
  readonly areas: readonly string[]
  readonly countries: readonly string[]
}

const areaPattern = /^\d{3}$/
const countryPattern = /^[A-Z]{2}$/
/** CLDR's groups that are no M49 areas, and its own code for the outlying islands of Oceania. */
const noAreas: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'QO'])

/**
 * The tree of UN M49 as CLDR keeps it; the groups that M49 has too (419, 202, 003) are ancestors.
 */
export function loadRegionTree(): RegionTree {
  const cldr = require('cldr-core/supplemental/territoryContainment.json') as Containment
  const contains = new Map<string, readonly string[]>()
  for (const [key, { _contains }] of Object.entries(cldr.supplemental.territoryContainment)) {
    const isCurrent = !key.includes('deprecated')
    const code = key.replace('-status-grouping', '')
    if (!isCurrent || noAreas.has(code)) continue
    contains.set(code, [...(contains.get(code) ?? []), ..._contains])
  }
  const leaves = memberCounts(contains)
  const parents = new Map<string, Set<string>>()
  for (const [area, members] of contains) {
    for (const member of members) {
      parents.set(member, (parents.get(member) ?? new Set()).add(area))
    }
  }
  const known = new Map<string, readonly string[]>()
  for (const code of parents.keys()) known.set(code, ancestors(code, parents, leaves))
  return {
    broader: (code) => known.get(code) ?? [],
    areas: [...contains.keys()].sort(),
    countries: [...parents.keys()].filter((code) => isCountry(code)).sort(),
  }
}

function isCountry(code: string): boolean {
  return countryPattern.test(code) && !noAreas.has(code)
}

/** Nearest first: an area with fewer countries lies inside one with more. */
function ancestors(
  code: string,
  parents: ReadonlyMap<string, ReadonlySet<string>>,
  leaves: ReadonlyMap<string, number>,
): string[] {
  const found = new Set<string>()
  const open = [...(parents.get(code) ?? [])]
  for (let area = open.pop(); area !== undefined; area = open.pop()) {
    if (found.has(area) || !areaPattern.test(area)) continue
    found.add(area)
    open.push(...(parents.get(area) ?? []))
  }
  return [...found].sort(
    (a, b) => (leaves.get(a) ?? 0) - (leaves.get(b) ?? 0) || a.localeCompare(b),
  )
}

function memberCounts(contains: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const counts = new Map<string, number>()
  function countriesOf(code: string): ReadonlySet<string> {
    const members = contains.get(code)
    if (!members) return new Set([code])
    return new Set(members.flatMap((member) => [...countriesOf(member)]))
  }
  for (const code of contains.keys()) counts.set(code, countriesOf(code).size)
  return counts
}
