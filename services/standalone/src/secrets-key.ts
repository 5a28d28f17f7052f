import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const keyBytes = 32
const ownerOnly = 0o600

/**
 * The key that seals webhook secrets and cookies: made once in the data folder, for its owner only.
 */
export function secretsKeyIn(dataDir: string): string {
  const file = join(dataDir, 'secrets.key')
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const key = randomBytes(keyBytes).toString('base64url')
    // `wx` never writes over a key that seals something already.
    writeFileSync(file, `${key}\n`, { mode: ownerOnly, flag: 'wx' })
    return key
  }
}
