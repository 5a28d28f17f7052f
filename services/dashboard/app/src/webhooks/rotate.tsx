import { useState } from 'react'
import { ask } from '../ask/ask.js'
import { Problem } from '../parts/problem.js'
import { Time } from '../parts/time.js'
import { useWords } from '../words/words.js'
import { Confirm } from './confirm.js'
import { Keys } from './keys.js'
import { pathOf, type ShownWebhook, type Webhook } from './shapes.js'
import { useAct } from './use-act.js'

/** New keys, with the old ones and their end beside them. */
export function Rotate({
  webhook,
  again,
}: {
  readonly webhook: Webhook
  readonly again: () => void
}) {
  const { webhooks } = useWords()
  const [shown, show] = useState<ShownWebhook>()
  const { run, isRunning, error } = useAct(async () => {
    show(await ask<ShownWebhook>(`${pathOf(webhook.id)}/rotate-secret`, { method: 'POST' }))
    again()
  })
  const standing = webhook.oldKeys.filter(({ until }) => Date.parse(until) > Date.now())
  return (
    <section className="stack sheet" aria-labelledby="rotate">
      <h2 id="rotate">{webhooks.rotate}</h2>
      <p className="quiet small reading">{webhooks.rotateSay}</p>
      {error ? <Problem error={error} /> : null}
      {shown ? (
        <Shown webhook={shown} onKept={() => show(undefined)} />
      ) : (
        <>
          {standing.map(({ until }) => (
            <p key={until} className="small">
              {webhooks.oldSigns} <Time at={until} />.
            </p>
          ))}
          <p>
            <Confirm
              label={webhooks.rotate}
              question={webhooks.rotateAsk}
              say={webhooks.rotateSay}
              isRunning={isRunning}
              onYes={run}
            />
          </p>
        </>
      )}
    </section>
  )
}

function Shown({
  webhook,
  onKept,
}: {
  readonly webhook: ShownWebhook
  readonly onKept: () => void
}) {
  const { webhooks } = useWords()
  return (
    <div className="notice stack" role="status">
      <Keys secret={webhook.secret} publicKey={webhook.publicKey} name={webhooks.newSecret} />
      <p className="small">
        {webhooks.newEnd} {webhooks.secretOnce}
      </p>
      {webhook.oldKeys.map(({ until, secret, publicKey }) => (
        <div key={until} className="stack tight">
          <Keys secret={secret} publicKey={publicKey} name={webhooks.oldSecret} />
          <p className="small">
            {webhooks.oldEnd} <Time at={until} />.
          </p>
        </div>
      ))}
      <p>
        <button className="button primary" type="button" onClick={onKept}>
          {webhooks.kept}
        </button>
      </p>
    </div>
  )
}
