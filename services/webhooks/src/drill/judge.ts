import type { CallResult } from '../deliver/call.js'
import {
  type DrillStep,
  type DrillStepName,
  type ReceiverWord,
  receiverWords,
} from './drill-steps.js'

export type Verdict = 'right' | 'wrong' | 'undecidable'

export interface Judgement {
  readonly verdict: Verdict
  /** One sentence: what to do, or what is well. */
  readonly advice: string
}

/** An answer that takes longer than this is near the end of a real attempt's patience. */
const slowMs = 5_000

/**
 * What the answer to a step says of its receiver. `hasBasis`: it acknowledged the step that this
 * one builds on (`basisOf`); who refuses everything has proved nothing by refusing a forgery.
 */
export function judge(step: DrillStep, result: CallResult, hasBasis: boolean): Judgement {
  const { status } = result
  if (status === undefined) return withoutAnswer(step, result)
  if (status === 429) {
    return undecidable('It answered 429: let the drill through its rate limit and try again.')
  }
  if (status === 410) {
    return wrong('Never answer 410 unless the address is gone for good: it disables the webhook.')
  }
  if (status >= 300 && status < 400) {
    return wrong('Redirects are not followed: give the webhook the address that it leads to.')
  }
  if (!step.word) return ofRefusal(step, status, hasBasis)
  if (status < 200 || status >= 300) return ofError(step, status)
  if (!hasBasis) {
    return undecidable('It did not take the step that this one builds on: make that one succeed.')
  }
  return ofAcknowledgement(step, step.word, result)
}

/** The step that must have been acknowledged for another to prove anything. */
export function basisOf(step: DrillStepName): DrillStepName | undefined {
  if (step === 'out-of-order') return 'correction'
  return step === 'duplicate' || isForged(step) ? 'new' : undefined
}

function isForged(step: DrillStepName): boolean {
  return step === 'bad-signature' || step === 'old-timestamp'
}

function withoutAnswer({ word }: DrillStep, { error }: CallResult): Judgement {
  const why = error === undefined ? '' : ` (${error.replace(/\.$/, '')})`
  if (!word) {
    return undecidable(`There was no answer${why}: refuse such calls with 401, so that it is seen.`)
  }
  return wrong(`There was no answer in time${why}: answer 2xx first, and do the work afterwards.`)
}

function ofRefusal({ name }: DrillStep, status: number, hasBasis: boolean): Judgement {
  const what = name === 'bad-signature' ? 'signature' : 'timestamp'
  if (status >= 200 && status < 300) {
    return name === 'bad-signature'
      ? wrong('It accepts forgeries: verify webhook-signature with your secret before all else.')
      : wrong('It accepts old calls: refuse a webhook-timestamp that is off by over 5 minutes.')
  }
  if (status >= 500) {
    return wrong(`It failed with ${status} on a bad ${what}: refuse the call with 401 instead.`)
  }
  if (!hasBasis) {
    return undecidable('It refuses rightly signed calls too: make the first step succeed.')
  }
  return right(`It refuses a bad ${what}.`)
}

function ofError({ name }: DrillStep, status: number): Judgement {
  const advice: Partial<Record<DrillStep['name'], string>> = {
    duplicate: 'Acknowledge what you have already with 2xx: after an error it comes again.',
    'out-of-order': 'Acknowledge an old version with 2xx and ignore it: refused, it comes again.',
    withdrawal: 'A withdrawal must be accepted, whether or not the item is known.',
  }
  const say = advice[name] ?? 'Accept each rightly signed call with 2xx: verify the raw body.'
  return wrong(`It answered ${status}. ${say}`.replace('. ', ': '))
}

function ofAcknowledgement(
  { name }: DrillStep,
  expected: ReceiverWord,
  { answer, latencyMs }: CallResult,
): Judgement {
  const word = wordIn(answer)
  if (word !== undefined && word !== expected) return wrong(adviceOn(name, word))
  if (word === undefined && expected !== 'processed') {
    return undecidable(
      `It answered 2xx; that it did nothing shows only if it answers {"newswire":"${expected}"}.`,
    )
  }
  if (latencyMs > slowMs) {
    return right(`It took ${latencyMs} ms: answer first and work afterwards, 15 s are the end.`)
  }
  return right('Nothing is to be done.')
}

function adviceOn(name: DrillStep['name'], word: ReceiverWord): string {
  if (name === 'duplicate') {
    return 'It did the same call twice: keep each webhook-id, and skip one that you have.'
  }
  if (name === 'out-of-order') {
    return 'An old version took the place of a newer one: keep newswire-version for each item, and skip what is lower.'
  }
  return `It took a new version for one that it has (${word}): tell calls apart by webhook-id, and versions by newswire-version of the same item.`
}

/** The receiver's own word: `{"newswire": "duplicate"}`. */
function wordIn(answer = ''): ReceiverWord | undefined {
  try {
    const value: unknown = JSON.parse(answer)
    if (typeof value !== 'object' || value === null) return undefined
    return receiverWords.find((word) => Reflect.get(value, 'newswire') === word)
  } catch {
    return undefined
  }
}

function right(advice: string): Judgement {
  return { verdict: 'right', advice }
}

function wrong(advice: string): Judgement {
  return { verdict: 'wrong', advice }
}

function undecidable(advice: string): Judgement {
  return { verdict: 'undecidable', advice }
}
