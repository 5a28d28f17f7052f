import { createHmac, timingSafeEqual } from 'node:crypto'

const methods = new Set(['sha1', 'sha256', 'sha384', 'sha512'])

/** Whether `X-Hub-Signature` is the body's by this secret (REC WebSub 7.1, 8), in constant time. */
export function isSigned(body: Uint8Array, header: string | undefined, secret: string): boolean {
  const [, method = '', hex = ''] = /^\s*(\w{1,10})=([\da-f]{1,128})\s*$/i.exec(header ?? '') ?? []
  if (!methods.has(method.toLowerCase())) return false
  const expected = createHmac(method.toLowerCase(), secret).update(body).digest()
  const given = Buffer.from(hex, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
