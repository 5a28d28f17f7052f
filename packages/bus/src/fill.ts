import type { Log } from '@newswire/runtime'
import type { StreamInfo } from 'nats'
import { brimBytesMax, brimShare, fillCheckMs } from './limits.js'
import type { Link } from './link.js'

/**
 * Which streams are full to the brim, read every `fillCheckMs`.
 *
 * The server alone is not enough: 2.9.10 compares the bare message with the free bytes, stores it,
 * and if the record with its overhead is too large after all, *drops the oldest* although the
 * stream says discard new. In a full compacted stream a row that grows by less than that overhead
 * does the same to another row (both measured). So nothing is sent to a stream that is nearly full.
 */
export class Fill {
  readonly #link: Link
  readonly #log: Log
  readonly #timer: NodeJS.Timeout
  #brimming = new Set<string>()

  constructor(link: Link, log: Log) {
    this.#link = link
    this.#log = log
    this.#timer = setInterval(() => void this.check(), fillCheckMs)
    this.#timer.unref()
  }

  isBrimming(stream: string): boolean {
    return this.#brimming.has(stream)
  }

  /** The server refused a message: nothing more is sent until the next look. */
  refused(stream: string): void {
    this.#brimming.add(stream)
  }

  async check(): Promise<void> {
    if (!this.#link.isUp) return
    try {
      const streams = await this.#link.attempt(() => listStreams(this.#link))
      const brimming = new Set(streams.filter(isBrimming).map(({ config }) => config.name))
      for (const stream of brimming) {
        if (!this.#brimming.has(stream)) this.#log.error({ stream }, 'stream is full')
      }
      this.#brimming = brimming
    } catch (err) {
      this.#log.debug({ err }, 'fill of the streams not read')
    }
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}

export async function listStreams({ jsm }: Link): Promise<StreamInfo[]> {
  const streams: StreamInfo[] = []
  for await (const stream of jsm.streams.list()) streams.push(stream)
  return streams
}

export function isBrimming({ config, state }: Pick<StreamInfo, 'config' | 'state'>): boolean {
  const { max_bytes: bytesMax, discard } = config
  if (bytesMax <= 0 || discard !== 'new') return false
  return bytesMax - state.bytes < Math.min(bytesMax * brimShare, brimBytesMax)
}
