import type { Lane, LaneAnswer, LaneDelivery, OpenDelivery } from './lanes.js'

/*
 * Copies of lanes, written out: they are made for each delivery, and a rest of a spread
 * takes much longer.
 */

/** Only what a lane needs of it. */
export function opened({
  id,
  revision,
  sequence,
  withdrawal,
  plannedAt,
}: LaneDelivery): OpenDelivery {
  return { id, revision, sequence, withdrawal, plannedAt, attempts: 0 }
}

export function withoutOpen({ newest, flight, replaced, received, knows }: Lane): Lane {
  if (!flight) return { newest, replaced, received, knows }
  return { newest, replaced, received, knows, flight }
}

/** `isTaken`: the endpoint has acknowledged what was in flight. */
export function withoutFlight(
  { newest, open, replaced, received, knows: knew }: Lane,
  isTaken: boolean,
): Lane {
  const knows = knew || isTaken
  if (!open) return { newest, replaced, received, knows }
  return { newest, replaced, received, knows, open }
}

export function isSuccess(answer: LaneAnswer): boolean {
  return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300
}

export function isGone(answer: LaneAnswer): boolean {
  return answer.kind === 'answered' && answer.status === 410
}
