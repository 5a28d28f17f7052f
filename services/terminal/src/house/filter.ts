import { UsageError } from '../terminal-error.js'

const keys = ['region', 'topic', 'lang', 'source', 'issuer', 'q']

/**
 * A filter as people type it, `region=CN lang=de` or `'region=CN&lang=de'`, as a query. Which codes
 * there are the house knows; a key that there is not is told here.
 */
export function readFilter(parts: readonly string[]): URLSearchParams {
  const query = new URLSearchParams()
  for (const part of parts) {
    const text = part.replace(/^\?/, '')
    // A phrase may hold spaces and a plus: only what is written as an address is decoded as one.
    for (const [key, value] of text.includes('&') ? new URLSearchParams(text) : [pairOf(text)]) {
      check(key, part)
      query.append(key, value)
    }
  }
  return query
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function check(key: string, part: string): void {
  if (part.includes('=') && keys.includes(key.replace(/^not\./, ''))) return
  throw new UsageError(
    `"${part}" is no part of a filter: write key=value with ${keys.join(', ')} or not.<key>, such as region=CN q=hydrogen.`,
  )
}
