import { type Reply, type SeenRequest, startWeb } from './web.js'

/** Gives an answer, or nothing for the usual one. */
export type Answer = (request: SeenRequest) => Reply | undefined | Promise<Reply | undefined>

/** A webhook receiver that keeps what it gets. */
export interface Catcher extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** In the order of arrival, `webhook.verify` among them. */
  readonly requests: SeenRequest[]
  /** Those whose event is not `webhook.verify`, read as JSON. */
  events(): CaughtEvent[]
  /** From now on answers are taken from here; `undefined` returned means the usual answer. */
  answer(fn: Answer): void
  stop(): Promise<void>
}

export interface CaughtEvent {
  readonly type: string
  readonly timestamp: string
  readonly data: Readonly<Record<string, unknown>>
  readonly request: SeenRequest
}

/** Answers `webhook.verify` with its challenge and everything else with 204. */
export async function startCatcher(): Promise<Catcher> {
  const requests: SeenRequest[] = []
  let script: Answer = () => undefined
  const { url, port, stop } = await startWeb(async (request) => {
    requests.push(request)
    return (await script(request)) ?? usualAnswer(request)
  })
  return {
    url,
    port,
    requests,
    events: () => requests.map(eventIn).filter((event) => event !== undefined),
    answer(fn) {
      script = fn
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function usualAnswer({ body }: SeenRequest): Reply {
  const event = parse(body)
  if (event?.['type'] !== 'webhook.verify') return { status: 204 }
  const { challenge } = event['data'] as { challenge: string }
  return {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ challenge }),
  }
}

function eventIn(request: SeenRequest): CaughtEvent | undefined {
  const event = parse(request.body)
  if (event === undefined || event['type'] === 'webhook.verify') return undefined
  return { ...(event as unknown as CaughtEvent), request }
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
