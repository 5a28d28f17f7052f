import { useState } from 'react'
import { useAgain } from '../ask/use-again.js'
import { type Answer, useAsk } from '../ask/use-ask.js'
import type { Page } from './shapes.js'

/** One page of a list at a time, so that ten thousand lines cost no more than fifty. */
export interface Pages<T> extends Answer<Page<T>> {
  readonly number: number
  readonly older: (() => void) | undefined
  readonly newer: (() => void) | undefined
}

/** A list begins anew when its `path` changes, query and all. `freshMs`: asked again so often. */
export function usePages<T>(
  path: string,
  { freshMs }: { readonly freshMs?: number } = {},
): Pages<T> {
  const [place, setPlace] = useState<{ of: string; cursors: readonly string[] }>({
    of: path,
    cursors: [],
  })
  const cursors = place.of === path ? place.cursors : []
  const cursor = cursors.at(-1)
  const sign = path.includes('?') ? '&' : '?'
  const address = cursor === undefined ? path : `${path}${sign}cursor=${encodeURIComponent(cursor)}`
  const answer = useAsk<Page<T>>(address)
  useAgain(answer.again, freshMs)
  const next = answer.isAsking ? undefined : (answer.value?.next ?? undefined)
  return {
    ...answer,
    number: cursors.length + 1,
    older: next ? () => setPlace({ of: path, cursors: [...cursors, next] }) : undefined,
    newer:
      cursors.length > 0 ? () => setPlace({ of: path, cursors: cursors.slice(0, -1) }) : undefined,
  }
}
