import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'

export interface ReadBody {
  readonly body: Uint8Array
  /** More came than was wanted; the rest is gone. */
  readonly isCut: boolean
}

export interface BodyReader {
  /** False: wait for `onDrain` before the next chunk. */
  write(chunk: Buffer): boolean
  end(): void
  /** Nothing is wanted any more. */
  drop(): void
}

interface BodyReaderOptions {
  readonly bytesMax: number
  /** With `isCut` as soon as the limit is passed; whoever is called then drops the reader. */
  readonly onBody: (read: ReadBody) => void
  readonly onError: (error: Error) => void
  readonly onDrain: () => void
}

const nothing = new Uint8Array()

/** The encodings of RFC 9110, section 8.4.1, and br. */
const decoders: Readonly<Record<string, (firstByte: number) => Transform>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  br: () => createBrotliDecompress(),
  // Some send bare DEFLATE where the standard means zlib; zlib's first byte ends in 8.
  deflate: (firstByte) => ((firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw()),
}

/** What is asked for in accept-encoding. */
export const knownEncodings = 'gzip, br, deflate'

export function isKnownEncoding(encoding: string): boolean {
  return encoding === 'identity' || Object.hasOwn(decoders, encoding)
}

/**
 * Gathers a body up to `bytesMax` decoded bytes, and decodes no further than that: a few kilobytes
 * may unfold into gigabytes.
 */
export function createBodyReader(encoding: string, options: BodyReaderOptions): BodyReader {
  const gather = createGather(options)
  const decoder = decoders[encoding]
  if (decoder === undefined) {
    return {
      write: (chunk) => {
        gather.take(chunk)
        return true
      },
      end: gather.finish,
      drop: () => undefined,
    }
  }
  let stream: Transform | undefined
  // Made at the first byte: an answer without a body may name an encoding all the same.
  function streamFor(chunk: Buffer): Transform {
    stream ??= decoder?.(chunk[0] ?? 0)
      .on('data', gather.take)
      .on('end', gather.finish)
      .on('error', options.onError)
      .on('drain', options.onDrain)
    if (stream === undefined) throw new Error(`no decoder for ${encoding}`)
    return stream
  }
  return {
    write: (chunk) => chunk.byteLength === 0 || streamFor(chunk).write(chunk),
    end: () => (stream === undefined ? gather.finish() : void stream.end()),
    drop: () => void stream?.destroy(),
  }
}

function createGather({ bytesMax, onBody }: BodyReaderOptions) {
  const chunks: Buffer[] = []
  let bytes = 0
  return {
    take(chunk: Buffer): void {
      if (bytes + chunk.byteLength <= bytesMax) {
        bytes += chunk.byteLength
        chunks.push(chunk)
        return
      }
      chunks.push(chunk.subarray(0, bytesMax - bytes))
      onBody({ body: Buffer.concat(chunks), isCut: true })
    },
    finish(): void {
      onBody({ body: bytes === 0 ? nothing : Buffer.concat(chunks), isCut: false })
    },
  }
}
