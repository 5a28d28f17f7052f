import { readFile, stat } from 'node:fs/promises'
import { TerminalError } from '../terminal-error.js'

/** The house takes no message that is larger; what is far beyond is not even read. */
const fileBytesMax = 16 * 1_024 * 1_024

/** The bytes of a file; `-` is stdin. Rejects with a sentence. */
export async function readSource(
  file: string,
  readStdin: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const bytes = file === '-' ? await readStdin() : await readWhole(file)
  if (bytes.length === 0) throw new TerminalError('It is empty: there is nothing to take in.')
  return bytes
}

async function readWhole(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file)
    if (size > fileBytesMax) {
      throw new TerminalError(
        `It has ${size} bytes, and a release at most ${fileBytesMax}: send its releases one by one.`,
      )
    }
    return await readFile(file)
  } catch (error) {
    if (error instanceof TerminalError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new TerminalError(says[code ?? ''] ?? `It can't be read (${code}).`, { cause: error })
  }
}

const says: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file: check its name.',
  EISDIR: 'It is a folder: name the files in it, such as folder/*.txt.',
  EACCES: 'You may not read it: change its rights, or run this as its owner.',
}
