import { useState } from 'react'
import { ask } from '../ask/ask.js'
import { useAgain } from '../ask/use-again.js'
import { useAsk } from '../ask/use-ask.js'
import { Foreign } from '../parts/foreign.js'
import { Problem } from '../parts/problem.js'
import { useLanguage, useWords } from '../words/words.js'
import { type DeliverySearch, instantOf } from './delivery-search.js'
import { pathOf, type Webhook } from './shapes.js'
import { useAct } from './use-act.js'

interface Replay {
  readonly id: string
  readonly state: 'planning' | 'sending' | 'done' | 'stopped'
  readonly count: number | null
  readonly delivered: number
  readonly failed: number
  readonly superseded: number
  readonly reason: string | null
}

const lookMs = 1_000

/** Sends what was missed once more: all of it, or what was planned in the range of the search. */
export function ReplayMissed({
  webhook,
  search,
}: {
  readonly webhook: Webhook
  readonly search: DeliverySearch
}) {
  const { webhooks } = useWords()
  const [replay, setReplay] = useState<string>()
  const [isAll, setAll] = useState(false)
  const from = instantOf(search.from)
  const to = instantOf(search.to)
  const isRange = from !== undefined || to !== undefined
  const { run, isRunning, error } = useAct(async () => {
    const range = { ...(from ? { from } : {}), ...(to ? { to } : {}) }
    const body = { ...range, ...(isRange && isAll ? { status: 'all' } : {}) }
    const path = `${pathOf(webhook.id)}/replay`
    setReplay((await ask<{ id: string }>(path, { method: 'POST', body })).id)
  })
  return (
    <div className="sheet stack tight">
      <p className="quiet small reading">{webhooks.replaySay}</p>
      <div className="row">
        <button className="button" type="button" disabled={isRunning} onClick={run}>
          {webhooks.replay}: {isRange ? webhooks.replayRange : webhooks.replayMissed}
        </button>
        {isRange ? (
          <label className="check">
            <input
              type="checkbox"
              checked={isAll}
              onChange={({ target }) => setAll(target.checked)}
            />
            {webhooks.replayAll}
          </label>
        ) : null}
      </div>
      {error ? <Problem error={error} /> : null}
      {replay ? <ReplayProgress key={replay} webhook={webhook.id} replay={replay} /> : null}
    </div>
  )
}

/** How far a replay is, until it is done. */
export function ReplayProgress({
  webhook,
  replay,
}: {
  readonly webhook: string
  readonly replay: string
}) {
  const { webhooks } = useWords()
  const path = `${pathOf(webhook)}/replays/${encodeURIComponent(replay)}`
  const { value, error, again } = useAsk<Replay>(path)
  const isOver = value?.state === 'done' || value?.state === 'stopped'
  useAgain(again, isOver ? undefined : lookMs)
  if (error && !value) return <Problem error={error} again={again} />
  if (!value) return <progress className="progress" aria-label={webhooks.replayStates.planning} />
  if (isOver && value.count === 0) return <p role="status">{webhooks.replayNothing}</p>
  return <Progress value={value} />
}

function Progress({ value }: { readonly value: Replay }) {
  const { webhooks } = useWords()
  const [language] = useLanguage()
  const number = new Intl.NumberFormat(language)
  const { state, count, delivered, failed, superseded, reason } = value
  const ended = delivered + failed + superseded
  const label = webhooks.replayStates[state]
  const of = count === null ? '' : webhooks.replayCounts(number.format(ended), number.format(count))
  const again = failed === 0 ? '' : `✕ ${webhooks.replayFailed(number.format(failed))}`
  const said = [state === 'done' ? `✓ ${label}` : label, of, again]
  return (
    <div className="stack tight">
      <progress
        className="progress"
        aria-label={label}
        max={Math.max(1, count ?? 1)}
        value={count === null ? undefined : ended}
      />
      <p className="small" role="status">
        {said.filter((part) => part !== '').join(' · ')}
      </p>
      {reason ? (
        <p className="small" dir="auto">
          <Foreign text={reason} />
        </p>
      ) : null}
    </div>
  )
}
