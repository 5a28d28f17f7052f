import { type FormEvent, useId, useRef, useState } from 'react'
import { AskError } from '../ask/ask.js'
import { ProblemText } from '../parts/problem.js'
import { useWords } from '../words/words.js'
import { useSession } from './session.js'

/** Signs in by key, in a dialog over whatever page is open; signed in, says who and signs out. */
export function SignIn() {
  const { session, signOut } = useSession()
  const { frame } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  // Keeps its place while it is asked for.
  if (session === undefined) return <span className="button plain" aria-hidden="true" />
  if (session) {
    return (
      <>
        <span className="quiet who">{session.name}</span>
        <button className="button plain" type="button" onClick={() => void signOut()}>
          {frame.signOut}
        </button>
      </>
    )
  }
  return (
    <>
      <button className="button" type="button" onClick={() => dialog.current?.showModal()}>
        {frame.signIn}
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby={title}>
        <SignInForm title={title} onDone={() => dialog.current?.close()} />
      </dialog>
    </>
  )
}

interface SignInFormProps {
  /** Id for the heading. */
  readonly title?: string
  /** Closes what the form stands in. */
  readonly onDone?: () => void
}

/** A key opens the session. */
export function SignInForm({ title, onDone }: SignInFormProps) {
  const [faultId, titleId] = [useId(), useId()]
  const { signIn } = useSession()
  const { frame } = useWords()
  const [key, setKey] = useState('')
  const [fault, setFault] = useState<AskError>()
  const send = async (event: FormEvent) => {
    event.preventDefault()
    try {
      await signIn(key.trim())
      onDone?.()
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      setFault(error)
    }
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <h2 id={title ?? titleId}>{frame.signIn}</h2>
      <p className="quiet small">{frame.signInSay}</p>
      <label className="field">
        {frame.key}
        <input
          className="input"
          type="password"
          autoComplete="current-password"
          required
          value={key}
          onChange={({ target }) => setKey(target.value)}
          aria-invalid={fault !== undefined}
          aria-describedby={faultId}
        />
      </label>
      <p id={faultId} className="fault" role="alert">
        {fault ? <ProblemText error={fault} /> : null}
      </p>
      <p className="row">
        <button className="button primary" type="submit">
          {frame.signIn}
        </button>
        {onDone ? (
          <button className="button plain" type="button" onClick={onDone}>
            {frame.cancel}
          </button>
        ) : null}
      </p>
    </form>
  )
}
