import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const secretBytes = 32
const idBytes = 8

/** A new key's text, `nw_<id>_<secret>`: it names its own row, so finding it is one lookup. */
export function newKeyText(): { id: string; key: string } {
  const id = randomBytes(idBytes).toString('hex')
  return { id, key: `nw_${id}_${randomBytes(secretBytes).toString('base64url')}` }
}

/** The row that a key would stand in. A key that somebody chose has its id from its hash. */
export function keyIdOf(key: string): string {
  return /^nw_([0-9a-f]{16})_/.exec(key)?.[1] ?? `own-${hashKey(key).slice(0, idBytes * 2)}`
}

/**
 * SHA-256 in hex. A fast hash is the right one here: a key of 256 random bits can't be guessed
 * however fast the guesses are, and every request is checked against it.
 */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

export function isKeyOf(key: string, hash: string): boolean {
  const given = Buffer.from(hashKey(key))
  const right = Buffer.from(hash)
  return given.length === right.length && timingSafeEqual(given, right)
}
