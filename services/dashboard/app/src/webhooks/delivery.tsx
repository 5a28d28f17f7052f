import { useState } from 'react'
import { Link } from 'wouter'
import { ask } from '../ask/ask.js'
import { useAsk } from '../ask/use-ask.js'
import { Foreign } from '../parts/foreign.js'
import { Problem } from '../parts/problem.js'
import { Time } from '../parts/time.js'
import { useWords } from '../words/words.js'
import { ReplayProgress } from './replay.js'
import { Said } from './said.js'
import { type Attempt, type Delivery, pathOf } from './shapes.js'
import { DeliveryStateOf } from './state.js'
import { useAct } from './use-act.js'
import { useTold } from './use-told.js'

/** One delivery: all of its attempts, and the answers seen, as text. */
export function DeliveryPage({ id, delivery }: { readonly id: string; readonly delivery: string }) {
  const { webhooks } = useWords()
  const path = `${pathOf(id)}/deliveries/${encodeURIComponent(delivery)}`
  const { value, error, again } = useAsk<Delivery>(path)
  useTold(id, again, value?.item)
  return (
    <div className="page stack">
      <p className="small">
        <Link href={`/webhooks/${encodeURIComponent(id)}#deliveries`}>← {webhooks.deliveries}</Link>
      </p>
      {error && !value ? <Problem error={error} again={again} /> : null}
      {!value && !error ? <div className="waiting" aria-busy="true" /> : null}
      {value ? <Told webhook={id} delivery={value} /> : null}
    </div>
  )
}

function Told({ webhook, delivery }: { readonly webhook: string; readonly delivery: Delivery }) {
  const { webhooks } = useWords()
  const { id, item, headline, revision, sequence, state, plannedAt, attempts } = delivery
  return (
    <>
      <h1 className="anywhere" dir="auto">
        {webhooks.delivery}: {headline ?? item} <span className="quiet">{revision}</span>
      </h1>
      <dl className="facts">
        <dt>{webhooks.status}</dt>
        <dd>
          <DeliveryStateOf state={state} />
        </dd>
        <dt>webhook-id</dt>
        <dd>
          <code>{id}</code>
        </dd>
        <dt>{webhooks.sequence}</dt>
        <dd>{sequence}</dd>
        <dt>{webhooks.planned}</dt>
        <dd>
          <Time at={plannedAt} />
        </dd>
        <dt>{webhooks.item}</dt>
        <dd className="row">
          <a href={`/items/${encodeURIComponent(item)}`}>{item}</a>
          <Link href={`/webhooks/recall/${encodeURIComponent(item)}`}>{webhooks.recall}</Link>
        </dd>
      </dl>
      <ReplayOne webhook={webhook} delivery={id} />
      <h2>{webhooks.attempts}</h2>
      {attempts.length === 0 ? <p className="quiet">{webhooks.deliveryStates.waiting}</p> : null}
      <ol className="steps">
        {[...attempts].reverse().map((each) => (
          <AttemptTold key={`${each.attempt} ${each.startedAt ?? ''}`} attempt={each} />
        ))}
      </ol>
    </>
  )
}

function AttemptTold({ attempt: told }: { readonly attempt: Attempt }) {
  const { webhooks } = useWords()
  const { attempt, result, startedAt, latencyMs, status, error, nextAt, answer } = told
  return (
    <li className="stack tight">
      <p className="row between">
        <strong>{attempt === 0 ? webhooks.noAttempt : webhooks.attempt(attempt)}</strong>
        <DeliveryStateOf state={result} />
      </p>
      <p className="small quiet">
        {startedAt ? <Time at={startedAt} /> : null}
        {latencyMs === undefined ? null : ` · ${latencyMs} ms`}
        {status === undefined ? null : ` · HTTP ${status}`}
        {nextAt ? (
          <>
            {' '}
            · {webhooks.nextAttempt} <Time at={nextAt} />
          </>
        ) : null}
      </p>
      {error ? (
        <p className="small anywhere" dir="auto">
          <Foreign text={error} />
        </p>
      ) : null}
      {answer ? <Said text={answer} /> : null}
    </li>
  )
}

function ReplayOne({ webhook, delivery }: { readonly webhook: string; readonly delivery: string }) {
  const { webhooks } = useWords()
  const [replay, setReplay] = useState<string>()
  const { run, isRunning, error } = useAct(async () => {
    const path = `${pathOf(webhook)}/deliveries/${encodeURIComponent(delivery)}/replay`
    setReplay((await ask<{ id: string }>(path, { method: 'POST' })).id)
  })
  return (
    <div className="stack tight">
      <p>
        <button className="button" type="button" disabled={isRunning} onClick={run}>
          {webhooks.replayOne}
        </button>
      </p>
      {error ? <Problem error={error} /> : null}
      {replay ? <ReplayProgress key={replay} webhook={webhook} replay={replay} /> : null}
    </div>
  )
}
