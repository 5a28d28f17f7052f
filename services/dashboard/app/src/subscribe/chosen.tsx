import {
  everything,
  type FilterKey,
  queryOf,
  type Side,
  valuesOf,
  withoutValue,
  withValue,
} from '../filter/choice.js'
import { useLanguage, useWords } from '../words/words.js'
import type { ChoiceProps } from './choice-props.js'
import { useLabels } from './vocabulary.js'

const keys: readonly FilterKey[] = ['region', 'topic', 'lang', 'source', 'issuer', 'q']
const sides: readonly Side[] = ['is', 'not']

/** All that is chosen and left out, in words; each can be turned or taken away. */
export function Chosen({ choice, choose, strays }: ChoiceProps & { strays: readonly string[] }) {
  const { subscribe } = useWords()
  const { labelOf, unknown } = useChoiceLabels(choice)
  const isEmpty = queryOf(choice) === ''
  const used = keys.filter((key) => sides.some((side) => valuesOf(choice, key, side).length > 0))
  return (
    <section className="chosen" aria-labelledby="choice">
      <div className="row between">
        <h2 id="choice">{subscribe.choice}</h2>
        <button
          className="button plain"
          type="button"
          disabled={isEmpty}
          onClick={() => choose(everything)}
        >
          {subscribe.clear}
        </button>
      </div>
      {strays.length > 0 ? (
        <p className="notice small">{subscribe.strays(strays.join(', '))}</p>
      ) : null}
      {unknown.length > 0 ? (
        <p className="notice small">{subscribe.unknown(unknown.join(', '))}</p>
      ) : null}
      {isEmpty ? <p className="quiet small">{subscribe.all}</p> : null}
      <dl>
        {used.map((key) => (
          <div key={key}>
            <dt>{subscribe.keys[key]}</dt>
            <dd>
              {sides.flatMap((side) =>
                valuesOf(choice, key, side).map((value) => (
                  <Token
                    key={value}
                    label={labelOf(key, value)}
                    side={side}
                    turn={() => choose(withValue(choice, key, value, side === 'is' ? 'not' : 'is'))}
                    remove={() => choose(withoutValue(choice, key, value))}
                  />
                )),
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

interface TokenProps {
  readonly label: string
  readonly side: Side
  readonly turn: () => void
  readonly remove: () => void
}

function Token({ label, side, turn, remove }: TokenProps) {
  const { parts, subscribe } = useWords()
  const isOut = side === 'not'
  const turned = isOut ? subscribe.turnIn(label) : subscribe.turnOut(label)
  return (
    <span className={isOut ? 'token without' : 'token'}>
      <span title={label}>
        {isOut ? <strong>{subscribe.not} </strong> : null}
        {label}
      </span>
      <button type="button" aria-label={turned} title={turned} onClick={turn}>
        {isOut ? '+' : '≠'}
      </button>
      <button type="button" aria-label={parts.remove(label)} onClick={remove}>
        ×
      </button>
    </span>
  )
}

function useChoiceLabels(choice: ChoiceProps['choice']) {
  const [language] = useLanguage()
  const both = (key: FilterKey) => sides.flatMap((side) => valuesOf(choice, key, side))
  const regions = useLabels('region', both('region'), language)
  const topics = useLabels('topic', both('topic'), language)
  const names = new Intl.DisplayNames(language, { type: 'language' })
  const labelOf = (key: FilterKey, value: string): string => {
    if (key === 'region') return regions.labelOf(value)
    if (key === 'topic') return topics.labelOf(value)
    return key === 'lang' ? (names.of(value) ?? value) : value
  }
  return { labelOf, unknown: [...regions.unknown, ...topics.unknown] }
}
