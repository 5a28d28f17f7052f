import type { Register } from './bus.js'
import { WrongSequenceError } from './errors.js'
import { rowTriesMax } from './limits.js'

/**
 * Compare-and-set on one row of a register. `change` is asked again upon what another process wrote
 * meanwhile, and gives undefined to leave the row as it stands. Resolves with what stood and what
 * was written.
 */
export async function changeRow<T>(
  register: Register<T>,
  key: string,
  change: (value: T | undefined) => T | undefined,
): Promise<{ stood: T | undefined; written: T | undefined }> {
  for (let tries = 1; ; tries += 1) {
    const row = await register.get(key)
    const value = change(row?.value)
    if (value === undefined) return { stood: row?.value, written: undefined }
    try {
      await (row ? register.update(key, value, row.revision) : register.create(key, value))
      return { stood: row?.value, written: value }
    } catch (error) {
      const isRace = error instanceof WrongSequenceError
      if (!isRace || tries >= rowTriesMax) throw error
    }
  }
}
