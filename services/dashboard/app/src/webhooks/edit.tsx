import { type FormEvent, useId, useState } from 'react'
import { ask } from '../ask/ask.js'
import { Problem } from '../parts/problem.js'
import { useWords } from '../words/words.js'
import { changeOf, draftOf } from './draft.js'
import { Fields } from './fields.js'
import { FilterFields } from './filter-fields.js'
import { LivePreview } from './preview.js'
import { pathOf, type Webhook } from './shapes.js'
import { useAct } from './use-act.js'

/** Changes a webhook, with the preview of what it would bring. */
export function Edit({
  webhook,
  onDone,
}: {
  readonly webhook: Webhook
  readonly onDone: () => void
}) {
  const { webhooks } = useWords()
  const form = useId()
  const [draft, write] = useState(() => draftOf(webhook))
  const [choice, choose] = useState(webhook.filter)
  const { run, isRunning, error } = useAct(async () => {
    const body = changeOf(draft, choice, webhook)
    await ask(pathOf(webhook.id), { method: 'PATCH', body })
    onDone()
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    run()
  }
  return (
    <div className="halves sheet">
      <div className="stack">
        <form id={form} className="stack" onSubmit={send}>
          <Fields draft={draft} write={write} hasUrl={webhook.target === 'http'} />
        </form>
        <FilterFields choice={choice} choose={choose} />
        {error ? <Problem error={error} /> : null}
        <p className="row">
          <button className="button primary" type="submit" form={form} disabled={isRunning}>
            {isRunning ? webhooks.loading : webhooks.save}
          </button>
          <button className="button plain" type="button" onClick={onDone}>
            {webhooks.cancel}
          </button>
        </p>
      </div>
      <LivePreview draft={draft} choice={choice} />
    </div>
  )
}
