import { ask } from '../ask/ask.js'
import { Foreign } from '../parts/foreign.js'
import { Problem } from '../parts/problem.js'
import { Time } from '../parts/time.js'
import { useLanguage, useWords } from '../words/words.js'
import { pathOf, type Webhook } from './shapes.js'
import { useAct } from './use-act.js'

const sent = '{"type":"webhook.verify","timestamp":"…","data":{"challenge":"Zx9…"}}'
const answered = '{"challenge":"Zx9…"}'

/** What its address has to answer, while it has not; and how a disabled one is taken up again. */
export function Verify({
  webhook,
  again,
}: {
  readonly webhook: Webhook
  readonly again: () => void
}) {
  const { webhooks } = useWords()
  const { status, reason, disabled } = webhook
  const { run, isRunning, error } = useAct(async () => {
    await ask(pathOf(webhook.id), { method: 'PATCH', body: { status: 'active' } })
    again()
  })
  if (status === 'active' || status === 'paused') return null
  return (
    <section className="notice stack" aria-labelledby="verify">
      <h2 id="verify">{status === 'pending' ? webhooks.verify : webhooks.states.disabled}</h2>
      <Disabled webhook={webhook} />
      {reason && !disabled ? (
        <p dir="auto" className="anywhere">
          <Foreign text={reason} />
        </p>
      ) : null}
      {status === 'pending' ? (
        <>
          <p className="reading">{webhooks.verifySay}</p>
          <dl className="facts">
            <dt>{webhooks.verifyBody}</dt>
            <dd>
              <code>{sent}</code>
            </dd>
            <dt>{webhooks.verifyAnswer}</dt>
            <dd>
              <code>{answered}</code>
            </dd>
          </dl>
          <p className="quiet small">{webhooks.verifyWait}</p>
        </>
      ) : null}
      {error ? <Problem error={error} /> : null}
      <p>
        <button className="button primary" type="button" disabled={isRunning} onClick={run}>
          {status === 'pending' ? webhooks.verifyNow : webhooks.enable}
        </button>
      </p>
    </section>
  )
}

function Disabled({ webhook: { disabled } }: { readonly webhook: Webhook }) {
  const { webhooks } = useWords()
  const [language] = useLanguage()
  if (!disabled) return null
  const missed = new Intl.NumberFormat(language).format(disabled.missed)
  return (
    <>
      <p>{webhooks.disabledBecause[disabled.because]}</p>
      <p className="quiet small">
        {webhooks.since}: <Time at={disabled.since} /> · {webhooks.missed(missed)}
      </p>
    </>
  )
}
