import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const secretBytes = 32
const idChars = 16
const pattern = /^nwf_[\w-]{43}$/

/** A new token's text: 256 random bits, so that nobody can guess the address of a private feed. */
export function newTokenText(): string {
  return `nwf_${randomBytes(secretBytes).toString('base64url')}`
}

/** Whether a text can be a token at all: what can't is never looked up. */
export function isTokenText(text: string): boolean {
  return pattern.test(text)
}

/** SHA-256 in hex. A fast hash is the right one: nobody can try 256 random bits. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The row that a token stands in; it tells nothing of the token. */
export function tokenIdOf(token: string): string {
  return hashToken(token).slice(0, idChars)
}

export function isTokenId(text: string): boolean {
  return /^[0-9a-f]{16}$/.test(text)
}

export function isTokenOf(token: string, hash: string): boolean {
  const given = Buffer.from(hashToken(token))
  const right = Buffer.from(hash)
  return given.length === right.length && timingSafeEqual(given, right)
}
