import type { Dispatcher } from 'undici'
import { type BodyReader, createBodyReader, isKnownEncoding, type ReadBody } from './body-reader.js'
import type { Deadline } from './deadline.js'
import { OutboundError, outboundErrorOf } from './errors.js'
import { isRedirect } from './redirect.js'
import type { Target } from './target.js'

/** One request, without redirects. */
export interface Call {
  readonly target: Target
  readonly method: 'GET' | 'POST' | 'HEAD'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | undefined
  readonly bytesMax: number
  readonly overflow: 'truncate' | 'refuse'
  /** A redirect's own body is not wanted. */
  readonly followsRedirects: boolean
  /** Its reason is what the call fails with. */
  readonly deadline: Deadline
}

export interface Hop extends ReadBody {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

interface HowToRead {
  readonly encoding: string
  readonly bytesMax: number
  readonly overflow: 'truncate' | 'refuse'
}

/** What is read of a redirect's body to keep its connection in use. */
const passedBytesMax = 64 * 1024

type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>

/** Sends one request and reads its answer, up to the limit. */
export function exchange(dispatcher: Dispatcher, call: Call): Promise<Hop> {
  return new Promise((resolve, reject) => {
    const state = new Exchange(call, { resolve, reject })
    if (call.deadline.reason) return state.fail(call.deadline.reason)
    try {
      dispatcher.dispatch(dispatchOptions(call), state)
    } catch (error) {
      state.fail(error)
    }
  })
}

function dispatchOptions({ target, method, headers, body }: Call): Dispatcher.DispatchOptions {
  const { origin, path } = target
  return body === undefined
    ? { origin, path, method, headers }
    : { origin, path, method, headers, body }
}

interface Outcome {
  readonly resolve: (hop: Hop) => void
  readonly reject: (error: Error) => void
}

/**
 * Takes undici's callbacks directly: its streams and its own signal only come to life once a
 * connection stands, and the time for a connection counts too.
 */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #call: Call
  readonly #outcome: Outcome
  #controller: Dispatcher.DispatchController | undefined
  #reader: BodyReader | undefined
  #isDone = false

  constructor(call: Call, outcome: Outcome) {
    this.#call = call
    this.#outcome = outcome
    call.deadline.listen((reason) => this.fail(reason))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#isDone) this.#letGo()
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: AnswerHeaders,
  ): void {
    // 100 Continue and 103 Early Hints come before the answer.
    if (status < 200 || this.#isDone) return
    const flat = flatHeaders(headers)
    const head = { status, headers: flat }
    if (this.#call.followsRedirects && isRedirect(head)) {
      this.#read(head, { encoding: 'identity', bytesMax: passedBytesMax, overflow: 'truncate' })
      return
    }
    const { bytesMax, overflow } = this.#call
    const encoding = encodingOf(flat)
    const announced = this.#call.method === 'HEAD' ? 0 : Number(flat['content-length'] ?? 0)
    if (!isKnownEncoding(encoding)) this.#unreadable(head, this.#unknown(encoding))
    else if (announced > bytesMax && overflow === 'refuse' && encoding === 'identity') {
      this.fail(this.#tooLarge())
    } else this.#read(head, { encoding, bytesMax, overflow })
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#isDone && this.#reader?.write(chunk) === false) controller.pause()
  }

  onResponseEnd(): void {
    if (!this.#isDone) this.#reader?.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error)
  }

  fail(error: unknown): void {
    if (this.#isDone) return
    this.#isDone = true
    this.#outcome.reject(outboundErrorOf(error, this.#call.target.hostname))
    this.#letGo()
  }

  #read({ status, headers }: Omit<Hop, keyof ReadBody>, how: HowToRead): void {
    this.#reader = createBodyReader(how.encoding, {
      bytesMax: how.bytesMax,
      onBody: (read) => {
        if (read.isCut && how.overflow === 'refuse') this.fail(this.#tooLarge())
        else this.#succeed({ status, headers, body: read.body, isCut: read.isCut })
      },
      onError: (error) => this.#unreadable({ status, headers }, this.#broken(how.encoding, error)),
      onDrain: () => this.#controller?.resume(),
    })
  }

  /** Who takes a part of a body can do without: its status says what became of the request. */
  #unreadable(head: Omit<Hop, keyof ReadBody>, error: OutboundError): void {
    if (this.#call.overflow === 'refuse') this.fail(error)
    else this.#succeed({ ...head, body: new Uint8Array(), isCut: true })
  }

  #succeed(hop: Hop): void {
    if (this.#isDone) return
    this.#isDone = true
    this.#outcome.resolve(hop)
    if (hop.isCut) this.#letGo()
  }

  /** The rest of the answer is not wanted: the connection goes with it. */
  #letGo(): void {
    this.#reader?.drop()
    if (this.#controller?.aborted === false) this.#controller.abort(new Error('let go'))
  }

  #tooLarge(): OutboundError {
    const { target, bytesMax } = this.#call
    const say = `${target.hostname} answered with more than ${bytesMax} bytes.`
    return new OutboundError('too-large', say)
  }

  #unknown(encoding: string): OutboundError {
    const { hostname } = this.#call.target
    const say = `${hostname} answered in an encoding that is not known (${encoding}).`
    return new OutboundError('encoding', say)
  }

  #broken(encoding: string, cause: Error): OutboundError {
    const say = `${this.#call.target.hostname} answered with ${encoding} that can't be decoded.`
    return new OutboundError('encoding', say, { cause })
  }
}

function encodingOf(headers: Readonly<Record<string, string>>): string {
  return (headers['content-encoding'] ?? '').trim().toLowerCase() || 'identity'
}

function flatHeaders(headers: AnswerHeaders): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined)
      flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}
