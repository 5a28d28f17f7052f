import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ownerOnly = 0o600

/**
 * The admin key that Newswire made, kept for the terminal on this machine. Whoever can read the
 * data folder can be admin anyhow: the key that signs sessions lies beside it.
 */
export function adminKeyFile(dataDir: string) {
  const file = join(dataDir, 'admin.key')
  return {
    file,
    read(): string | undefined {
      try {
        return readFileSync(file, 'utf8').trim() || undefined
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        // Whoever may not read it gives a key of his own.
        if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return undefined
        throw error
      }
    },
    keep(key: string): void {
      // An older file keeps its rights when it is written over.
      rmSync(file, { force: true })
      writeFileSync(file, `${key}\n`, { mode: ownerOnly })
    },
  }
}
