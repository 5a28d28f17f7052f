import type { LaneAnswer } from '@newswire/model'

/** What the end of an attempt tells of its endpoint; null for nothing. */
export type Health = { readonly ok: true } | { readonly ok: false; readonly pauseMs: number } | null

export function healthOf(answer: LaneAnswer): Health {
  if (answer.kind === 'aborted' || answer.kind === 'dropped') return null
  if (answer.kind === 'failed') return { ok: false, pauseMs: 0 }
  const { status, retryAfterMs = 0 } = answer
  if (status >= 200 && status < 300) return { ok: true }
  // RFC 9110, section 15.6.4, and RFC 6585, section 4: it can't take anything, not just this one.
  return { ok: false, pauseMs: status === 429 || status === 503 ? retryAfterMs : 0 }
}

/** Whoever asks for a year gets what a lane waits at most between two attempts. */
export function bounded(answer: LaneAnswer, pauseMsMax: number): LaneAnswer {
  if (answer.kind !== 'answered' || answer.retryAfterMs === undefined) return answer
  return { ...answer, retryAfterMs: Math.min(answer.retryAfterMs, pauseMsMax) }
}
