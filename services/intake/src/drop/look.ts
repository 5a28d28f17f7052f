import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A file as one look saw it. */
export interface Seen {
  readonly name: string
  readonly size: number
  readonly modifiedMs: number
  /** Its place on the disk: a file of the same name that was put in its place has another. */
  readonly inode: number
}

const unfinished = /^\.|\.(?:part|tmp|crdownload|filepart|reason)$|~$/i

/**
 * The files in the folder that may be releases, oldest first, at most `filesMax`. Symbolic links
 * are not followed: they could lead out of the folder.
 */
export async function lookInto(folder: string, filesMax: number): Promise<Seen[]> {
  const found = await readdir(folder, { withFileTypes: true })
  const names = found
    .filter((entry) => entry.isFile() && !unfinished.test(entry.name))
    .map((entry) => entry.name)
  const seen = await Promise.all(names.slice(0, filesMax).map((name) => statOf(folder, name)))
  return seen.flatMap((file) => file ?? []).toSorted((a, b) => a.modifiedMs - b.modifiedMs)
}

/** Undefined where it is no plain file, or has been taken away meanwhile. */
export async function statOf(folder: string, name: string): Promise<Seen | undefined> {
  try {
    const stats = await lstat(join(folder, name))
    if (!stats.isFile()) return undefined
    return { name, size: stats.size, modifiedMs: stats.mtimeMs, inode: stats.ino }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Whether nothing was written to the file between two looks. */
export function isSame(a: Seen | undefined, b: Seen | undefined): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    a.size === b.size &&
    a.modifiedMs === b.modifiedMs &&
    a.inode === b.inode
  )
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
