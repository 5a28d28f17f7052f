import type { z } from 'zod'
import { TerminalError } from '../terminal-error.js'
import { Refusal, refusalOf } from './refusal.js'

export interface HouseOptions {
  /** Without a slash at the end. */
  readonly url: string
  readonly key?: string | undefined
  /** Ends everything that is asked: Ctrl-C. */
  readonly signal: AbortSignal
}

export interface Request {
  readonly query?: URLSearchParams | undefined
  /** Sent as JSON. */
  readonly body?: object
  /** Sent as they are, with their content type. */
  readonly bytes?: { readonly type: string; readonly data: Uint8Array }
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds until the answer is whole. */
  readonly withinMs?: number
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** A Newswire, by its HTTP API. */
export interface House {
  readonly url: string
  readonly signal: AbortSignal
  /**
   * Asks and reads the answer by its schema. Rejects with Refusal where the house says no, with
   * TerminalError where it can't be reached or says what nobody understands.
   */
  ask<S extends z.ZodType>(
    method: Method,
    path: string,
    schema: S,
    request?: Request,
  ): Promise<z.output<S>>
  /** The open answer of a stream, whatever its status; the caller reads and ends it. */
  open(path: string, request?: Pick<Request, 'query' | 'headers'>): Promise<Response>
}

const answerWithinMs = 60_000
const answerCharsMax = 64 * 1_024 * 1_024

export function createHouse({ url, key, signal }: HouseOptions): House {
  const init = initOf(key)
  async function send(method: Method, path: string, request: Request, ends: AbortSignal) {
    const search = request.query?.toString() ?? ''
    const address = `${url}${path}${search === '' ? '' : `?${search}`}`
    return fetch(address, { ...init(request), method, signal: ends })
  }

  return {
    url,
    signal,
    async ask(method, path, schema, request = {}) {
      const ends = AbortSignal.any([
        signal,
        AbortSignal.timeout(request.withinMs ?? answerWithinMs),
      ])
      try {
        const answer = await send(method, path, request, ends)
        const text = await answer.text()
        const said = text.length > answerCharsMax ? undefined : jsonIn(text)
        if (!answer.ok) throw refusalOf(answer, said, { url, hasKey: key !== undefined })
        const read = schema.safeParse(said)
        if (read.success) return read.data
        throw new TerminalError(
          `${url} answers ${path} in words that this terminal does not know: is it a Newswire, and of the same version?`,
          { cause: read.error },
        )
      } catch (error) {
        throw reached(error, url, signal)
      }
    },
    open: (path, { query, headers = {} } = {}) =>
      send('GET', path, { query, headers }, signal).catch((error: unknown) => {
        throw reached(error, url, signal)
      }),
  }
}

function initOf(key: string | undefined) {
  const own = key === undefined ? {} : { authorization: `Bearer ${key}` }
  // A key is for this house: what sends us elsewhere does not get it.
  const redirect = key === undefined ? 'follow' : 'manual'
  return ({ body, bytes, headers }: Request): RequestInit => {
    const payload = bytes ?? (body && { type: 'application/json', data: JSON.stringify(body) })
    const type = payload === undefined ? {} : { 'content-type': payload.type }
    return {
      redirect,
      headers: { accept: 'application/json', ...own, ...type, ...headers },
      ...(payload === undefined ? {} : { body: payload.data }),
    }
  }
}

/** What went wrong before there was an answer, as a sentence. */
function reached(error: unknown, url: string, signal: AbortSignal): unknown {
  if (signal.aborted || error instanceof TerminalError || error instanceof Refusal) return error
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new TerminalError(
      `${url} does not answer in time: look whether it is well, and try again.`,
      {
        cause: error,
      },
    )
  }
  const { cause } = error as { cause?: { code?: unknown; message?: unknown } }
  const reason = String(cause?.code ?? cause?.message ?? (error as Error).message)
  return new UnreachableError(
    `No Newswire can be reached at ${url} (${reason}): start one with \`npm start\`, or name its address with --url or NEWSWIRE_URL.`,
    { cause: error },
  )
}

/** There was no whole answer: whoever asks again may get one. */
export class UnreachableError extends TerminalError {}

function jsonIn(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return undefined
  }
}
