import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DataFolderError } from './servers/index.js'

const keyBytes = 32
/** What is sealed with less could be guessed. */
const charsMin = 32
const ownerOnly = 0o600

/**
 * The key that seals webhook secrets and cookies: made once in the data folder, for its owner only.
 */
export function secretsKeyIn(dataDir: string): string {
  const file = join(dataDir, 'secrets.key')
  try {
    const key = readFileSync(file, 'utf8').trim()
    if (key.length >= charsMin) return key
    throw new DataFolderError(
      `${file} is damaged. Restore it from a backup; or delete it to have a new one made, after which webhooks need new secrets and people sign in again.`,
    )
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const key = randomBytes(keyBytes).toString('base64url')
    // `wx` never writes over a key that seals something already.
    writeFileSync(file, `${key}\n`, { mode: ownerOnly, flag: 'wx' })
    return key
  }
}
