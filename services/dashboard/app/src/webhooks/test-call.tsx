import { useState } from 'react'
import { ask } from '../ask/ask.js'
import { Foreign } from '../parts/foreign.js'
import { Problem } from '../parts/problem.js'
import { useWords } from '../words/words.js'
import { indented } from './preview.js'
import { Said } from './said.js'
import { pathOf, type Webhook } from './shapes.js'
import { State } from './state.js'
import { useAct } from './use-act.js'

interface Tested {
  readonly delivered: boolean
  readonly status: number | null
  readonly latencyMs: number
  readonly answer: string | null
  readonly error: string | null
  readonly sent: { readonly id: string; readonly contentType: string; readonly body: string }
}

/** One test call: what was sent, and what came back. */
export function TestCall({ webhook }: { readonly webhook: Webhook }) {
  const { webhooks } = useWords()
  const [tested, setTested] = useState<Tested>()
  const { run, isRunning, error } = useAct(async () => {
    setTested(await ask<Tested>(`${pathOf(webhook.id)}/test`, { method: 'POST' }))
  })
  return (
    <section className="stack sheet" aria-labelledby="test" aria-busy={isRunning}>
      <h2 id="test">{webhooks.test}</h2>
      <p className="quiet small">{webhooks.testSay}</p>
      <p>
        <button className="button" type="button" disabled={isRunning} onClick={run}>
          {isRunning ? webhooks.loading : webhooks.test}
        </button>
      </p>
      <div className="stack tight" role="status">
        {error ? <Problem error={error} /> : null}
        {tested && !error ? <Told tested={tested} /> : null}
      </div>
    </section>
  )
}

function Told({ tested }: { readonly tested: Tested }) {
  const { webhooks } = useWords()
  const { delivered, status, latencyMs, answer, error, sent } = tested
  const ms = String(latencyMs)
  const call = `webhook-id: ${sent.id}\ncontent-type: ${sent.contentType}\n\n${indented(sent.body)}`
  const word = delivered
    ? webhooks.testGood(String(status ?? '✓'), ms)
    : webhooks.testBad(error ? '' : String(status), ms)
  return (
    <>
      <p className="anywhere">
        <State shape={delivered ? '✓' : '✕'} tone={delivered ? 'good' : 'bad'} word={word} />{' '}
        {error ? <Foreign text={error} /> : null}
      </p>
      <h3 className="small">{webhooks.answered}</h3>
      <Said text={answer || webhooks.noAnswer} />
      <h3 className="small">{webhooks.sent}</h3>
      <Said text={call} />
    </>
  )
}
