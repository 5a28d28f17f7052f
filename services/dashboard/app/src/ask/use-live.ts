import { useEffect, useRef, useState } from 'react'

const path = '/api/v1/live'
/** A stream that the house refused is tried again after this; a broken one by the browser. */
const againMs = 5_000
const names = ['item', 'overview', 'alarms', 'delivery', 'ready', 'reset'] as const
type LiveName = (typeof names)[number]

/** `lost`: what is shown may be old; what was missed is told when the house answers again. */
export type LiveState = 'connecting' | 'open' | 'lost'

/**
 * What to do with what is told. `ready`: from now on nothing is missed; `reset`: more was missed
 * than the house keeps. Whoever reads what can't be told again asks anew at both.
 */
export type LiveHandlers = Readonly<Partial<Record<LiveName, (value: unknown) => void>>>

/**
 * Reads along with the house (SSE) while the component stands; goes on behind the last id. Of a
 * `webhook`, only its deliveries.
 */
export function useLive(handlers: LiveHandlers, webhook?: string): LiveState {
  const [state, setState] = useState<LiveState>('connecting')
  const current = useRef(handlers)
  current.current = handlers
  useEffect(() => {
    let last = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    let source = open()
    function open(): EventSource {
      const query = new URLSearchParams()
      if (last !== '') query.set('after', last)
      if (webhook !== undefined) query.set('webhook', webhook)
      const opened = new EventSource(query.size === 0 ? path : `${path}?${query}`)
      opened.onopen = () => setState('open')
      opened.onerror = () => {
        setState('lost')
        if (opened.readyState !== EventSource.CLOSED) return
        clearTimeout(timer)
        timer = setTimeout(() => {
          source = open()
        }, againMs)
      }
      for (const name of names) {
        opened.addEventListener(name, (event: MessageEvent<string>) => {
          last = event.lastEventId || last
          current.current[name]?.(JSON.parse(event.data))
        })
      }
      return opened
    }
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [webhook])
  return state
}
