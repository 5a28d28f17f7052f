import { type Choice, valuesOf } from '../../filter/choice.js'
import { areasOf } from './countries.js'

/**
 * What a choice means for a country: chosen or left out itself; within an area that is; `partly`
 * where only a part of it is chosen.
 */
export type CountryState = 'chosen' | 'within' | 'partly' | 'out' | 'within-out' | 'free'

/** Tells the state of a country by its two letters. */
export function stateOf(choice: Choice): (region: string) => CountryState {
  const is = new Set(valuesOf(choice, 'region', 'is'))
  const not = new Set(valuesOf(choice, 'region', 'not'))
  const parts = new Set([...is].map((code) => code.split('-')[0] ?? ''))
  return (region) => {
    if (not.has(region)) return 'out'
    const areas = areasOf(region)
    if (areas.some((area) => not.has(area))) return 'within-out'
    if (is.has(region)) return 'chosen'
    if (areas.some((area) => is.has(area))) return 'within'
    return parts.has(region) ? 'partly' : 'free'
  }
}
