import type { AskError } from '../ask/ask.js'
import { problemIn } from '../words/problem-words.js'
import { useLanguage, useWords } from '../words/words.js'
import { Foreign } from './foreign.js'

/** What went wrong, in the reader's language, and a way on. */
export function Problem({
  error,
  again,
}: {
  readonly error: AskError
  readonly again?: () => void
}) {
  const { parts } = useWords()
  return (
    <div className="problem stack tight" role="alert">
      <ProblemText error={error} />
      {again ? (
        <p>
          <button className="button" type="button" onClick={again}>
            {parts.again}
          </button>
        </p>
      ) : null}
    </div>
  )
}

/** Its words alone, also beside a button. */
export function ProblemText({ error }: { readonly error: AskError }) {
  const { title, say, english, faults } = problemIn(useLanguage()[0], error)
  return (
    <span className="stack tight">
      <strong lang={english.title ? 'en' : undefined}>{title}</strong>
      {say === '' ? null : <span className="small">{say}</span>}
      {faults.map(({ text, quote }) => (
        <span key={text} className="small">
          {text} {quote === '' ? null : <Foreign text={quote} />}
        </span>
      ))}
      {english.quote === '' ? null : (
        <span className="small">
          <Foreign text={english.quote} />
        </span>
      )}
    </span>
  )
}
