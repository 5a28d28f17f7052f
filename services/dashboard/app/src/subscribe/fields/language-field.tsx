import { sideOf, toggled, valuesOf, withValue } from '../../filter/choice.js'
import { useLanguage, useWords } from '../../words/words.js'
import type { ChoiceProps } from '../choice-props.js'

/** The languages that the wires write in most, and more that releases come in. */
const usual = ['de', 'en', 'fr', 'it', 'es'] as const
const others =
  'ar bg cs da el et fa fi he hi hr hu id ja ko lt lv ms nb nl pl pt ro ru sk sl sr sv th tr uk vi zh'

export function LanguageField({ choice, choose }: ChoiceProps) {
  const { subscribe } = useWords()
  const [language] = useLanguage()
  const names = new Intl.DisplayNames(language, { type: 'language' })
  const nameOf = (code: string) => names.of(code) ?? code
  const chosen = [...valuesOf(choice, 'lang', 'is'), ...valuesOf(choice, 'lang', 'not')]
  const shown = [...new Set([...usual, ...chosen])]
  const more = others
    .split(' ')
    .filter((code) => !shown.includes(code))
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b), language))
  return (
    <fieldset className="choices">
      <legend>{subscribe.keys.lang}</legend>
      <div className="row">
        {shown.map((code) => (
          <button
            key={code}
            type="button"
            className="chip"
            aria-pressed={sideOf(choice, 'lang', code) === 'is'}
            onClick={() => choose(toggled(choice, 'lang', code))}
          >
            {nameOf(code)}
          </button>
        ))}
        <select
          className="select"
          aria-label={subscribe.moreLanguages}
          value=""
          onChange={({ target }) => choose(withValue(choice, 'lang', target.value, 'is'))}
        >
          <option value="" disabled>
            {subscribe.moreLanguages}
          </option>
          {more.map((code) => (
            <option key={code} value={code}>
              {nameOf(code)}
            </option>
          ))}
        </select>
      </div>
    </fieldset>
  )
}
