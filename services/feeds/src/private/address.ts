import { type HttpReply, Problem } from '@newswire/http'
import type { Access } from './access.js'

/** The parameter of an address that carries a token. */
export const tokenParameter = 'token'

/** Finds what a token opens; undefined where it is unknown or revoked. */
export interface TokenFinder {
  find(token: string): Promise<Access | undefined>
}

/** Who reads: the public without a token. */
export interface Reader {
  readonly token: string | undefined
  readonly access: Access | undefined
}

/** Headers of every answer to an address with a token, errors and redirects too. */
export const privateHeaders = {
  // No store at all: a cache that many share must not even hold it for the time of a check.
  'cache-control': 'private, no-store',
  // The address is the secret; a link that is followed must not hand it on.
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
} as const

/**
 * Who asks, by the token in the address. Sets the private headers where there is one, first of all.
 * A token that opens nothing is a 404 that says no more: never the public feed, in which the reader
 * would take the missing items for silence.
 */
export async function readerOf(
  query: URLSearchParams,
  reply: HttpReply,
  tokens: TokenFinder | undefined,
): Promise<Reader> {
  const token = query.get(tokenParameter) ?? undefined
  if (token === undefined) return { token, access: undefined }
  reply.headers(privateHeaders)
  return { token, access: await accessOf(token, tokens) }
}

/** What a token opens. Throws the Problem that says no more where it opens nothing. */
export async function accessOf(token: string, tokens: TokenFinder | undefined): Promise<Access> {
  const access = await tokens?.find(token)
  if (access === undefined) throw nothingHere()
  return access
}

/** A path or an address with the token as its last parameter. */
export function withToken(address: string, token: string | undefined): string {
  if (token === undefined) return address
  const joint = address.includes('?') ? '&' : '?'
  return `${address}${joint}${tokenParameter}=${encodeURIComponent(token)}`
}

function nothingHere(): Problem {
  return new Problem({
    status: 404,
    slug: 'nothing-here',
    title: 'There is nothing at this address',
    detail:
      'Check the address for missing characters, or ask whoever gave it to you for a new one.',
    headers: privateHeaders,
  })
}
