import { useId, useRef } from 'react'
import { useWords } from '../words/words.js'

interface ConfirmProps {
  readonly label: string
  readonly question: string
  readonly say: string
  readonly isRunning: boolean
  readonly onYes: () => void
}

/** A button that asks before it does what cannot be taken back. */
export function Confirm({ label, question, say, isRunning, onYes }: ConfirmProps) {
  const { webhooks } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  return (
    <>
      <button
        className="button"
        type="button"
        disabled={isRunning}
        onClick={() => dialog.current?.showModal()}
      >
        {label}
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby={id}>
        <div className="stack">
          <h2 id={id} dir="auto" className="anywhere">
            {question}
          </h2>
          <p>{say}</p>
          <p className="row">
            <button
              className="button primary"
              type="button"
              onClick={() => {
                dialog.current?.close()
                onYes()
              }}
            >
              {label}
            </button>
            <button className="button plain" type="button" onClick={() => dialog.current?.close()}>
              {webhooks.cancel}
            </button>
          </p>
        </div>
      </dialog>
    </>
  )
}
