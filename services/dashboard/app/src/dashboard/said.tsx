import { ProblemText } from '../parts/problem.js'
import type { Act } from './use-act.js'

/** What came of it, told to eyes and screen readers alike. */
export function Said({ act }: { readonly act: Pick<Act, 'said' | 'fault'> }) {
  return (
    <>
      <span className="said" role="status">
        {act.said === undefined ? null : <>✓ {act.said}</>}
      </span>
      <span className="fault" role="alert">
        {act.fault ? <ProblemText error={act.fault} /> : null}
      </span>
    </>
  )
}
