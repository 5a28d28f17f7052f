import type { RetrySchedule } from '@newswire/model'

/*
 * What all lanes of one endpoint know of it together. Pure: time and chance are arguments. After
 * some failures in a row it is open: one probe at a time, with the pauses of a lane, until one of
 * them succeeds. What it knows may be forgotten: then some more attempts fail than needed.
 */

export interface Circuit {
  /** Since the last success. */
  readonly failures: number
  /** Probes that have failed; absent while it is closed. */
  readonly probes?: number
  /** Nothing starts before this instant, ms since 1970. */
  readonly until: number
}

export const closedCircuit: Circuit = { failures: 0, until: 0 }

export interface Failure {
  /** Ms since 1970. */
  readonly now: number
  /** 0 to 1, for the jitter. */
  readonly chance: number
  readonly schedule: RetrySchedule
  /** It opens after this many. */
  readonly failuresMax: number
  /** The attempt was started as a probe. */
  readonly probe: boolean
  /** What the endpoint asks all callers for (429 and 503); 0 for nothing. */
  readonly pauseMs: number
}

export function isOpen({ probes }: Circuit): boolean {
  return probes !== undefined
}

export function afterFailure(circuit: Circuit, failure: Failure): Circuit {
  const { now, failuresMax, probe, pauseMs } = failure
  const failures = circuit.failures + 1
  const asked = Math.max(circuit.until, pauseMs === 0 ? 0 : now + pauseMs)
  if (circuit.probes === undefined && failures < failuresMax) return { failures, until: asked }
  // What was started before it opened says nothing new, however much of it comes in.
  if (circuit.probes !== undefined && !probe) return { ...circuit, failures, until: asked }
  const probes = circuit.probes === undefined ? 0 : circuit.probes + 1
  return { failures, probes, until: Math.max(asked, now + pauseOf(probes, failure)) }
}

/** As the failures stand in the ledger: where it would be open, the next attempt is a probe. */
export function restoredCircuit(failures: number, failuresMax: number): Circuit {
  return failures < failuresMax ? { failures, until: 0 } : { failures, probes: 0, until: 0 }
}

function pauseOf(probes: number, { schedule, chance }: Failure): number {
  const pauseMs = schedule.stepsMs[probes] ?? schedule.thenEveryMs
  return Math.round(pauseMs * (1 - schedule.jitter + 2 * schedule.jitter * chance))
}
