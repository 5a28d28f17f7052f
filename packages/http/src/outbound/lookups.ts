import type { Resolve } from './names.js'

/** Node's pool has four threads, and libuv gives half of them to names. */
const lookupsMax = 2
/** Of these, how many names get whose servers were slow the last time. */
const slowLookupsMax = 1
/** Names that are remembered as slow. */
const slowNamesMax = 8_192

interface Waiting {
  readonly host: string
  readonly resolve: (addresses: Promise<readonly string[]>) => void
}

/** Asks for names, those that answer before those that do not. */
export class Lookups {
  readonly #ask: Resolve
  readonly #slowMs: number
  /** Oldest first. */
  readonly #slow = new Set<string>()
  readonly #waiting = { quick: [] as Waiting[], slow: [] as Waiting[] }
  readonly #running = { quick: 0, slow: 0 }

  constructor(ask: Resolve, slowMs: number) {
    this.#ask = ask
    this.#slowMs = slowMs
  }

  of(host: string): Promise<readonly string[]> {
    return new Promise((resolve) => {
      this.#waiting[this.#slow.has(host) ? 'slow' : 'quick'].push({ host, resolve })
      this.#startAll()
    })
  }

  #startAll(): void {
    const { quick, slow } = this.#waiting
    while (this.#hasRoom() && quick.length > 0) this.#start('quick')
    while (this.#hasRoom() && slow.length > 0 && this.#running.slow < slowLookupsMax) {
      this.#start('slow')
    }
  }

  #hasRoom(): boolean {
    return this.#running.quick + this.#running.slow < lookupsMax
  }

  #start(kind: 'quick' | 'slow'): void {
    const next = this.#waiting[kind].shift()
    if (!next) return
    this.#running[kind] += 1
    next.resolve(
      this.#timed(next.host).finally(() => {
        this.#running[kind] -= 1
        this.#startAll()
      }),
    )
  }

  async #timed(host: string): Promise<readonly string[]> {
    let isSlow = false
    const timer = setTimeout(() => {
      isSlow = true
      this.#note(host)
    }, this.#slowMs)
    try {
      return await this.#ask(host)
    } finally {
      clearTimeout(timer)
      if (!isSlow) this.#slow.delete(host)
    }
  }

  #note(host: string): void {
    this.#slow.delete(host)
    this.#slow.add(host)
    const [oldest = ''] = this.#slow.size > slowNamesMax ? this.#slow : []
    this.#slow.delete(oldest)
  }
}
