import { Said } from './said.js'
import type { Act } from './use-act.js'

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly required?: boolean
  readonly value?: string
}

/** A named field of a question or a form. */
export function Field({ name, label, required = false, value }: FieldProps) {
  return (
    <label className="field">
      {label}
      <input className="input" name={name} required={required} defaultValue={value} />
    </label>
  )
}

interface ChoiceProps<T extends string> {
  readonly name: string
  readonly label: string
  readonly of: readonly T[]
  readonly words: Readonly<Record<T, string>>
  /** Of a form that has to know it. */
  readonly value?: T
  readonly onChange?: (value: T) => void
}

/** One of a few named values. */
export function Choice<T extends string>({ name, label, of, words, ...state }: ChoiceProps<T>) {
  const { value, onChange } = state
  const change = (given: string) => {
    const chosen = of.find((each) => each === given)
    if (chosen !== undefined) onChange?.(chosen)
  }
  return (
    <label className="field">
      {label}
      <select
        className="select"
        name={name}
        value={value}
        onChange={({ target }) => change(target.value)}
      >
        {of.map((each) => (
          <option key={each} value={each}>
            {words[each]}
          </option>
        ))}
      </select>
    </label>
  )
}

/** The end of a form: the button that sends it, and what came of that. */
export function Send({ label, act }: { readonly label: string; readonly act: Act }) {
  return (
    <p className="row">
      <button className="button primary" type="submit" disabled={act.isBusy}>
        {label}
      </button>
      <Said act={act} />
    </p>
  )
}

export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
