import { setTimeout as delay } from 'node:timers/promises'
import { type House, Refusal } from '../house/index.js'
import { createEventReader, type StreamEvent } from './event-stream.js'

export interface LiveOptions {
  readonly house: House
  /** Told when events come again, and when they stop, with the reason. */
  readonly onState: (state: 'open' | 'broken', reason: string) => void
}

/** This house has no live stream: it is older than the stream. */
export class NoLiveError extends Error {
  override readonly name = 'NoLiveError'
}

const path = '/api/v1/live'
const waitMs = { first: 500, max: 15_000 } as const

/**
 * Events of the house, for ever: a connection that is lost is opened again and goes on after the
 * last event that came. Ends with the house's signal; throws NoLiveError where there is no stream.
 */
export async function* liveEvents({ house, onState }: LiveOptions): AsyncGenerator<StreamEvent> {
  const place: Place = { lastEventId: '', waitMs: waitMs.first }
  while (!house.signal.aborted) {
    let reason = 'The connection has ended.'
    try {
      yield* connection(house, place, () => onState('open', ''))
    } catch (error) {
      if (house.signal.aborted) return
      if (error instanceof NoLiveError || isFinal(error)) throw error
      reason = (error as Error).message
    }
    onState('broken', reason)
    await delay(place.waitMs, undefined, { signal: house.signal }).catch(() => undefined)
    place.waitMs = Math.min(place.waitMs * 2, waitMs.max)
  }
}

/** Where the stream goes on, and after which pause. */
interface Place {
  lastEventId: string
  waitMs: number
}

async function* connection(
  house: House,
  place: Place,
  onOpen: () => void,
): AsyncGenerator<StreamEvent> {
  const answer = await opened(house, place.lastEventId)
  const reader = createEventReader(place.lastEventId)
  onOpen()
  for await (const part of textOf(answer)) {
    for (const event of reader.take(part)) {
      place.lastEventId = event.lastEventId
      place.waitMs = Math.min(reader.retryMs() ?? waitMs.first, waitMs.max)
      yield event
    }
  }
}

async function opened(house: House, lastEventId: string): Promise<Response> {
  const resume = lastEventId === '' ? {} : { 'last-event-id': lastEventId }
  const headers = { accept: 'text/event-stream', ...resume }
  const answer = await house.open(path, { headers })
  const isStream = /^text\/event-stream\b/.test(answer.headers.get('content-type') ?? '')
  if (answer.ok && isStream) return answer
  await answer.body?.cancel()
  if (answer.status === 404 || answer.ok) throw new NoLiveError(`${house.url} has no ${path}.`)
  throw new Refusal(`${house.url} refuses the live stream with ${answer.status}: check the key.`, {
    ...{ status: answer.status, problem: {}, retryAfterMs: undefined },
  })
}

/** Who may not read it will not be let in later. */
function isFinal(error: unknown): boolean {
  return error instanceof Refusal && [400, 401, 403].includes(error.status)
}

async function* textOf(answer: Response): AsyncGenerator<string> {
  if (answer.body === null) return
  const decoder = new TextDecoder()
  for await (const bytes of answer.body as AsyncIterable<Uint8Array>) {
    yield decoder.decode(bytes, { stream: true })
  }
}
