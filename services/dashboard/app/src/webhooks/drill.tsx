import { useState } from 'react'
import { ask } from '../ask/ask.js'
import { Foreign } from '../parts/foreign.js'
import { Problem } from '../parts/problem.js'
import { useWords } from '../words/words.js'
import { pathOf, type Webhook } from './shapes.js'
import { State } from './state.js'
import { useAct } from './use-act.js'

interface Step {
  readonly step: string
  readonly sent: string
  readonly expected: string
  readonly status: number | null
  readonly latencyMs: number | null
  readonly verdict: 'right' | 'wrong' | 'undecidable'
  readonly advice: string
}

interface Report {
  readonly steps: readonly Step[]
  readonly summary: {
    readonly passed: number
    readonly failed: number
    readonly undecidable: number
  }
}

/** The fire drill and its report, step by step. */
export function Drill({ webhook }: { readonly webhook: Webhook }) {
  const { webhooks } = useWords()
  const [report, setReport] = useState<Report>()
  const { run, isRunning, error } = useAct(async () => {
    setReport(undefined)
    setReport(await ask<Report>(`${pathOf(webhook.id)}/drill`, { method: 'POST' }))
  })
  return (
    <section className="stack sheet" aria-labelledby="drill" aria-busy={isRunning}>
      <h2 id="drill">{webhooks.drill}</h2>
      <p className="quiet small">{webhooks.drillSay}</p>
      <p>
        <button className="button" type="button" disabled={isRunning} onClick={run}>
          {webhooks.drillDo}
        </button>
      </p>
      <div className="stack" role="status">
        {isRunning ? <p className="small">{webhooks.drillRuns}</p> : null}
        {error ? <Problem error={error} /> : null}
        {report ? <Told report={report} /> : null}
      </div>
    </section>
  )
}

const looks = {
  right: ['✓', 'good'],
  wrong: ['✕', 'bad'],
  undecidable: ['?', 'quiet'],
} as const

function Told({ report: { steps, summary } }: { readonly report: Report }) {
  const { webhooks } = useWords()
  return (
    <>
      <p>
        <strong>{webhooks.drillSum(summary.passed, summary.failed, summary.undecidable)}</strong>
      </p>
      <ol className="steps">
        {steps.map((step) => (
          <StepTold key={step.step} told={step} />
        ))}
      </ol>
    </>
  )
}

function StepTold({ told }: { readonly told: Step }) {
  const { webhooks } = useWords()
  const { step, status, latencyMs, verdict, advice } = told
  const names: Readonly<Record<string, string>> = webhooks.steps
  const [sent, expected] = webhooks.stepSays[step] ?? [told.sent, told.expected]
  const [shape, tone] = looks[verdict]
  const answered = status === null ? '–' : `${status}, ${latencyMs} ms`
  return (
    <li className="stack tight">
      <p className="row between">
        <strong>{names[step] ?? step}</strong>
        <State shape={shape} tone={tone} word={webhooks.verdicts[verdict]} />
      </p>
      <p className="small">{sent}</p>
      <p className="small quiet">
        {webhooks.expected}: {expected} · {webhooks.answered}: {answered}
      </p>
      {verdict === 'right' ? null : (
        <p className="small">
          <Foreign text={advice} />
        </p>
      )}
    </li>
  )
}
