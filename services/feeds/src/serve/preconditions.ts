import { parseHttpDate } from './http-date.js'

/** The request's fields, by Node's names. */
export interface ConditionFields {
  readonly 'if-match'?: string | undefined
  readonly 'if-none-match'?: string | undefined
  readonly 'if-modified-since'?: string | undefined
  readonly 'if-unmodified-since'?: string | undefined
}

/** Of the representation that would be sent. `etag` is strong and quoted. */
export interface Validators {
  readonly etag: string
  /** Undefined: no date says whether it changed. */
  readonly lastModified: Date | undefined
}

/**
 * What becomes of a GET or HEAD by its conditions, in the order of RFC 9110 §13.2.2: If-Match, else
 * If-Unmodified-Since; then If-None-Match, else If-Modified-Since. A list of tags is compared whole
 * for If-Match (strong) and without `W/` for If-None-Match (weak); `*` stands for any.
 */
export function evaluate(
  fields: ConditionFields,
  { etag, lastModified }: Validators,
): 'send' | 'not-modified' | 'failed' {
  // HTTP dates carry whole seconds.
  const modified =
    lastModified === undefined
      ? Number.POSITIVE_INFINITY
      : Math.floor(lastModified.getTime() / 1_000) * 1_000
  if (isFailed(fields, etag, modified)) return 'failed'
  const noneMatch = fields['if-none-match']
  if (noneMatch !== undefined) {
    return listed(noneMatch, etag, { isWeak: true }) ? 'not-modified' : 'send'
  }
  const since = dateOf(fields['if-modified-since'])
  return since !== undefined && modified <= since ? 'not-modified' : 'send'
}

function isFailed(fields: ConditionFields, etag: string, modified: number): boolean {
  const match = fields['if-match']
  if (match !== undefined) return !listed(match, etag, { isWeak: false })
  const since = dateOf(fields['if-unmodified-since'])
  return since !== undefined && modified > since
}

/** The tags of a list that are tags; what else it holds is passed over. */
export function entityTags(list: string): string[] {
  return list.match(/(?:W\/)?"[^"]*"/g) ?? []
}

function listed(list: string, etag: string, { isWeak }: { isWeak: boolean }): boolean {
  if (list.trim() === '*') return true
  return entityTags(list).some((tag) => (isWeak ? tag.replace(/^W\//, '') : tag) === etag)
}

/** What is no HTTP date is ignored (RFC 9110 §13.1.3). */
function dateOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseHttpDate(text, new Date().getUTCFullYear())
}
