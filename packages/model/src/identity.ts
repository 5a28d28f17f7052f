import { hash } from 'node:crypto'
import { fold } from './fold.js'

/** NATS tokens, KV keys and BullMQ job ids all take these; a space or `:` breaks one of them. */
const tokenPattern = /^[A-Za-z0-9_-]{1,128}$/
const tokenCharsMax = 128
const hashCharsKept = 22

/** SHA-256 as base64url, cut to 22 characters (131 bits). */
export function shortHash(...parts: readonly string[]): string {
  // The length before each part keeps ['ab', 'c'] and ['a', 'bc'] apart.
  const text = parts.map((part) => `${part.length}:${part}`).join('')
  return hash('sha256', text, 'base64url').slice(0, hashCharsKept)
}

/**
 * A name that is safe as a NATS token, KV key and BullMQ job id: `[A-Za-z0-9_-]`, ≤ 128 characters.
 * What had to be changed carries a hash of the original, so that two names never meet in one token.
 */
export function toToken(name: string): string {
  if (tokenPattern.test(name)) return name
  const safe = name.replace(/[^A-Za-z0-9_-]+/g, '-')
  const hash = shortHash(name)
  return `${safe.slice(0, tokenCharsMax - hashCharsKept - 1)}-${hash}`
}

/** The id of an item whose wire gave it an id of its own: `na-5123456`. */
export function itemIdOf(wire: string, wireId: string): string {
  return toToken(`${wire}-${wireId}`)
}

/** The id of an item that came without one: a hash of wire, issuer, folded headline and date. */
export function itemIdFrom(item: {
  wire: string
  issuer: string
  headline: string
  /** `YYYY-MM-DD` as the release states it, or empty. */
  date: string
}): string {
  const hash = shortHash(item.wire, fold(item.issuer), fold(item.headline), item.date)
  return toToken(`${item.wire}-${hash}`)
}

export function uriOf(id: string): string {
  return `urn:newswire:${id}`
}

/** `webhook-id`: the same over attempts, crashes and replays of one revision at one endpoint. */
export function deliveryIdOf(endpoint: string, item: string, revision: string): string {
  return `msg_${shortHash(endpoint, item, revision)}`
}
