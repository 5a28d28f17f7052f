import {
  type HttpReply,
  type HttpRequest,
  Problem,
  publicLimit,
  type Routes,
  rawBody,
} from '@newswire/http'
import type { HubSubscription } from '@newswire/model'
import type { Metrics, SecretBox } from '@newswire/runtime'
import { intakeLimits } from '../limits.js'
import type { SourceRows } from '../sources/rows.js'
import { answerTo, readQuestion } from './confirm.js'
import { type ReceiveOptions, receive } from './receive.js'
import { isSigned } from './signature.js'
import { secretContext } from './subscriptions.js'

export interface WebSubRoutesOptions extends ReceiveOptions {
  readonly sources: SourceRows
  readonly secrets: SecretBox
  readonly metrics: Metrics
}

const path = '/websub/:id'
const feedTypes = [
  'application/rss+xml',
  'application/atom+xml',
  'application/rdf+xml',
  'application/feed+json',
  'application/json',
  'application/xml',
  'text/xml',
  'text/html',
  'text/plain',
  'application/octet-stream',
]
const schema = { hide: true }

/** The callbacks that hubs call: they confirm what we asked for, and push what is new. */
export function webSubRoutes(options: WebSubRoutesOptions): Routes {
  const pushes = options.metrics.counter({
    name: 'newswire_hub_pushes_total',
    help: 'What hubs pushed: taken, or ignored for its signature.',
    labels: ['result'],
  })
  return async (server) => {
    server.get(path, { config: publicLimit, schema }, (request, reply) =>
      confirm(request, reply, options),
    )
    await server.register(async (scope) => {
      rawBody(scope, feedTypes)
      scope.route({
        method: 'POST',
        url: path,
        config: publicLimit,
        bodyLimit: intakeLimits.pushBytesMax,
        schema,
        // Before the body is read: only who knows a callback may send a megabyte.
        onRequest: async (request) => void (await subscriptionOf(request, options)),
        handler: async (request, reply) => {
          const isTaken = await push(request, options)
          pushes.add(1, { result: isTaken ? 'taken' : 'ignored' })
          // The same answer to a wrong signature: REC WebSub 8 tells nobody how to guess.
          return reply.code(202).send()
        },
      })
    })
  }
}

async function confirm(
  request: HttpRequest,
  reply: HttpReply,
  options: WebSubRoutesOptions,
): Promise<HttpReply> {
  const { subscriptions, positions, clock, log } = options
  const row = await subscriptionOf(request, options)
  const question = readQuestion(request.query)
  const answer = answerTo(row, question, clock.now())
  log.info({ source: row.source, mode: question.mode, answer: answer.kind }, 'hub asked')
  if (answer.kind === 'refuse') throw unasked()
  if (answer.kind === 'ended') await subscriptions.delete(row.source)
  else {
    // Upon what stands: a push may have written its time meanwhile.
    await subscriptions.change(row.source, (standing) => {
      if (standing?.token !== row.token) return undefined
      const again = answerTo(standing, question, clock.now())
      return 'row' in again ? again.row : undefined
    })
  }
  if (answer.kind === 'denied') {
    // Nobody pushes: polls are more than the fallback again, from now on.
    await positions.change(row.source, ({ nextPollAt: _next, ...position }) => position)
    return reply.code(200).type('text/plain; charset=utf-8').send('')
  }
  return reply.code(200).type('text/plain; charset=utf-8').send(answer.challenge)
}

/** False where the body is not signed by our secret. */
async function push(request: HttpRequest, options: WebSubRoutesOptions): Promise<boolean> {
  const { sources, secrets, log } = options
  const subscription = await subscriptionOf(request, options)
  const source = await sources.get(subscription.source)
  if (!source?.enabled) throw unknown()
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const header = request.headers['x-hub-signature']
  const secret = secrets.open(subscription.secret, secretContext(source.id))
  if (!isSigned(body, Array.isArray(header) ? header[0] : header, secret)) {
    log.warn({ source: source.id }, 'hub push ignored: its signature is missing or wrong')
    return false
  }
  const contentType = request.headers['content-type']
  await receive({ source, subscription, body, contentType }, options)
  return true
}

async function subscriptionOf(
  request: HttpRequest,
  { subscriptions }: WebSubRoutesOptions,
): Promise<HubSubscription> {
  const { id } = request.params as { id: string }
  const row = await subscriptions.byCallback(id)
  if (row === undefined) throw unknown()
  return row
}

/** 410 lets a hub end what it still has for us. */
function unknown(): Problem {
  return new Problem({
    status: 410,
    slug: 'no-such-subscription',
    title: 'There is no such subscription',
    detail: 'It has ended; send nothing more here.',
  })
}

function unasked(): Problem {
  return new Problem({
    status: 404,
    slug: 'not-asked-for',
    title: 'Nobody asked for this',
    detail: 'Only what we have asked the hub for ourselves is confirmed: topic and mode as sent.',
  })
}
