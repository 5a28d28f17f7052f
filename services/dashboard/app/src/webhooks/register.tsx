import { type FormEvent, useId, useMemo, useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { ask } from '../ask/ask.js'
import { type Choice, readChoice } from '../filter/choice.js'
import { Problem } from '../parts/problem.js'
import { useWords } from '../words/words.js'
import { type Draft, emptyDraft, wishOf } from './draft.js'
import { Fields } from './fields.js'
import { FilterFields } from './filter-fields.js'
import { Keys } from './keys.js'
import { LivePreview } from './preview.js'
import { api, type ShownWebhook, titleOf } from './shapes.js'
import { useAct } from './use-act.js'

/** `/webhooks/new?filter=…`: one form, what it will bring beside it, and then the secret. */
export function Register() {
  const { webhooks } = useWords()
  const search = useSearch()
  const given = useMemo(
    () => readChoice(new URLSearchParams(search).get('filter') ?? '').choice,
    [search],
  )
  const [choice, choose] = useState<Choice>(given)
  const [draft, write] = useState<Draft>(emptyDraft)
  const [made, setMade] = useState<ShownWebhook>()
  if (made) return <Made webhook={made} />
  return (
    <div className="page stack">
      <header className="stack tight">
        <p className="small">
          <Link href="/webhooks">← {webhooks.back}</Link>
        </p>
        <h1>{webhooks.register}</h1>
        <p className="quiet">{webhooks.registerSay}</p>
      </header>
      <div className="halves">
        <Form choice={choice} choose={choose} draft={draft} write={write} onMade={setMade} />
        <LivePreview draft={draft} choice={choice} />
      </div>
    </div>
  )
}

interface FormProps {
  readonly choice: Choice
  readonly choose: (choice: Choice) => void
  readonly draft: Draft
  readonly write: (draft: Draft) => void
  readonly onMade: (webhook: ShownWebhook) => void
}

function Form({ choice, choose, draft, write, onMade }: FormProps) {
  const { webhooks } = useWords()
  const form = useId()
  const { run, isRunning, error } = useAct(async () => {
    onMade(await ask<ShownWebhook>(api, { method: 'POST', body: wishOf(draft, choice) }))
    scrollTo({ top: 0 })
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    run()
  }
  return (
    <div className="stack">
      <h2>{webhooks.where}</h2>
      <form id={form} className="stack" onSubmit={send}>
        <Fields draft={draft} write={write} hasUrl />
      </form>
      <h2>{webhooks.what}</h2>
      {/* Fields of the filter are forms of their own, so they stand outside of the other. */}
      <FilterFields choice={choice} choose={choose} />
      {error ? <Problem error={error} /> : null}
      <p className="row">
        <button className="button primary" type="submit" form={form} disabled={isRunning}>
          {isRunning ? webhooks.loading : webhooks.registerDo}
        </button>
        <Link className="button plain" href="/webhooks">
          {webhooks.cancel}
        </Link>
      </p>
    </div>
  )
}

/** The one time that the secret is seen. */
function Made({ webhook }: { readonly webhook: ShownWebhook }) {
  const { webhooks } = useWords()
  const [, navigate] = useLocation()
  return (
    <div className="page stack narrow">
      <h1>{webhooks.made}</h1>
      <p dir="auto" className="quiet anywhere">
        {titleOf(webhook)}
      </p>
      <div className="notice stack">
        <Keys secret={webhook.secret} publicKey={webhook.publicKey} />
        <p>{webhook.secret ? webhooks.secretOnce : webhooks.noSecret}</p>
        <p className="row">
          <button
            className="button primary"
            type="button"
            onClick={() => navigate(`/webhooks/${encodeURIComponent(webhook.id)}`)}
          >
            {webhooks.kept}
          </button>
          <Link className="button" href="/webhooks/receivers" target="_blank">
            {webhooks.receivers}
          </Link>
        </p>
      </div>
    </div>
  )
}
