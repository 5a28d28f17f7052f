import { type Source, toToken } from '@newswire/model'
import type { SourceRows } from '../sources/rows.js'
import type { Position } from './position.js'
import type { Positions } from './positions.js'

/** All sources and positions as they stand, kept by watching: ten thousand are dear to list. */
export interface KnownSources {
  /** By id. */
  readonly sources: ReadonlyMap<string, Source>
  readonly positions: ReadonlyMap<string, Position>
  stop(): Promise<void>
}

export interface KnownOptions {
  /** Called for each change after the start, in turn; `gone` is a deleted row's key. */
  readonly onNews: (news: Source | { readonly gone: string }) => Promise<void>
  readonly report: (error: unknown) => void
}

/** Resolves once all standing rows are known. */
export async function watchKnown(
  { sources, positions }: { sources: SourceRows; positions: Positions },
  { onNews, report }: KnownOptions,
): Promise<KnownSources> {
  const rows = new Map<string, Source>()
  const states = new Map<string, Position>()
  let turn = Promise.resolve()
  let isCurrent = false
  let current: () => void = () => undefined
  const allKnown = new Promise<void>((resolve) => {
    current = resolve
  })
  const tell = (news: Source | { readonly gone: string }) => {
    if (isCurrent) turn = turn.then(() => onNews(news)).catch(report)
  }
  const watching = await sources.register.watch({
    onChange(change) {
      if (change.kind === 'put') {
        rows.set(change.row.value.id, change.row.value)
        return tell(change.row.value)
      }
      for (const id of rows.keys()) if (toToken(id) === change.key) rows.delete(id)
      tell({ gone: change.key })
    },
    onCurrent() {
      isCurrent = true
      current()
    },
  })
  const watchingPositions = await positions.watch({
    onPut: (position) => states.set(position.source, position),
    onDelete: (key) => {
      for (const id of states.keys()) if (toToken(id) === key) states.delete(id)
    },
  })
  await allKnown
  return {
    sources: rows,
    positions: states,
    async stop() {
      await watching.stop()
      await watchingPositions.stop()
      await turn
    },
  }
}
