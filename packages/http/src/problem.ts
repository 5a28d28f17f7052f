import type { ProblemShape } from './http.js'

export const problemMediaType = 'application/problem+json; charset=utf-8'

/** An answer that is an error: thrown anywhere in a handler, sent as problem+json. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly shape: ProblemShape

  constructor(shape: ProblemShape, options?: ErrorOptions) {
    super(shape.detail, options)
    this.shape = shape
  }
}

/** RFC 9457, section 3. `instance` is the request's id, as it stands in the log. */
export function problemDocument(shape: ProblemShape, requestId: string): string {
  const { status, slug, title, detail, extra } = shape
  const type = `urn:newswire:problem:${slug}`
  const instance = `urn:newswire:request:${requestId}`
  return JSON.stringify({ ...extra, type, title, status, detail, instance })
}

/** The document's shape, for the API description. */
export const problemSchema = {
  $id: 'Problem',
  type: 'object',
  description: 'An error (RFC 9457). `type` is stable; `detail` says what to do.',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: { type: 'string', examples: ['urn:newswire:problem:no-key'] },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'The id of the request.' },
    faults: {
      type: 'array',
      description: 'What is wrong with each field, where it is a field. `rule` is stable.',
      items: {
        type: 'object',
        properties: {
          field: { type: 'string' },
          rule: { type: 'string', examples: ['missing', 'too-long', 'wrong-form'] },
          limit: { type: 'number' },
          fault: { type: 'string' },
        },
      },
    },
  },
} as const
