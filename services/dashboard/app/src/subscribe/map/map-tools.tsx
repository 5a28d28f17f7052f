import { type Choice, sideOf, toggled } from '../../filter/choice.js'
import { useLanguage, useWords } from '../../words/words.js'
import { useLabels } from '../vocabulary.js'
import { continents } from './countries.js'
import { scaleMax, type View } from './view.js'

interface MapToolsProps {
  readonly choice: Choice
  readonly choose: (choice: Choice) => void
  readonly view: View
  readonly steps: {
    readonly nearer: () => void
    readonly farther: () => void
    readonly whole: () => void
  }
}

/** Beside the map: whole parts of the world, and nearer or farther. */
export function MapTools({ choice, choose, view, steps }: MapToolsProps) {
  const { subscribe } = useWords()
  const [language] = useLanguage()
  const { labelOf } = useLabels('region', continents, language)
  return (
    <>
      <fieldset className="map-parts" aria-label={subscribe.continents}>
        {continents.map((code) => (
          <button
            key={code}
            type="button"
            className="chip"
            aria-pressed={sideOf(choice, 'region', code) === 'is'}
            onClick={() => choose(toggled(choice, 'region', code))}
          >
            {labelOf(code)}
          </button>
        ))}
      </fieldset>
      <fieldset className="map-zoom" aria-label={subscribe.zoom}>
        <button
          type="button"
          aria-label={subscribe.nearer}
          title={subscribe.nearer}
          disabled={view.scale >= scaleMax}
          onClick={() => steps.nearer()}
        >
          +
        </button>
        <button
          type="button"
          aria-label={subscribe.farther}
          title={subscribe.farther}
          disabled={view.scale <= 1}
          onClick={() => steps.farther()}
        >
          −
        </button>
        <button
          type="button"
          aria-label={subscribe.wholeMap}
          title={subscribe.wholeMap}
          disabled={view.scale <= 1}
          onClick={steps.whole}
        >
          ⤢
        </button>
      </fieldset>
    </>
  )
}
