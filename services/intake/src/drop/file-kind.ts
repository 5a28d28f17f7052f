import { extname } from 'node:path'
import { Problem } from '@newswire/http'
import { type Accepted, accept } from '../push/accept.js'
import { XmlFault } from '../push/xml-outline.js'

/** A dropped file that can't become an item; the message says why. */
export class DropError extends Error {
  override readonly name = 'DropError'
  /** The file ends before its XML does: whoever writes it may not have finished. */
  readonly isCut: boolean

  constructor(message: string, options: { cause?: unknown; isCut?: boolean } = {}) {
    super(message, { cause: options.cause })
    this.isCut = options.isCut ?? false
  }
}

const types: Readonly<Record<string, string>> = {
  '.txt': 'text/plain',
  '.tst': 'text/plain',
  '.text': 'text/plain',
  '.asc': 'text/plain',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.newsml': 'application/xml',
  '.nitf': 'application/xml',
  '.rss': 'application/rss+xml',
  '.atom': 'application/atom+xml',
}
const pages = new Set(['.html', '.htm', '.xhtml'])

/** The releases in a file, by its name and else by how it begins. Rejects with DropError. */
export async function readDropped(name: string, bytes: Uint8Array): Promise<readonly Accepted[]> {
  try {
    return await accept(bytes, contentTypeOf(name, bytes))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const isCut = error.cause instanceof XmlFault && error.cause.isCut
    throw new DropError(error.message, { cause: error, isCut })
  }
}

function contentTypeOf(name: string, bytes: Uint8Array): string {
  const extension = extname(name).toLowerCase()
  if (pages.has(extension)) throw new DropError(noPage)
  const known = types[extension]
  const beginning = Buffer.from(bytes.subarray(0, 512)).toString('latin1').trimStart()
  const isXml = /^(?:ï»¿)?<(?:\?xml|!DOCTYPE|[A-Za-z])/.test(beginning)
  // A text that begins like XML is some: senders name their files as they like.
  if (isXml && (known === undefined || known === 'text/plain')) return 'application/xml'
  if (known !== undefined) return known
  if (isBinary(bytes)) throw new DropError(noText)
  return beginning.startsWith('{') ? 'application/json' : 'text/plain'
}

const noPage =
  'A web page is not read from the drop folder: drop its text (.txt), or the release as NewsML or NITF (.xml) or ninjs (.json).'
const noText =
  'The file is not a text: drop a wire text (.txt), NewsML or NITF (.xml), or ninjs (.json).'

/** Zero bytes without a byte order mark: no charset of a text has them. */
function isBinary(bytes: Uint8Array): boolean {
  const [first, second] = bytes
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  return !isUtf16 && bytes.subarray(0, 4_096).includes(0)
}
