import { type FormEvent, type ReactNode, useRef } from 'react'
import { useDeskWords } from '../words/use-desk-words.js'
import { Said } from './said.js'
import { useAct } from './use-act.js'

interface QuestionProps {
  /** The button that asks. */
  readonly label: string
  readonly title: string
  /** What will happen. */
  readonly will: string
  readonly fields?: ReactNode
  readonly disabled?: boolean
  /** Whoever closes it while it is being done wants no more of it. */
  readonly onClose?: () => void
  /** What it did, in words. */
  readonly onYes: (form: FormData) => Promise<ReactNode>
}

/** A change that is asked about before it is made: what will happen, then what did. */
export function Question({ label, title, will, fields, onClose, onYes, ...rest }: QuestionProps) {
  const { list } = useDeskWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const act = useAct()
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    if (await act.run(() => onYes(form))) dialog.current?.close()
  }
  return (
    <>
      <button
        className="button"
        type="button"
        disabled={rest.disabled}
        onClick={() => dialog.current?.showModal()}
      >
        {label}
      </button>
      <Said act={{ said: act.said, fault: undefined }} />
      <dialog ref={dialog} className="dialog" aria-label={title} onClose={onClose}>
        <form className="stack" onSubmit={(event) => void send(event)}>
          <h2 dir="auto">{title}</h2>
          <p className="small">{will}</p>
          {fields}
          <Said act={{ said: undefined, fault: act.fault }} />
          <p className="row">
            <button className="button primary" type="submit" disabled={act.isBusy}>
              {list.yes}
            </button>
            <button className="button plain" type="button" onClick={() => dialog.current?.close()}>
              {list.cancel}
            </button>
          </p>
        </form>
      </dialog>
    </>
  )
}
