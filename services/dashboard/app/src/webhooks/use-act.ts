import { useCallback, useRef, useState } from 'react'
import { type AskError, asAskError } from '../ask/ask.js'

export interface Act {
  readonly run: () => void
  readonly isRunning: boolean
  readonly error: AskError | undefined
}

/** Something that is done at a wish, one at a time; what the house refuses is kept to be shown. */
export function useAct(act: () => Promise<void>): Act {
  const [isRunning, setRunning] = useState(false)
  const [error, setError] = useState<AskError>()
  const current = useRef(act)
  current.current = act
  const running = useRef(false)
  const run = useCallback(() => {
    if (running.current) return
    running.current = true
    setRunning(true)
    setError(undefined)
    current
      .current()
      .catch((cause: unknown) => setError(asAskError(cause)))
      .finally(() => {
        running.current = false
        setRunning(false)
      })
  }, [])
  return { run, isRunning, error }
}
