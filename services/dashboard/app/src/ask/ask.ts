const typePrefix = 'urn:newswire:problem:'

export interface Told {
  /** HTTP status; 0 where no answer came. */
  readonly status: number
  /** The end of the problem's type; `no-answer` or `strange-answer` where none came. */
  readonly type: string
  readonly title: string
  readonly detail: string
  readonly members?: Readonly<Record<string, unknown>>
  readonly retrySeconds?: number | undefined
}

/** A refusal or a failure of the house (RFC 9457). `message` and `detail` are English. */
export class AskError extends Error {
  override readonly name = 'AskError'
  readonly status: number
  readonly type: string
  readonly detail: string
  readonly members: Readonly<Record<string, unknown>>
  /** When it can be tried again, where that was said. */
  readonly retrySeconds: number | undefined

  constructor({ status, type, title, detail, members = {}, retrySeconds }: Told) {
    super(title)
    this.status = status
    this.type = type
    this.detail = detail
    this.members = members
    this.retrySeconds = retrySeconds
  }
}

const strangers = new EventTarget()

/** Calls whenever the house does not know who asks: the session ended, or its key is revoked. */
export function onStranger(refused: () => void): () => void {
  strangers.addEventListener('refused', refused)
  return () => strangers.removeEventListener('refused', refused)
}

/** What a rejected promise brought, as an error that can be shown. */
export function asAskError(cause: unknown): AskError {
  if (cause instanceof AskError) return cause
  const broke = cause instanceof Error ? cause.message : String(cause)
  return new AskError({
    ...{ status: 0, type: 'own-page', title: 'Something broke on this page' },
    detail: `Load the page again. What broke: ${broke}`,
  })
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Sent as JSON. */
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** Asks the API of this house, with the session of the browser. AskError says what went wrong. */
export async function ask<T>(
  path: string,
  { method = 'GET', body, signal }: Asked = {},
): Promise<T> {
  const answer = await fetchFrom(path, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  })
  if (answer.status === 401) strangers.dispatchEvent(new Event('refused'))
  if (!answer.ok) throw await errorOf(answer)
  if (answer.status === 204) return undefined as T
  return (await answer.json()) as T
}

async function fetchFrom(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    const title = 'The house does not answer'
    throw new AskError({ status: 0, type: 'no-answer', title, detail: '' })
  }
}

async function errorOf(answer: Response): Promise<AskError> {
  const { status, headers } = answer
  const problem: unknown = await answer.json().catch(() => undefined)
  const members = isRecord(problem) ? problem : {}
  const of = (key: string) => (typeof members[key] === 'string' ? members[key] : '')
  if (of('title') === '') {
    const title = `The house answered with ${status}`
    return new AskError({ status, type: 'strange-answer', title, detail: '', members: { status } })
  }
  const type = of('type')
  const retryAfter = Number(headers.get('retry-after') || Number.NaN)
  return new AskError({
    ...{ status, members, detail: of('detail') },
    type: type.startsWith(typePrefix) ? type.slice(typePrefix.length) : '',
    title: of('title'),
    retrySeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
