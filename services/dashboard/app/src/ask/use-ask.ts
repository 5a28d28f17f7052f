import { useCallback, useEffect, useRef, useState } from 'react'
import { type AskError, type Asked, asAskError, ask } from './ask.js'
import { createFlight } from './flight.js'

/** What an address answers. While another one is asked, the former answer stays to be seen. */
export interface Answer<T> {
  readonly value: T | undefined
  readonly error: AskError | undefined
  readonly isAsking: boolean
  readonly again: () => void
}

/**
 * Asks whenever path or body change, `delayMs` after the last change; nothing where there is no
 * path. What is asked no more is broken off.
 */
export function useAsk<T>(
  path: string | undefined,
  { method, body, delayMs = 0 }: Omit<Asked, 'signal'> & { readonly delayMs?: number } = {},
): Answer<T> {
  const [state, setState] = useState<{ value?: T; error?: AskError; of?: string }>({})
  const [round, setRound] = useState(0)
  const text = body === undefined ? undefined : JSON.stringify(body)
  const key = path === undefined ? undefined : `${method ?? 'GET'} ${path} ${text ?? ''}`
  const given = useRef(body)
  const lastRound = useRef(round)
  given.current = body
  const [flight] = useState(() => createFlight())
  const again = useCallback(() => {
    if (flight.want()) setRound((last) => last + 1)
  }, [flight])
  useEffect(() => {
    if (path === undefined || key === undefined) return undefined
    const abort = new AbortController()
    const asked = { body: given.current, signal: abort.signal, ...(method ? { method } : {}) }
    // Only what changes may change again within the delay; who asks again wants to know now.
    const waitMs = lastRound.current === round ? delayMs : 0
    lastRound.current = round
    const land = (told: (last: { value?: T }) => { value?: T; error?: AskError; of: string }) => {
      if (abort.signal.aborted) return
      setState(told)
      if (flight.end()) setRound((last) => last + 1)
    }
    const timer = setTimeout(() => {
      flight.begin()
      ask<T>(path, asked).then(
        (value) => land(() => ({ value, of: key })),
        (error: unknown) => land((last) => ({ ...last, error: asAskError(error), of: key })),
      )
    }, waitMs)
    return () => {
      clearTimeout(timer)
      abort.abort()
      flight.end()
    }
  }, [path, key, method, delayMs, round, flight])
  return { value: state.value, error: state.error, isAsking: state.of !== key, again }
}
