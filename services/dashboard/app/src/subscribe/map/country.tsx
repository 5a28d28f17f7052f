import { memo } from 'react'
import type { CountryState } from './state.js'
import type { NamedShape } from './use-shapes.js'

interface CountryProps {
  readonly shape: NamedShape
  readonly state: CountryState
  /** The one that the Tab key leads to. */
  readonly isCurrent: boolean
}

/** One country of the map: an option of a list box, told apart by its `data-region`. */
export const Country = memo(function Country({ shape, state, isCurrent }: CountryProps) {
  const { region, label, path, center, isTiny } = shape
  const className = `country ${state}`
  if (region === undefined) return <path d={path} className="country nobody" />
  const option = {
    className,
    role: 'option',
    id: `map-${region}`,
    'aria-label': label,
    'aria-selected': state === 'chosen' || state === 'within',
    'data-region': region,
    tabIndex: isCurrent ? 0 : -1,
  }
  if (!isTiny) return <path d={path} {...option} />
  return <circle cx={center[0]} cy={center[1]} {...option} />
})
