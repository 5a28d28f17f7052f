import type { Register } from './bus.js'
import { WrongSequenceError } from './errors.js'
import { rowTriesMax } from './limits.js'

export type Changed<T> =
  | { readonly stood: T | undefined; readonly written: T; readonly revision: number }
  | { readonly stood: T | undefined; readonly written: undefined; readonly revision: undefined }

/**
 * Compare-and-set on one row of a register. `change` is asked again upon what another process wrote
 * meanwhile, and gives undefined to leave the row as it stands. Resolves with what stood and what
 * was written, and the revision of the latter.
 */
export async function changeRow<T>(
  register: Register<T>,
  key: string,
  change: (value: T | undefined) => T | undefined,
): Promise<Changed<T>> {
  for (let tries = 1; ; tries += 1) {
    const row = await register.get(key)
    const value = change(row?.value)
    if (value === undefined) return { stood: row?.value, written: undefined, revision: undefined }
    try {
      const revision = row
        ? await register.update(key, value, row.revision)
        : await register.create(key, value)
      return { stood: row?.value, written: value, revision }
    } catch (error) {
      const isRace = error instanceof WrongSequenceError
      if (!isRace || tries >= rowTriesMax) throw error
    }
  }
}
