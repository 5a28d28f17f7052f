import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const cipherName = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16
const keyBytes = 32
const keyCharsMin = 32

/**
 * Keeps secrets at rest. `context` binds a sealed text to its place: elsewhere it can't be opened.
 */
export interface SecretBox {
  seal(text: string, context: string): string
  /** Throws where the key, the context or the sealed text is another. */
  open(sealed: string, context: string): string
}

/** AES-256-GCM (NIST SP 800-38D) with a key made by HKDF-SHA256 (RFC 5869) from `SECRETS_KEY`. */
export function createSecretBox(secretsKey: string): SecretBox {
  if (secretsKey.length < keyCharsMin) {
    throw new Error(`SECRETS_KEY is too short. Use ${keyCharsMin} random characters or more.`)
  }
  const key = Buffer.from(hkdfSync('sha256', secretsKey, '', 'newswire webhook secrets', keyBytes))
  return {
    seal(text, context) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv(cipherName, key, iv).setAAD(Buffer.from(context))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `v1.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`
    },
    open(sealed, context) {
      const [version, content = ''] = sealed.split('.')
      const bytes = Buffer.from(content, 'base64url')
      if (version !== 'v1' || bytes.length < ivBytes + tagBytes) throw unreadable()
      const decipher = createDecipheriv(cipherName, key, bytes.subarray(0, ivBytes))
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
      try {
        const text = decipher.update(bytes.subarray(ivBytes + tagBytes))
        return Buffer.concat([text, decipher.final()]).toString('utf8')
      } catch (error) {
        throw unreadable(error)
      }
    },
  }
}

function unreadable(cause?: unknown): Error {
  const say =
    'A sealed secret cannot be opened. SECRETS_KEY must be the one that it was sealed with.'
  return new Error(say, { cause })
}
