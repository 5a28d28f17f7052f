import type { Socket } from 'node:net'
import { finished } from 'node:stream'
import type { HttpReply, HttpRequest, HttpServer, ProblemShape } from './http.js'
import { problemDocument, problemMediaType } from './problem.js'
import { notFound, ownFault, problemOf } from './problem-of.js'

/** How much of a refused body is still read, as a multiple of what is taken. */
const drainFactorMax = 4
/** Read on from a refused body at least, whatever the route takes. */
const drainBytesMin = 32 * 1_048_576
const drainMsMax = 5_000

/** Every error becomes problem+json; our own faults are logged, once, and keep their details. */
export function addErrorAnswers(server: HttpServer): void {
  server.setErrorHandler(async (error, request, reply) => {
    const shape = problemOf(error, request) ?? ownFault
    if (shape.status >= 500) {
      const { method } = request
      const route = request.routeOptions.url
      request.log.error({ err: error, method, route }, 'request failed')
    }
    if (shape.status === 413) await drain(request)
    return sendProblem(reply, shape)
  })
  server.setNotFoundHandler(async (request, reply) => sendProblem(reply, notFound(request)))
}

export function sendProblem(reply: HttpReply, shape: ProblemShape): HttpReply {
  return reply
    .code(shape.status)
    .headers({ 'cache-control': 'no-store', ...shape.headers })
    .type(problemMediaType)
    .send(problemDocument(shape, reply.request.id))
}

/**
 * Reads on what the client is still sending, within limits: most clients only look at the answer
 * when they are done, and closing earlier resets the connection and loses it.
 */
function drain({ raw, routeOptions }: HttpRequest): Promise<void> {
  let bytesLeft = Math.max(routeOptions.bodyLimit * drainFactorMax, drainBytesMin)
  return new Promise((resolve) => {
    const timer = setTimeout(done, drainMsMax)
    const forget = finished(raw, { writable: false }, done)
    function done(): void {
      clearTimeout(timer)
      forget()
      raw.off('data', onData)
      resolve()
    }
    function onData(chunk: Buffer): void {
      bytesLeft -= chunk.byteLength
      if (bytesLeft < 0) done()
    }
    raw.on('data', onData)
    raw.resume()
  })
}

const brokenRequests: Readonly<Record<string, ProblemShape>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    slug: 'headers-too-large',
    title: 'The headers are too large',
    detail: 'Send less than 16 kB of headers.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    slug: 'too-slow',
    title: 'The request did not arrive in time',
    detail: 'Send the whole request within the time limit.',
  },
}

const brokenRequest: ProblemShape = {
  status: 400,
  slug: 'broken-request',
  title: 'This is not HTTP',
  detail: 'Send a request as RFC 9112 has it.',
}

/** For what could not even be read as a request: nothing of the server exists for it yet. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const shape = brokenRequests[error.code ?? ''] ?? brokenRequest
  const body = problemDocument(shape, 'none')
  socket.end(
    [
      `HTTP/1.1 ${shape.status} ${shape.title}`,
      `content-type: ${problemMediaType}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
