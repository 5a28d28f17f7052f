import { useWords } from '../../words/words.js'
import { mapSize } from './atlas.js'
import type { CountryState } from './state.js'
import type { NamedShape } from './use-shapes.js'
import { seenAt, type View } from './view.js'

interface MapTipProps {
  readonly shape: NamedShape
  readonly view: View
  readonly state: CountryState
}

const percent = 100
/** In units of the map: above it the tip would be cut. */
const highest = 40

/** The name of the country that is pointed at, and what it is in the choice. */
export function MapTip({ shape, view, state }: MapTipProps) {
  const { subscribe } = useWords()
  const [x, top] = seenAt(view, [shape.center[0], shape.top])
  const y = Math.max(highest, top)
  const place = {
    left: `${(x / mapSize.width) * percent}%`,
    top: `${(y / mapSize.height) * percent}%`,
  }
  const says = subscribe.mapStates[state]
  return (
    <div className="map-frame" aria-hidden="true">
      <div className="map-tip" style={place}>
        {shape.label}
        {says === '' ? null : <span className="quiet"> · {says}</span>}
      </div>
    </div>
  )
}
