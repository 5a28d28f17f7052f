import type { Mention } from './find.js'
import { countryOf, isSure, type RegionName } from './name.js'

/**
 * Gives a name that several countries bear for certain to the one that the item names most by
 * other names: "Congo" beside Brazzaville is not the one of Kinshasa. Else to the first.
 */
export function withSharedSettled(mentions: readonly Mention[]): readonly Mention[] {
  const shared = new Set(mentions.filter((mention) => sureCountries(mention.names).size > 1))
  if (shared.size === 0) return mentions
  const counts = countsOf(mentions.filter((mention) => !shared.has(mention)))
  return mentions.map((mention) => (shared.has(mention) ? settled(mention, counts) : mention))
}

function settled(mention: Mention, counts: ReadonlyMap<string, number>): Mention {
  let best = ''
  for (const country of sureCountries(mention.names)) {
    if (best === '' || (counts.get(country) ?? 0) > (counts.get(best) ?? 0)) best = country
  }
  const isMeant = (name: RegionName) => !isSure(name) || countryOf(name) === best
  return { ...mention, names: mention.names.filter(isMeant) }
}

/** A town counts for the country that its name mostly means. */
function countsOf(mentions: readonly Mention[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { names } of mentions) {
    const name = names.find(isSure) ?? names[0]
    if (!name) continue
    const country = countryOf(name)
    counts.set(country, (counts.get(country) ?? 0) + 1)
  }
  return counts
}

function sureCountries(names: readonly RegionName[]): Set<string> {
  const countries = new Set(names.filter(isSure).map(countryOf))
  countries.delete('')
  return countries
}
