import { type FormEvent, useId, useState } from 'react'
import { spelledValue, withValue } from '../../filter/choice.js'
import { useWords } from '../../words/words.js'
import type { ChoiceProps } from '../choice-props.js'

interface TypedFieldProps extends ChoiceProps {
  readonly of: 'q' | 'source' | 'issuer'
  readonly placeholder: string
  readonly help?: string
  /** What to offer while typing. */
  readonly offers?: readonly Offer[]
  /** Called when the field is entered: offers can wait until then. */
  readonly onEnter?: () => void
}

export interface Offer {
  readonly value: string
  readonly label?: string
}

const charsMax = 200

/** Values that are typed, one after the other. */
export function TypedField(props: TypedFieldProps) {
  const { of, placeholder, help, offers = [], onEnter, choice, choose } = props
  const { subscribe } = useWords()
  const id = useId()
  const [text, setText] = useState('')
  const [isUnfit, setUnfit] = useState(false)
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '') return
    const value = spelledValue(of, text)
    setUnfit(value === undefined)
    if (value === undefined) return
    choose(withValue(choice, of, value, 'is'))
    setText('')
  }
  return (
    <form className="typed" onSubmit={add}>
      <label htmlFor={id}>{subscribe.keys[of]}</label>
      <div className="add">
        <input
          id={id}
          className="input"
          placeholder={placeholder}
          value={text}
          maxLength={charsMax}
          list={offers.length > 0 ? `${id}-offers` : undefined}
          aria-invalid={isUnfit}
          aria-describedby={`${id}-say`}
          onFocus={onEnter}
          onChange={({ target }) => setText(target.value)}
        />
        <button
          className="button"
          type="submit"
          aria-label={`${subscribe.add}: ${subscribe.keys[of]}`}
        >
          {subscribe.add}
        </button>
      </div>
      <datalist id={`${id}-offers`}>
        {offers.map(({ value, label }) => (
          <option key={value} value={value} label={label} />
        ))}
      </datalist>
      <p id={`${id}-say`} className={isUnfit ? 'fault' : 'quiet small'}>
        {isUnfit ? subscribe.unfit[of] : help}
      </p>
    </form>
  )
}
