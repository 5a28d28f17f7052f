import type { CallSignal } from '@newswire/http'
import type { LaneAnswer } from '@newswire/model'
import type { Clock } from '@newswire/runtime'
import type { Out, OutMessage } from '../onto-bus/out.js'
import { isOnBus } from '../onto-bus/subscription.js'
import type { Dispatch } from '../plan/dispatch.js'
import type { Directory, Endpoint } from '../registry/directory.js'
import type { AttemptEnd } from './attempt-end.js'
import type { Bodies, EventBody } from './bodies.js'
import type { Caller, CallResult } from './call.js'
import type { AttemptDetail } from './lane-table.js'

export interface AttemptOptions {
  readonly directory: Pick<Directory, 'get'>
  readonly bodies: Bodies
  readonly call: Caller
  /** For subscriptions on the bus. */
  readonly out: Out
  readonly clock: Clock
  readonly isHeld: () => boolean
  readonly onCalled: (result: CallResult) => void
}

/** One attempt of one delivery: what is sent is read again, and signed at this instant. */
export function createAttempt(options: AttemptOptions) {
  const { directory, bodies, call, out, clock, isHeld, onCalled } = options
  return async (dispatch: Dispatch, knows: boolean, signal: CallSignal): Promise<AttemptEnd> => {
    const format = directory.get(dispatch.endpoint)?.row.format
    const { itemSequence } = dispatch
    const kept = format && bodies.kept(itemSequence, knows, format)
    const body = kept ?? (format && (await bodies.of(itemSequence, knows, format)))
    const endpoint = directory.get(dispatch.endpoint)
    const reason = reasonToDrop(endpoint, body)
    if (!endpoint || !body || reason !== undefined) return dropped(reason ?? gone)
    // The item may have been long in coming: the address may be one that is not verified yet.
    if (!isHeld() || signal.aborted || endpoint.row.status !== 'active') {
      return { answer: { kind: 'aborted' }, detail: { error: 'broken off before it was sent' } }
    }
    if (isOnBus(endpoint.row)) return out(outMessageOf(dispatch, body))
    const result = await call({
      url: endpoint.row.url,
      id: dispatch.id,
      body: body.bytesFor(dispatch.id),
      contentType: body.contentType,
      keys: endpoint.keys(clock.now()),
      headers: headersOf(dispatch, endpoint.headers()),
      signal,
    })
    onCalled(result)
    const answer = answerOf(result, directory.get(dispatch.endpoint), endpoint)
    return { answer, detail: detailOf(result, body.isErased) }
  }
}

const gone = 'the text of this version is gone'

function reasonToDrop(
  endpoint: Endpoint | undefined,
  body: EventBody | undefined,
): string | undefined {
  if (!endpoint) return 'the webhook was deleted'
  if (!body) return gone
  if (body.type === 'item.withdrawn') return undefined
  if (body.isPrivate && !endpoint.row.seesPrivate) return 'the item has become private'
  return endpoint.row.events.includes(body.type)
    ? undefined
    : `the webhook does not ask for ${body.type}`
}

function outMessageOf(dispatch: Dispatch, { contentType, textFor }: EventBody): OutMessage {
  const { endpoint, item, id, sequence, previous } = dispatch
  const isNext = previous !== undefined
  const headers = { 'content-type': contentType, ...headersOf(dispatch) }
  return { subscription: endpoint, item, id, sequence, isNext, body: textFor(id), headers }
}

/**
 * What lets a receiver fence what no sender can: a gapless count, and the item's last place in it.
 */
function headersOf(
  { version, sequence, previous }: Dispatch,
  own: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const headers: Record<string, string> = {
    'newswire-version': String(version),
    'newswire-sequence': String(sequence),
  }
  if (previous !== undefined) headers['newswire-previous'] = String(previous)
  return Object.keys(own).length === 0 ? headers : { ...own, ...headers }
}

function dropped(error: string): AttemptEnd {
  return { answer: { kind: 'dropped' }, detail: { error } }
}

/** What an address refuses that is its webhook's no more says nothing of the one that is. */
function answerOf(
  { status, retryAfterMs, isAborted }: CallResult,
  standing: Endpoint | undefined,
  called: Endpoint,
): LaneAnswer {
  const isTaken = status !== undefined && status >= 200 && status < 300
  const isMoved = standing !== undefined && standing.row.url !== called.row.url
  if (isAborted || (isMoved && !isTaken)) return { kind: 'aborted' }
  if (status === undefined) return { kind: 'failed' }
  if (retryAfterMs === undefined) return { kind: 'answered', status }
  return { kind: 'answered', status, retryAfterMs }
}

/** Who is told of an erasure may answer with what is erased. */
function detailOf(
  { startedAt, latencyMs, status, answer, error }: CallResult,
  isErased: boolean,
): AttemptDetail {
  const at = startedAt.toISOString()
  const detail: AttemptDetail = { startedAt: at, latencyMs }
  if (status !== undefined) detail.status = status
  if (answer !== undefined && answer !== '' && !isErased) detail.answer = answer
  if (error !== undefined) detail.error = error
  return detail
}
