import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import { type Clock, type Log, type Metrics, systemClock } from '@newswire/runtime'
import fastify, { type FastifyBaseLogger, type FastifyServerOptions, LogController } from 'fastify'
import { addErrorAnswers, answerBrokenRequest, sendProblem } from './error-answers.js'
import { type FirstAnswer, withFirstAnswers } from './first-answers.js'
import './house.js'
import type { HttpServer, KeyRing } from './http.js'
import { defaultLimits, pathParameterLengthMax, type ServerLimits } from './limits.js'
import { observeRequests } from './observe-requests.js'
import { describeApi } from './openapi.js'
import { ownFault, problemOf } from './problem-of.js'
import { createLimiters } from './rate-limit.js'
import { putGuardsFirst } from './route-guards.js'
import { buildValidator } from './schema-of.js'
import { addSecurityHeaders } from './security-headers.js'
import { createSessions } from './session.js'
import { addStatusRoutes, type Health } from './status-routes.js'

export interface ServerOptions {
  readonly log: Log
  readonly metrics: Metrics
  readonly keyRing: KeyRing
  /** Asked at each `/health`. */
  readonly health: () => Promise<Health>
  /** What session cookies are signed with; another one ends all sessions. */
  readonly cookieSecret: string
  /** The address under which browsers know this server; https makes cookies Secure. */
  readonly publicUrl?: string
  readonly limits?: Partial<ServerLimits>
  readonly title?: string
  readonly version?: string
  readonly clock?: Clock
}

/** A server with everything but the rooms' routes; see `listen`. */
export async function createServer(options: ServerOptions): Promise<HttpServer> {
  const { log, metrics, keyRing, health, cookieSecret, publicUrl, clock = systemClock } = options
  const limits = { ...defaultLimits, ...options.limits }
  const limiters = createLimiters(limits, () => clock.now().getTime())
  const firstAnswers: FirstAnswer[] = []
  const server: HttpServer = fastify({
    ...fastifyOptions(log, limits),
    serverFactory: withFirstAnswers({ answers: firstAnswers, takePublic: limiters.takePublic }),
  })
  const isSecure = publicUrl?.startsWith('https:') ?? false
  server.decorate('house', {
    keyRing,
    sessions: createSessions({ secret: cookieSecret, isSecure, msMax: limits.sessionMsMax, clock }),
    limits,
    publicUrl,
    firstAnswers,
    calls: [],
    mediaTypes: new Set(['application/json']),
  })
  // Each room says which texts it takes; anything else is a 415.
  server.removeContentTypeParser('text/plain')
  // Answers are sent whole: a response schema describes, and does not cut fields off.
  server.setSerializerCompiler(() => (data) => JSON.stringify(data))
  addErrorAnswers(server)
  addSecurityHeaders(server)
  observeRequests(server, metrics)
  await server.register(cookie)
  putGuardsFirst(server, limiters.guards)
  await describeApi(server, {
    title: options.title ?? 'Newswire',
    version: options.version ?? '0.1.0',
    ...(publicUrl === undefined ? {} : { publicUrl }),
  })
  addStatusRoutes(server, { metrics, health })
  return server
}

function fastifyOptions(log: FastifyBaseLogger, limits: ServerLimits) {
  return {
    loggerInstance: log,
    // The usual request lines carry whole addresses, and those may carry tokens.
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    genReqId: () => randomBytes(8).toString('hex'),
    requestIdHeader: false,
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: limits.requestMsMax,
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: pathParameterLengthMax },
    schemaController: { compilersFactory: { buildValidator } },
    frameworkErrors: (error, request, reply) => {
      sendProblem(reply, problemOf(error, request) ?? ownFault)
    },
    clientErrorHandler: (error: Error & { code?: string }, socket: Socket) =>
      answerBrokenRequest(error, socket),
  } satisfies FastifyServerOptions
}
