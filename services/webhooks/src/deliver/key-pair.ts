import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'

const prefixes = { private: 'whsk_', public: 'whpk_' } as const
/** RFC 8410, section 7: PKCS #8 of an ed25519 key is this, and then its seed. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')
const seedBytes = 32
const publicBytes = 32

/**
 * An ed25519 key pair as text: `whsk_` and the base64 of seed and public key, as libsodium joins
 * them, and `whpk_` and the base64 of the public key.
 */
export interface KeyPair {
  readonly private: string
  readonly public: string
}

/** Standard Webhooks 1.0, "Signature scheme", asymmetric: `v1a`. */
export function newKeyPair(): KeyPair {
  const { privateKey } = generateKeyPairSync('ed25519')
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-seedBytes)
  const publicKey = publicBytesOf(privateKey)
  return {
    private: `${prefixes.private}${Buffer.concat([seed, publicKey]).toString('base64')}`,
    public: `${prefixes.public}${publicKey.toString('base64')}`,
  }
}

/** Throws where the text is no private key, or its two halves are not of one pair. */
export function privateKeyOf(text: string): KeyObject {
  const bytes = Buffer.from(text.slice(prefixes.private.length), 'base64')
  if (!text.startsWith(prefixes.private) || bytes.length !== seedBytes + publicBytes) throw noKey()
  const key = Buffer.concat([pkcs8Head, bytes.subarray(0, seedBytes)])
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  if (!publicBytesOf(privateKey).equals(bytes.subarray(seedBytes))) throw noKey()
  return privateKey
}

function publicBytesOf(privateKey: KeyObject): Buffer {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return der.subarray(-publicBytes)
}

function noKey(): Error {
  return new Error('What stands as the private key of a webhook is none.')
}
