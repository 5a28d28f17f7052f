import { extname } from 'node:path'
import { Problem } from '@newswire/http'
import { type Accepted, accept } from '../push/accept.js'

/** A dropped file that can't become an item; the message says why. */
export class DropError extends Error {
  override readonly name = 'DropError'
}

const textTypes = new Set(['.txt', '.tst', '.text', '.asc'])

/** What a file holds, by its name and else by how it begins. Throws DropError. */
export function readDropped(name: string, bytes: Uint8Array): Accepted {
  try {
    return accept(bytes, contentTypeOf(name, bytes))
  } catch (error) {
    if (error instanceof Problem) throw new DropError(error.message, { cause: error })
    throw error
  }
}

function contentTypeOf(name: string, bytes: Uint8Array): string {
  const extension = extname(name).toLowerCase()
  if (extension === '.json') return 'application/json'
  if (extension === '.xml') throw new DropError(noXml)
  const beginning = Buffer.from(bytes.subarray(0, 512)).toString('latin1').trimStart()
  if (/^(?:ï»¿)?<(?:\?xml|!DOCTYPE|[A-Za-z])/.test(beginning)) throw new DropError(noXml)
  if (textTypes.has(extension)) return 'text/plain'
  if (isBinary(bytes)) {
    throw new DropError(
      'The file is not a text: drop a wire text (.txt) or a ninjs document (.json).',
    )
  }
  return beginning.startsWith('{') ? 'application/json' : 'text/plain'
}

const noXml =
  'XML is not read from the drop folder: drop a wire text (.txt) or a ninjs document (.json).'

/** Zero bytes without a byte order mark: no charset of a text has them. */
function isBinary(bytes: Uint8Array): boolean {
  const [first, second] = bytes
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  return !isUtf16 && bytes.subarray(0, 4_096).includes(0)
}
