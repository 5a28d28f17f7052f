import { BusDownError, FactTooLargeError, StreamFullError } from '@newswire/bus'
import type { FastifyError } from 'fastify'
import { faultsOfRoute, fieldOf } from './field-faults.js'
import type { HttpRequest, ProblemShape } from './http.js'
import { Problem } from './problem.js'

type Row = Omit<ProblemShape, 'slug'> & { readonly slug: string }
type Say = (error: FastifyError, request: HttpRequest) => Row

const busDownRetrySeconds = 5

/** What fastify's own errors are to the caller, by their code. */
const byCode: Readonly<Record<string, Say>> = {
  FST_ERR_VALIDATION: invalid,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: (_error, request) => unsupported(request),
  FST_ERR_CTP_BODY_TOO_LARGE: (_error, request) => ({
    status: 413,
    slug: 'too-large',
    title: 'The body is too large',
    detail: `Send at most ${request.routeOptions.bodyLimit} bytes.`,
    extra: { bytesMax: request.routeOptions.bodyLimit },
  }),
  FST_ERR_CTP_INVALID_JSON_BODY: () => brokenJson,
  FST_ERR_CTP_EMPTY_JSON_BODY: () => ({
    status: 400,
    slug: 'empty-body',
    title: 'The body is empty',
    detail: 'Send a JSON body, or leave the content-type header out.',
  }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => ({
    status: 400,
    slug: 'wrong-content-length',
    title: 'The body is not as long as announced',
    detail: 'Send a content-length that is the length of the body in bytes.',
  }),
}

const brokenJson: Row = {
  status: 400,
  slug: 'broken-json',
  title: 'The body is not JSON',
  detail: 'Send one JSON document in UTF-8; what came could not be parsed.',
}

/** Errors of the house that a caller can do something about: try again, or send less. */
const byName: Readonly<Record<string, Row>> = {
  [BusDownError.name]: {
    status: 503,
    slug: 'bus-down',
    title: 'The bus does not answer',
    detail: `Nothing was stored, and nothing is lost. Try again in ${busDownRetrySeconds} seconds.`,
    headers: { 'retry-after': String(busDownRetrySeconds) },
  },
  [StreamFullError.name]: {
    status: 507,
    slug: 'full',
    title: 'The store is full',
    detail: 'Nothing was stored. Raise STREAM_BYTES_MAX or shorten the RETENTION_ settings.',
  },
  [FactTooLargeError.name]: {
    status: 413,
    slug: 'too-large',
    title: 'The content is too large',
    detail: 'Nothing was stored. Send a smaller one.',
  },
}

/** What the caller is told; undefined where the fault is ours and goes into the log only. */
export function problemOf(error: unknown, request: HttpRequest): ProblemShape | undefined {
  if (error instanceof Problem) return error.shape
  if (!(error instanceof Error)) return undefined
  const ours = byName[error.name]
  if (ours !== undefined) return ours
  const fastifyError = error as FastifyError
  const say = byCode[fastifyError.code]
  if (say !== undefined) return say(fastifyError, request)
  const { statusCode } = fastifyError
  if (statusCode === undefined || statusCode < 400 || statusCode > 499) return undefined
  // The message of a fault in the request is fastify's own and holds nothing of ours.
  return {
    status: statusCode,
    slug: 'bad-request',
    title: 'Bad request',
    detail: `${error.message}.`,
  }
}

export const ownFault: ProblemShape = {
  status: 500,
  slug: 'own-fault',
  title: 'Something broke here',
  detail: 'The fault is ours and has been logged. Name the instance when you report it.',
}

export function notFound(request: HttpRequest): ProblemShape {
  return {
    status: 404,
    slug: 'not-found',
    title: 'Nothing is here',
    detail: `There is no ${request.method} at this address; see /api/openapi.json.`,
  }
}

function invalid(error: FastifyError): Row {
  const fault = error.validation?.[0]
  const context = error.validationContext ?? 'body'
  const field = fault ? fieldOf(fault) : ''
  const place = context === 'querystring' ? 'query' : context
  const subject = field === '' ? `The ${place}` : `\`${field}\` in the ${place}`
  return {
    status: context === 'body' ? 422 : 400,
    slug: context === 'body' ? 'invalid-body' : 'invalid-request',
    title: `The ${place} is not as it must be`,
    detail: `${subject} ${whatIsWrong(fault)}.`,
    extra: { in: place, field, faults: faultsOfRoute(error.validation) },
  }
}

function whatIsWrong(fault: NonNullable<FastifyError['validation']>[number] | undefined): string {
  if (fault?.keyword === 'required') return 'is missing'
  if (fault?.keyword === 'additionalProperties') return 'is not known; leave it out'
  if (fault?.keyword === 'enum') return `must be one of ${words(fault.params['allowedValues'])}`
  return fault?.message ?? 'is not valid'
}

function words(values: unknown): string {
  return Array.isArray(values) ? values.join(', ') : ''
}

function unsupported(request: HttpRequest): Row {
  const { server } = request
  const accepted = [...server.house.mediaTypes].filter((type) => server.hasContentTypeParser(type))
  return {
    status: 415,
    slug: 'unsupported-media-type',
    title: 'This media type is not taken here',
    detail: `Send one of these as content-type: ${accepted.join(', ')}.`,
    extra: { accepted },
    headers: { accept: accepted.join(', ') },
  }
}
