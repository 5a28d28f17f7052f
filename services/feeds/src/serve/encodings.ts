import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants, gunzip, gzip } from 'node:zlib'

/** In the order in which we like them. */
const encodings = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof encodings)[number]

/** The next levels take twice the time for a thirtieth of the bytes. */
const gzipLevel = 4
const brotliQuality = 4

/**
 * The encoding that the client likes best of those that we have (RFC 9110 §12.5.3): the highest
 * `q`; of equals the smallest. Where it wants none of them, as it is.
 */
export function chooseEncoding(accepted: string | undefined): Encoding {
  if (accepted === undefined || accepted.trim() === '') return 'identity'
  const wishes = new Map(accepted.split(',').map(wishOf))
  const any = wishes.get('*')
  const likes = encodings.map((encoding) => {
    const own = wishes.get(encoding) ?? (encoding === 'gzip' ? wishes.get('x-gzip') : undefined)
    // Unnamed, identity is acceptable, and liked less than what is named.
    const unnamed = encoding === 'identity' ? (any ?? leastLike) : (any ?? 0)
    return { encoding, like: own ?? unnamed }
  })
  const best = likes.reduce((first, second) => (second.like > first.like ? second : first))
  return best.like > 0 ? best.encoding : 'identity'
}

const leastLike = 0.0001

function wishOf(text: string): [string, number] {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const q = parameters.find((parameter) => parameter.startsWith('q='))
  const like = q === undefined ? 1 : Number(q.slice(2))
  return [name, like >= 0 && like <= 1 ? like : 0]
}

export async function encode(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'identity') return body
  if (encoding === 'gzip') return promisify(gzip)(body, { level: gzipLevel })
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  }
  return promisify(brotliCompress)(body, { params })
}

/** What was encoded, as it was. */
export async function decode(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'identity') return body
  return promisify(encoding === 'gzip' ? gunzip : brotliDecompress)(body)
}
