import { randomBytes } from 'node:crypto'
import type { Outbound } from '@newswire/http'
import {
  type HttpReply,
  type HttpRequest,
  Problem,
  type ProblemShape,
  publicLimit,
  type Routes,
  rawBody,
} from '@newswire/http'
import type { JobQueue } from '@newswire/jobs'
import type { FeedSubscription, HubPending } from '@newswire/model'
import type { Clock, Log, SecretBox } from '@newswire/runtime'
import type { HubLimits } from './limits.js'
import { type HubRequest, readRequest } from './request.js'
import { type Subscriptions, secretContext, subscriptionKey } from './subscriptions.js'
import type { Topics } from './topics.js'

export interface HubRoutesOptions {
  readonly subscriptions: Subscriptions
  readonly topics: Topics
  readonly queue: JobQueue
  readonly outbound: Pick<Outbound, 'refusal'>
  readonly secrets: SecretBox
  readonly publicUrl: string
  readonly clock: Clock
  readonly log: Log
  readonly limits: HubLimits
}

const formType = 'application/x-www-form-urlencoded'
const textType = 'text/plain; charset=utf-8'
const fullRetrySeconds = 3_600

/** `POST /hub`: the hub of our own feeds (REC WebSub 5.1). Errors are plain text, as it advises. */
export function hubRoutes(options: HubRoutesOptions): Routes {
  return (server) => {
    server.register(async (scope) => {
      scope.removeAllContentTypeParsers()
      rawBody(scope, [formType])
      scope.setErrorHandler((error, _request, reply) => {
        const shape = shapeOf(error)
        // What is no fault of the request is told and logged as everywhere.
        if (shape === undefined) throw error
        return sendText(reply.headers(shape.headers ?? {}), shape.status, shape.detail)
      })
      scope.post(
        '/hub',
        {
          config: publicLimit,
          bodyLimit: options.limits.formBytesMax,
          schema: description,
          // The form is read by hand: its faults are plain text, and a schema only describes it.
          validatorCompiler: () => () => true,
        },
        (request, reply) => take(request, reply, options),
      )
    })
  }
}

async function take(
  request: HttpRequest,
  reply: HttpReply,
  options: HubRoutesOptions,
): Promise<HttpReply> {
  // Without a body there may be no content type either.
  if (!Buffer.isBuffer(request.body)) throw unsupported()
  const form = new URLSearchParams(request.body.toString('utf8'))
  const asked = readRequest(form, options)
  if (asked.mode === 'publish') {
    return sendText(reply, 202, 'Thank you. This hub knows of changes by itself.')
  }
  const refusal = await options.outbound.refusal(asked.callback)
  if (refusal !== undefined) throw badCallback(refusal)
  await keep(asked, options)
  return sendText(reply, 202, 'The request is taken. Your callback is asked to confirm it next.')
}

/** The row first: what is answered 202 is asked for, whatever becomes of this process. */
async function keep(
  asked: Exclude<HubRequest, { mode: 'publish' }>,
  { subscriptions, topics, queue, secrets, clock, log, limits }: HubRoutesOptions,
): Promise<void> {
  const { callback, mode, topic, leaseSeconds, secret } = asked
  const { path } = asked.address
  const key = subscriptionKey(path, callback)
  if (topics.size >= limits.subscriptionsMax && !topics.rows().has(key)) throw full()
  const now = clock.now().toISOString()
  const pending: HubPending = {
    id: randomBytes(9).toString('base64url'),
    ...{ mode, topic, leaseSeconds, askedAt: now, dueAt: now, tries: 0 },
    ...(secret === undefined ? {} : { secret: secrets.seal(secret, secretContext(key)) }),
  }
  await subscriptions.change(key, (row: FeedSubscription = { path, callback }) => ({
    ...row,
    pending,
  }))
  try {
    // A job that waits for an older request's next try gives way.
    await queue.remove(key)
    await queue.add({ key, data: {} })
  } catch (error) {
    log.warn({ err: error }, 'hub job not written; the reconciler makes it')
  }
}

function shapeOf(error: unknown): ProblemShape | undefined {
  if (error instanceof Problem) return error.shape
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  const { statusCode: status, message } = error
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined
  if (status === 415) return unsupported().shape
  return { status, slug: 'bad-hub-request', title: 'Bad request', detail: `${message}.` }
}

function sendText(reply: HttpReply, status: number, sentence: string): HttpReply {
  return reply.code(status).type(textType).header('cache-control', 'no-store').send(sentence)
}

function unsupported(): Problem {
  return new Problem({
    status: 415,
    slug: 'unsupported-media-type',
    title: 'This media type is not taken here',
    detail: `Send a form: content-type ${formType}.`,
    headers: { accept: formType },
  })
}

function badCallback(refusal: string): Problem {
  return new Problem({
    status: 400,
    slug: 'bad-callback',
    title: 'The callback cannot be called',
    detail: `hub.callback cannot be called. ${refusal}`,
  })
}

function full(): Problem {
  return new Problem({
    status: 503,
    slug: 'hub-full',
    title: 'The hub is full',
    detail: 'The hub takes no more subscriptions now. Poll the feed, and try again later.',
    headers: { 'retry-after': String(fullRetrySeconds) },
  })
}

const field = (text: string) => ({ type: 'string', description: text })
const plain = (text: string) => ({
  description: text,
  content: { 'text/plain': { schema: { type: 'string' } } },
})

const description = {
  tags: ['feeds'],
  summary: 'Subscribe to a feed, or end a subscription (W3C WebSub)',
  description: `A form (\`${formType}\`) with \`hub.mode\` (subscribe, unsubscribe or publish), \`hub.topic\` (the address of a feed), \`hub.callback\` and, if wanted, \`hub.lease_seconds\` and \`hub.secret\` (less than 200 bytes). The callback is asked to confirm by a GET with \`hub.challenge\`. From then on it gets the whole feed by POST whenever the feed changes, signed by \`X-Hub-Signature: sha256=…\` where there is a secret. Other parameters are ignored.`,
  consumes: [formType],
  body: {
    type: 'object',
    required: ['hub.mode'],
    properties: {
      'hub.mode': { type: 'string', enum: ['subscribe', 'unsubscribe', 'publish'] },
      'hub.topic': field('The address of a feed, as its link rel=self has it.'),
      'hub.callback': field('The address that is asked, and sent to.'),
      'hub.lease_seconds': field('How long the subscription is wanted for; ten days without it.'),
      'hub.secret': field('Less than 200 bytes; what is sent is signed with it.'),
    },
  },
  response: {
    202: plain('Taken; the callback is asked to confirm.'),
    400: plain('What is wrong with the request.'),
    413: plain('The body is too large.'),
    415: plain('The body is no form.'),
    429: plain('Too many requests; Retry-After says when to come again.'),
    503: plain('No more subscriptions are taken now.'),
  },
}
