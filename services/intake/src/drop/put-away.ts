import { randomUUID } from 'node:crypto'
import { lstat, rename, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { isMissing } from './look.js'

/** Moves a taken file to `done/`, or to `failed/` with its reason beside it. */
export async function putAway(
  folder: string,
  name: string,
  end: { readonly to: 'done' } | { readonly to: 'failed'; readonly reason: string },
): Promise<void> {
  const kept = await freeName(join(folder, end.to), name)
  // The reason first: a file in failed/ is never without one.
  if (end.to === 'failed') {
    await writeFile(join(folder, end.to, `${kept}.reason`), `${end.reason}\n`)
  }
  try {
    await rename(join(folder, name), join(folder, end.to, kept))
  } catch (error) {
    // Another process on this folder was quicker; it has done the same.
    if (!isMissing(error)) throw error
  }
}

/** The name, or one like it where an earlier file of that name stands. */
async function freeName(folder: string, name: string): Promise<string> {
  try {
    await lstat(join(folder, name))
  } catch (error) {
    if (isMissing(error)) return name
    throw error
  }
  const extension = extname(name)
  const stem = name.slice(0, name.length - extension.length)
  return `${stem}-${randomUUID().slice(0, 8)}${extension}`
}
