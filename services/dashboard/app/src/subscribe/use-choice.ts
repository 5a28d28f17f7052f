import { useCallback, useEffect, useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import { type Choice, queryOf, type ReadChoice, readChoice } from '../filter/choice.js'

/**
 * The reader's choice, which lives in the address of the page: back, forward and sharing work. An
 * address in another spelling is put right without a step in the history.
 */
export function useChoice(): ReadChoice & { readonly choose: (choice: Choice) => void } {
  const search = useSearch()
  const [, navigate] = useLocation()
  const { choice, strays } = useMemo(() => readChoice(search), [search])
  const canonical = addressOf(choice)
  useEffect(() => {
    // What cannot be read stays in the address until something is chosen: a notice speaks of it.
    if (strays.length === 0 && canonical !== `/${location.search}`) {
      navigate(canonical, { replace: true })
    }
  }, [canonical, strays, navigate])
  const choose = useCallback((next: Choice) => navigate(addressOf(next)), [navigate])
  return { choice, strays, choose }
}

function addressOf(choice: Choice): string {
  const query = queryOf(choice)
  return query === '' ? '/' : `/?${query}`
}
