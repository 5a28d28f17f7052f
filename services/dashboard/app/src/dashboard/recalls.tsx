import { useState } from 'react'
import { useAsk } from '../ask/use-ask.js'
import { Foreign } from '../parts/foreign.js'
import { Problem } from '../parts/problem.js'
import { Time } from '../parts/time.js'
import { isTold } from '../webhooks/shapes.js'
import { useDeskWords } from '../words/use-desk-words.js'
import { Mark } from './mark.js'
import type { Page } from './shapes.js'
import { useNumbers } from './use-numbers.js'

interface Recall {
  readonly item: string
  readonly headline: string
  readonly revision: string
  readonly since: string
  readonly receivers: number
  readonly acknowledged: number
  readonly pending: number
  readonly failed: number
}

interface Report {
  readonly receivers: readonly {
    readonly endpoint: string
    readonly state: 'acknowledged' | 'pending' | 'failed' | 'spared' | 'unknown' | 'gone'
    readonly status?: number
    readonly reason?: string
  }[]
}

/** Corrections and withdrawals, the open ones first, and each receiver. */
export function Recalls() {
  const { items } = useDeskWords()
  const { value, error, again } = useAsk<Page<Recall>>('/api/v1/recalls')
  return (
    <section className="stack tight" aria-labelledby="recalls">
      <h2 id="recalls">{items.recalls}</h2>
      {error ? <Problem error={error} again={again} /> : null}
      {value?.items.length === 0 ? <p className="quiet">{items.recallsNone}</p> : null}
      {value?.items.map((recall) => (
        <RecallLine key={`${recall.item} ${recall.revision}`} recall={recall} />
      ))}
    </section>
  )
}

function RecallLine({ recall }: { readonly recall: Recall }) {
  const { items } = useDeskWords()
  const { count } = useNumbers()
  const [isOpen, setOpen] = useState(false)
  const { item, headline, revision, since, receivers, acknowledged, pending, failed } = recall
  const isOver = pending === 0 && failed === 0
  return (
    <details className="sheet" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <Mark mood={isOver ? 'good' : 'warn'}>
          {items.acknowledged(count(acknowledged), count(receivers))}
        </Mark>{' '}
        <bdi className="clamped inline">{headline}</bdi>{' '}
        <span className="quiet small">
          {`${item} ${revision} · ${items.pending(count(pending))} · ${items.failed(count(failed))} · `}
          <Time at={since} />
        </span>
      </summary>
      {isOpen ? <Receivers item={item} revision={revision} /> : null}
    </details>
  )
}

function Receivers({ item, revision }: { readonly item: string; readonly revision: string }) {
  const { items } = useDeskWords()
  const { value, error, again } = useAsk<Report>(
    `/api/v1/items/${encodeURIComponent(item)}/recall?revision=${revision}`,
  )
  if (error) return <Problem error={error} again={again} />
  return (
    <ul className="found" aria-label={items.receivers}>
      {value?.receivers.map(({ endpoint, state, status, reason }) => (
        <li key={endpoint}>
          {endpoint}: {items.receiverStates[state]} {status ?? ''}{' '}
          {reason && !isTold(state) ? <Foreign text={reason} /> : null}
        </li>
      ))}
    </ul>
  )
}
