import type { ServerResponse } from 'node:http'
import type { Caller } from '@newswire/http'
import type { LiveItem } from './item-ring.js'
import { liveLimits } from './limits.js'

/** Somebody who reads along. What he is too slow for ends him: nothing is kept without bound. */
export class LiveReader {
  readonly caller: Caller | undefined
  readonly address: string
  /** The one webhook whose deliveries he reads, and nothing else. */
  readonly webhook: string | undefined
  readonly #response: ServerResponse
  readonly beganAt: number
  #after: number
  #second = 0
  #told = 0
  #untold = 0

  constructor(
    response: ServerResponse,
    who: {
      caller: Caller | undefined
      address: string
      webhook?: string | undefined
      after: number
      now: Date
    },
  ) {
    this.#response = response
    this.caller = who.caller
    this.address = who.address
    this.webhook = who.webhook
    this.#after = who.after
    this.beganAt = who.now.getTime()
  }

  get isAdmin(): boolean {
    return this.caller?.role === 'admin'
  }

  /** Whether what is told of the whole house is told to him. */
  get readsHouse(): boolean {
    return this.webhook === undefined
  }

  /** Whether deliveries of a webhook are told to him; who owns nothing is nobody's owner. */
  readsDeliveriesOf(webhook: string, owner: string | undefined): boolean {
    if (this.webhook !== undefined && this.webhook !== webhook) return false
    return this.isAdmin || (owner !== undefined && this.caller?.keyId === owner)
  }

  item(item: LiveItem): void {
    if (!this.readsHouse || item.sequence <= this.#after) return
    this.#after = item.sequence
    // The id goes along also where the item is not for everyone: a place in a stream says nothing.
    if (item.isPrivate && !this.isAdmin) return
    this.event('item', item.data, item.sequence)
  }

  event(name: string, data: string, id?: number): void {
    this.#write(`${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`)
  }

  /** So many a second; the next one of another second says how many were left out. */
  delivery(data: string, now: Date): void {
    const second = Math.floor(now.getTime() / 1_000)
    if (second !== this.#second) {
      this.countUntold()
      this.#second = second
      this.#told = 0
    }
    if (this.#told >= liveLimits.deliveriesPerSecondMax) {
      this.#untold += 1
      return
    }
    this.#told += 1
    this.event('delivery', data)
  }

  countUntold(): void {
    if (this.#untold === 0) return
    this.event('delivery', JSON.stringify({ more: this.#untold }))
    this.#untold = 0
  }

  beat(): void {
    this.#write(': beat\n\n')
  }

  end(): void {
    this.#response.end()
  }

  #write(text: string): void {
    if (this.#response.destroyed || this.#response.writableEnded) return
    this.#response.write(text)
    if (this.#response.writableLength > liveLimits.waitingBytesMax) this.#response.destroy()
  }
}
