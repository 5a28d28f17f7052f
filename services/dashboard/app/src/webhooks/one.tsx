import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { type AskError, ask } from '../ask/ask.js'
import { useAgain } from '../ask/use-again.js'
import { useAsk } from '../ask/use-ask.js'
import { Problem } from '../parts/problem.js'
import { problemIn } from '../words/problem-words.js'
import { useLanguage, useWords } from '../words/words.js'
import { Confirm } from './confirm.js'
import { Deliveries } from './deliveries.js'
import { Drill } from './drill.js'
import { Edit } from './edit.js'
import { lineOf } from './filter-of-webhook.js'
import { Rotate } from './rotate.js'
import { pathOf, titleOf, type Webhook } from './shapes.js'
import { WebhookState } from './state.js'
import { TestCall } from './test-call.js'
import { useAct } from './use-act.js'
import { Verify } from './verify.js'

const pendingAgainMs = 2_000
const againMs = 15_000

/** `/webhooks/{id}`: all that can be done with one. */
export function OneWebhook({ id }: { readonly id: string }) {
  const { value, error, again } = useAsk<Webhook>(pathOf(id))
  useAgain(again, value?.status === 'pending' ? pendingAgainMs : againMs)
  if (error?.status === 404) return <NoneSuch error={error} />
  if (!value) {
    return (
      <div className="page stack" aria-busy={!error}>
        {error ? <Problem error={error} again={again} /> : <div className="waiting" />}
      </div>
    )
  }
  const isCalled = value.target === 'http'
  return (
    <div className="page stack wide-gaps">
      <Head webhook={value} again={again} />
      {isCalled ? <Verify webhook={value} again={again} /> : null}
      <div className="tools-row">
        <TestCall webhook={value} />
        {isCalled ? <Drill webhook={value} /> : null}
        {isCalled ? <Rotate webhook={value} again={again} /> : null}
      </div>
      <Deliveries webhook={value} />
    </div>
  )
}

function NoneSuch({ error }: { readonly error: AskError }) {
  const { webhooks } = useWords()
  const { title, say } = problemIn(useLanguage()[0], error)
  return (
    <div className="page stack">
      <h1>{title}</h1>
      <p className="quiet">{say}</p>
      <p>
        <Link href="/webhooks">{webhooks.back}</Link>
      </p>
    </div>
  )
}

interface Standing {
  readonly webhook: Webhook
  readonly again: () => void
}

function Head({ webhook, again }: Standing) {
  const { webhooks } = useWords()
  const [isEdited, edit] = useState(false)
  return (
    <header className="stack">
      <p className="small">
        <Link href="/webhooks">← {webhooks.back}</Link>
      </p>
      <div className="row between">
        <h1 dir="auto" className="anywhere">
          {titleOf(webhook)}
        </h1>
        <Actions webhook={webhook} again={again} isEdited={isEdited} edit={edit} />
      </div>
      {isEdited ? (
        <Edit
          webhook={webhook}
          onDone={() => {
            edit(false)
            again()
          }}
        />
      ) : (
        <Facts webhook={webhook} />
      )}
    </header>
  )
}

function Facts({ webhook }: { readonly webhook: Webhook }) {
  const { webhooks } = useWords()
  const { url, description, format, events, filter, headers, ratePerSecond } = webhook
  const rows: readonly (readonly [string, string | null | undefined])[] = [
    [webhooks.address, url ?? webhooks.bus],
    [webhooks.description, description],
    [webhooks.filter, lineOf(filter) || webhooks.everything],
    [webhooks.format, format],
    [webhooks.events, events.map((each) => webhooks.eventNames[each]).join(' · ')],
    [webhooks.headers, Object.keys(headers).join(', ')],
    [webhooks.rate, ratePerSecond === null ? null : String(ratePerSecond)],
    [webhooks.publicKey, webhook.publicKey],
  ]
  return (
    <dl className="facts">
      <dt>{webhooks.status}</dt>
      <dd>
        <WebhookState status={webhook.status} />
        {webhook.status === 'paused' ? <span className="quiet"> {webhooks.pausedSay}</span> : null}
      </dd>
      {rows.map(([name, text]) =>
        text ? (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd dir="auto">{text}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}

interface ActionsProps extends Standing {
  readonly isEdited: boolean
  readonly edit: (isEdited: boolean) => void
}

function Actions({ webhook, again, isEdited, edit }: ActionsProps) {
  const { webhooks } = useWords()
  const [, navigate] = useLocation()
  const path = pathOf(webhook.id)
  const pause = useAct(async () => {
    await ask(path, { method: 'PATCH', body: { paused: !webhook.paused } })
    again()
  })
  const remove = useAct(async () => {
    await ask(path, { method: 'DELETE' })
    navigate('/webhooks')
  })
  const error = pause.error ?? remove.error
  return (
    <div className="stack tight">
      <p className="row">
        <button className="button" type="button" disabled={pause.isRunning} onClick={pause.run}>
          {webhook.paused ? webhooks.resume : webhooks.pause}
        </button>
        <button
          className="button"
          type="button"
          aria-expanded={isEdited}
          onClick={() => edit(!isEdited)}
        >
          {webhooks.edit}
        </button>
        <Confirm
          label={webhooks.remove}
          question={webhooks.removeAsk(titleOf(webhook))}
          say={webhooks.removeSay}
          isRunning={remove.isRunning}
          onYes={remove.run}
        />
      </p>
      {error ? <Problem error={error} /> : null}
    </div>
  )
}
