import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** A fact that tells one life of the stream from another. */
export interface Witness {
  readonly sequence: number
  readonly subject: string
  /** Milliseconds since 1970. */
  readonly storedAtMs: number
}

/** Up to where the files are whole on the disk, and whose they are. */
export interface LocalMark {
  /** Of the files; others are made anew. */
  readonly format: number
  /** Random: whoever opens the folder writes its own, and the one before it writes no more. */
  readonly writer: string
  readonly position: number
  /** What is older is gone from the stream. */
  readonly from: number
  /** The first fact that was ever appended, and the one at the position. */
  readonly witnesses: readonly Witness[]
}

export const markFormat = 1
const name = 'mark.json'

/** Undefined where there is none, or none of this format. */
export async function readMarkFile(folder: string): Promise<LocalMark | undefined> {
  const text = await readFile(join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  try {
    const mark = JSON.parse(text) as LocalMark
    return mark.format === markFormat ? mark : undefined
  } catch {
    // Half a mark is none: what it stood for is made again.
    return undefined
  }
}

/** In one step: a crash leaves this mark or the one before it. */
export async function writeMarkFile(folder: string, mark: LocalMark): Promise<void> {
  const temporary = join(folder, `${name}.${mark.writer}`)
  const file = await open(temporary, 'w', 0o600)
  try {
    await file.writeFile(JSON.stringify(mark))
    await file.datasync()
  } finally {
    await file.close()
  }
  await rename(temporary, join(folder, name))
}
