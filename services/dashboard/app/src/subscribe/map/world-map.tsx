import { type CSSProperties, useMemo, useRef } from 'react'
import { toggled } from '../../filter/choice.js'
import { useLanguage, useWords } from '../../words/words.js'
import type { ChoiceProps } from '../choice-props.js'
import { loadShapes, mapSize } from './atlas.js'
import { Country } from './country.js'
import { MapTip } from './map-tip.js'
import { MapTools } from './map-tools.js'
import { stateOf } from './state.js'
import { usePointed } from './use-pointed.js'
import { useShapes } from './use-shapes.js'
import { useView } from './use-view.js'
import './map.css'

/** From here on the small countries are worth their bytes. */
const fineFromScale = 2
/** Under way before the page is drawn; what fails is asked for again there. */
void Promise.allSettled([loadShapes('coarse')])

const viewBox = `0 0 ${mapSize.width} ${mapSize.height}`

/**
 * The countries of the world to choose from. By keyboard, arrows lead from a country to the next
 * in that direction, Enter and Space choose, + and − zoom, 0 shows the whole map.
 */
export function WorldMap({ choice, choose }: ChoiceProps) {
  const { subscribe } = useWords()
  const [language] = useLanguage()
  const list = useRef<HTMLDivElement>(null)
  const { view, drag, nearer, farther, whole, show } = useView(list)
  const detail = view.scale >= fineFromScale ? 'fine' : 'coarse'
  const { shapes, places, hasFailed } = useShapes(detail, language)
  const state = useMemo(() => stateOf(choice), [choice])
  const { current, pointed, handlers } = usePointed({
    ...{ places, list, show, wasDrag: drag.wasDrag },
    turn: (region) => choose(toggled(choice, 'region', region)),
    keys: { '+': nearer, '-': farther, '0': whole },
  })
  return (
    <figure className="map">
      <div
        ref={list}
        role="listbox"
        aria-multiselectable="true"
        aria-label={subscribe.map}
        aria-describedby="map-keys"
        aria-busy={shapes.length === 0 && !hasFailed}
        tabIndex={-1}
        className={drag.isMovable ? 'map-list movable' : 'map-list'}
        {...handlers}
        {...drag.handlers}
      >
        <svg role="presentation" viewBox={viewBox}>
          <defs>
            <pattern
              id="map-out"
              width="4"
              height="4"
              patternUnits="userSpaceOnUse"
              patternTransform={`scale(${1 / view.scale})`}
            >
              <rect width="4" height="4" className="out-ground" />
              <path d="M-1 1 1 -1M0 4 4 0M3 5 5 3" className="out-line" />
            </pattern>
          </defs>
          <g
            transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}
            style={scaleStyle(view.scale)}
          >
            {shapes.map((shape) => (
              <Country
                key={shape.id}
                shape={shape}
                state={shape.region === undefined ? 'free' : state(shape.region)}
                isCurrent={shape.region === current}
              />
            ))}
          </g>
        </svg>
      </div>
      {pointed ? <MapTip shape={pointed} view={view} state={state(pointed.region)} /> : null}
      <MapTools choice={choice} choose={choose} steps={{ nearer, farther, whole }} view={view} />
      <figcaption className="map-say">
        {hasFailed ? subscribe.mapFailed : subscribe.mapSay}
        <span id="map-keys" className="unseen">
          {subscribe.mapKeys}
        </span>
      </figcaption>
    </figure>
  )
}

/** Dots are of one size, however near the map is. */
function scaleStyle(scale: number): CSSProperties {
  const style: Record<string, number> = { '--map-scale': scale }
  return style
}
