import { type ReactNode, useState } from 'react'
import { Said } from './said.js'
import { useAct } from './use-act.js'

interface FoldedRowProps {
  readonly cells: ReactNode
  /** The button that opens it. */
  readonly look: string
  readonly again: { readonly label: string; readonly run: () => Promise<ReactNode> }
  /** More that can be done with it. */
  readonly tools?: ReactNode
  readonly columns: number
  /** What is shown below it once it is opened, and asked for only then. */
  readonly inside: ReactNode
}

/** A row of a list that can be looked into, and done again. */
export function FoldedRow({ cells, look, again, tools, columns, inside }: FoldedRowProps) {
  const [isOpen, setOpen] = useState(false)
  const act = useAct()
  return (
    <>
      <tr>
        {cells}
        <td className="row">
          <button
            className="button"
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {look}
          </button>
          <button
            className="button"
            type="button"
            disabled={act.isBusy}
            onClick={() => void act.run(again.run)}
          >
            {again.label}
          </button>
          {tools}
          <Said act={act} />
        </td>
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={columns}>{inside}</td>
        </tr>
      ) : null}
    </>
  )
}
