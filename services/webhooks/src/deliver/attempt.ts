import type { LaneAnswer } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { Dispatch } from '../plan/dispatch.js'
import type { Directory } from '../registry/directory.js'
import type { Bodies } from './bodies.js'
import type { Caller, CallResult } from './call.js'
import type { AttemptEnd } from './sender.js'

export interface AttemptOptions {
  readonly directory: Pick<Directory, 'get'>
  readonly bodies: Bodies
  readonly call: Caller
  readonly clock: Clock
  readonly isHeld: () => boolean
  readonly onCalled: (result: CallResult) => void
}

/** One attempt of one delivery: what is sent is read again, and signed at this instant. */
export function createAttempt(options: AttemptOptions) {
  const { directory, bodies, call, clock, isHeld, onCalled } = options
  return async (dispatch: Dispatch, knows: boolean, signal: AbortSignal): Promise<AttemptEnd> => {
    const body = await bodies.of(dispatch.itemSequence, knows)
    const endpoint = directory.get(dispatch.endpoint)
    if (!body) return dropped('the text of this version is gone')
    if (!endpoint) return dropped('the webhook was deleted')
    if (body.type !== 'item.withdrawn' && !endpoint.row.events.includes(body.type)) {
      return dropped(`the webhook does not ask for ${body.type}`)
    }
    // The item may have been long in coming.
    if (!isHeld() || signal.aborted) {
      return { answer: { kind: 'aborted' }, detail: { error: 'broken off before it was sent' } }
    }
    const result = await call({
      url: endpoint.row.url,
      id: dispatch.id,
      body: body.text,
      keys: endpoint.keys(clock.now()),
      headers: headersOf(dispatch),
      signal,
    })
    onCalled(result)
    return { answer: answerOf(result), detail: detailOf(result) }
  }
}

/**
 * What lets a receiver fence what no sender can: a gapless count, and the item's last place in it.
 */
function headersOf({ version, sequence, previous }: Dispatch): Record<string, string> {
  return {
    'newswire-version': String(version),
    'newswire-sequence': String(sequence),
    ...(previous === undefined ? {} : { 'newswire-previous': String(previous) }),
  }
}

function dropped(error: string): AttemptEnd {
  return { answer: { kind: 'dropped' }, detail: { error } }
}

function answerOf({ status, retryAfterMs, isAborted }: CallResult): LaneAnswer {
  if (isAborted) return { kind: 'aborted' }
  if (status === undefined) return { kind: 'failed' }
  return { kind: 'answered', status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

function detailOf({ startedAt, latencyMs, status, answer, error }: CallResult) {
  return {
    startedAt: startedAt.toISOString(),
    latencyMs,
    ...(status === undefined ? {} : { status }),
    ...(answer === undefined || answer === '' ? {} : { answer }),
    ...(error === undefined ? {} : { error }),
  }
}
