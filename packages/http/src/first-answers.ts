import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import proxyAddr from '@fastify/proxy-addr'
import type { FastifyServerFactory } from 'fastify'
import type { HttpServer } from './http.js'
import { isLoopback } from './rate-limit.js'

/**
 * Answers a request before the server routes it, or says false and has not touched it. `mayAnswer`
 * counts it as one to a public route; where it says false the handler must too: the server refuses.
 */
export type FirstAnswer = (
  request: IncomingMessage,
  response: ServerResponse,
  mayAnswer: () => boolean,
) => boolean

/** For what is asked so often that routing would cost more than the answer: the hot feeds. */
export function answerFirst(server: HttpServer, answer: FirstAnswer): void {
  server.house.firstAnswers.push(answer)
}

interface Timeouts {
  readonly keepAliveTimeout?: number
  readonly requestTimeout?: number
  readonly connectionTimeout?: number
}

export interface FirstAnswersOptions {
  readonly answers: readonly FirstAnswer[]
  readonly takePublic: (ip: string) => boolean
}

/** The server's own listener, with the first answers before it. */
export function withFirstAnswers(options: FirstAnswersOptions): FastifyServerFactory<Server> {
  const { answers, takePublic } = options
  return (handler, timeouts) => {
    const { keepAliveTimeout, requestTimeout, connectionTimeout } = timeouts as Timeouts
    const server = createServer((request, response) => {
      const mayAnswer = () => takePublic(clientOf(request))
      for (const answer of answers) if (answer(request, response, mayAnswer)) return
      handler(request, response)
    })
    if (keepAliveTimeout !== undefined) server.keepAliveTimeout = keepAliveTimeout
    if (requestTimeout !== undefined) server.requestTimeout = requestTimeout
    if (connectionTimeout !== undefined) server.setTimeout(connectionTimeout)
    return server
  }
}

/** Who asks, as Fastify sees it with `trustProxy: loopback`. */
function clientOf(request: IncomingMessage): string {
  if (request.headers['x-forwarded-for'] === undefined) return request.socket.remoteAddress ?? ''
  return proxyAddr(request, isLoopback)
}
