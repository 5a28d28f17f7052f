import { useCallback, useEffect, useRef } from 'react'

/** Acts at once, then at most once in `everyMs`; the last call is never lost. */
export function useGathered(act: () => void, everyMs: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isWanted = useRef(false)
  const current = useRef(act)
  current.current = act
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
  return useCallback(() => {
    if (timer.current !== undefined) {
      isWanted.current = true
      return
    }
    const run = () => {
      isWanted.current = false
      current.current()
      timer.current = setTimeout(() => {
        timer.current = undefined
        if (isWanted.current) run()
      }, everyMs)
    }
    run()
  }, [everyMs])
}
