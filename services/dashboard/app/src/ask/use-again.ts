import { useEffect } from 'react'

/** Asks again after each pause while the page is seen; undefined: not at all. */
export function useAgain(again: () => void, everyMs: number | undefined): void {
  useEffect(() => {
    if (everyMs === undefined) return undefined
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') again()
    }, everyMs)
    return () => clearInterval(timer)
  }, [again, everyMs])
}
