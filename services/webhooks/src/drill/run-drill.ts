import { randomBytes } from 'node:crypto'
import type { Outbound } from '@newswire/http'
import type { Clock } from '@newswire/runtime'
import { type CallResult, createCaller } from '../deliver/call.js'
import type { PublicUrl } from '../deliver/formats/told.js'
import type { WebhookLimits } from '../limits.js'
import type { OpenedWebhook } from '../registry/sealed.js'
import { drillItemId } from './drill-item.js'
import { type DrillStep, type DrillStepName, drillSteps } from './drill-steps.js'
import { basisOf, type Judgement, judge, type Verdict } from './judge.js'

const runBytes = 9
const forgedKeyBytes = 32

export interface DrillOptions {
  readonly outbound: Pick<Outbound, 'request'>
  readonly clock: Clock
  readonly publicUrl?: PublicUrl
  readonly limits: Pick<WebhookLimits, 'drillCallMsMax' | 'drillMsMax' | 'answerBytesMax'>
}

export interface DrillStepReport {
  readonly step: DrillStepName
  readonly sent: string
  readonly expected: string
  /** Null where there was no answer, or no call. */
  readonly status: number | null
  readonly latencyMs: number | null
  readonly verdict: Verdict
  readonly advice: string
}

export interface DrillReport {
  /** Id of the drill's item. */
  readonly item: string
  readonly steps: readonly DrillStepReport[]
  readonly summary: Readonly<Record<'passed' | 'failed' | 'undecidable', number>>
}

/**
 * Plays the scripted life at an endpoint, one call after another. Touches neither ledger, nor
 * sequences, nor lanes.
 */
export async function runDrill(
  options: DrillOptions,
  webhook: OpenedWebhook,
): Promise<DrillReport> {
  const { clock, limits, publicUrl } = options
  const { row } = webhook
  const run = randomBytes(runBytes).toString('base64url')
  const startedMs = performance.now()
  const steps: DrillStepReport[] = []
  const acknowledged = new Set<DrillStepName>()
  for (const step of drillSteps(run, clock.now(), { format: row.format, publicUrl })) {
    const leftMs = limits.drillMsMax - (performance.now() - startedMs)
    const refusal = notSent(step, row.events, leftMs)
    if (refusal !== undefined) {
      steps.push(reportOf(step, undefined, { verdict: 'undecidable', advice: refusal }))
      continue
    }
    const result = await play(options, step, webhook, leftMs)
    if (isSuccess(result)) acknowledged.add(step.name)
    const basis = basisOf(step.name)
    const hasBasis = basis === undefined || acknowledged.has(basis)
    steps.push(reportOf(step, result, judge(step, result, hasBasis)))
  }
  const count = (verdict: Verdict) => steps.filter((step) => step.verdict === verdict).length
  const undecidable = count('undecidable')
  const summary = { passed: count('right'), failed: count('wrong'), undecidable }
  return { item: drillItemId(run), steps, summary }
}

function notSent({ type }: DrillStep, events: readonly string[], leftMs: number) {
  if (leftMs <= 0) return 'It was not sent, as the steps before it took too long: answer faster.'
  if (type === 'item.withdrawn' || events.includes(type)) return undefined
  return `It was not sent, as the webhook does not ask for ${type}.`
}

function play(
  { outbound, clock, limits }: DrillOptions,
  step: DrillStep,
  { row, keys, headers }: OpenedWebhook,
  leftMs: number,
): Promise<CallResult> {
  const now = clock.now()
  // The signature takes its timestamp from the caller's clock.
  const signedAt = { ...clock, now: () => new Date(now.getTime() - step.ageMs) }
  const attemptTimeoutMs = Math.ceil(Math.min(limits.drillCallMsMax, leftMs))
  const call = createCaller({
    outbound,
    clock: signedAt,
    limits: { attemptTimeoutMs, answerBytesMax: limits.answerBytesMax },
  })
  const signing = step.signature === 'right' ? keys(now) : [randomBytes(forgedKeyBytes)]
  const { id, body, contentType } = step
  const fields = { ...headers(), ...step.headers }
  return call({ url: row.url, id, body, contentType, keys: signing, headers: fields })
}

function reportOf(
  { name, sent, expected }: DrillStep,
  result: CallResult | undefined,
  judgement: Judgement,
): DrillStepReport {
  const { status = null, latencyMs = null } = result ?? {}
  return { step: name, sent, expected, status, latencyMs, ...judgement }
}

function isSuccess({ status }: CallResult): boolean {
  return status !== undefined && status >= 200 && status < 300
}
