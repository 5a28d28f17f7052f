import { useCallback, useEffect, useRef, useState } from 'react'
import { AskError, asAskError, ask } from '../../ask/ask.js'
import { type Choice, queryOf } from '../../filter/choice.js'
import { type Backtest, backtestDays } from './backtest.js'
import { oneAtATime } from './one-at-a-time.js'

/** Clicks and keys that follow each other so fast are one question. */
const askAfterMs = 200
/** Most back-tests take less than a second; after the last try the house's words are shown. */
const againAfterMs = [500, 1_000, 2_000, 5_000] as const
const busyStatuses: readonly number[] = [429, 503]

interface State {
  readonly value?: Backtest
  readonly error?: AskError
  /** The address of the choice that this is the answer for. */
  readonly of?: string
}

/**
 * What a choice would have brought. A back-test runs to its end in the house even if nobody waits
 * any more, and each caller has one place: so it is not broken off, the next one waits.
 */
export function useBacktest(choice: Choice) {
  const [state, setState] = useState<State>({})
  const query = queryOf(choice)
  const question = useRef<(wanted: Choice) => void>(undefined)
  question.current ??= oneAtATime(runBacktest, (wanted, answer) => {
    const of = queryOf(wanted)
    if (answer.status === 'fulfilled') setState({ value: answer.value, of })
    else setState((last) => ({ ...last, error: asAskError(answer.reason), of }))
  })
  const again = useCallback(() => question.current?.(choice), [choice])
  const isFirst = useRef(true)
  useEffect(() => {
    const timer = setTimeout(again, isFirst.current ? 0 : askAfterMs)
    isFirst.current = false
    return () => clearTimeout(timer)
  }, [again])
  useEffect(() => {
    // Whoever comes back to the page sees what came meanwhile.
    const seen = () => {
      if (document.visibilityState === 'visible') again()
    }
    document.addEventListener('visibilitychange', seen)
    return () => document.removeEventListener('visibilitychange', seen)
  }, [again])
  return { value: state.value, error: state.error, isAsking: state.of !== query, again }
}

async function runBacktest(filter: Choice): Promise<Backtest> {
  const body = { filter, days: backtestDays }
  const once = () => ask<Backtest>('/api/v1/filters/backtest', { method: 'POST', body })
  for (const ms of againAfterMs) {
    try {
      return await once()
    } catch (error) {
      // Another window of the same reader has its place, or others have all.
      if (!(error instanceof AskError) || !busyStatuses.includes(error.status)) throw error
      await new Promise((resolve) => setTimeout(resolve, ms))
    }
  }
  return once()
}
