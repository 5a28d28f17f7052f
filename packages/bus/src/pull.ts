import { createInbox, type Msg, nanos, type Subscription } from 'nats'
import { type Given, giveBack, givenOf } from './given.js'
import { heartbeatsMissedMax, pullExpiresMs, pullHeartbeatMs } from './limits.js'
import type { Link } from './link.js'

export interface PullOptions {
  readonly link: Link
  readonly stream: string
  readonly consumer: string
  readonly onGiven: (message: Given) => void
  /** The server has nothing to give now. */
  readonly onIdle: () => void
  /** The consumer or its server is gone, or silent. Said once; this pull is of no more use. */
  readonly onLost: (reason: string) => void
}

/**
 * Asks one pull consumer for messages (ADR-37), a counted number at a time.
 *
 * The client's own `consume()` asks again only when its reader comes round: behind a handler that
 * takes minutes it takes the server's silence for its death and asks for more and more. Here the
 * owner says how many it has room for.
 */
export class Pull {
  #outstanding = 0
  #silentBeats = 0
  #isOpen = true
  readonly #options: PullOptions
  readonly #inbox = createInbox()
  readonly #subscription: Subscription
  readonly #monitor: NodeJS.Timeout

  constructor(options: PullOptions) {
    this.#options = options
    this.#subscription = options.link.nc.subscribe(this.#inbox, {
      callback: (error, message) => {
        if (error) this.#lose(error.message)
        else this.#receive(message)
      },
    })
    this.#monitor = setInterval(() => this.#listen(), pullHeartbeatMs)
  }

  /** Messages asked for and not given yet. */
  get outstanding(): number {
    return this.#outstanding
  }

  ask(count: number): void {
    const { link, stream, consumer } = this.#options
    if (!this.#isOpen || count < 1 || !link.isUp) return
    this.#outstanding += count
    const request = {
      batch: count,
      expires: nanos(pullExpiresMs),
      idle_heartbeat: nanos(pullHeartbeatMs),
    }
    link.nc.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`, JSON.stringify(request), {
      reply: this.#inbox,
    })
  }

  /** What is on its way is given back as it comes in, or it waits out the server's patience. */
  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    clearInterval(this.#monitor)
    const { nc } = this.#options.link
    if (nc.isClosed() || nc.isDraining()) return
    // It fails with the connection, and then nothing comes in any more.
    this.#subscription.drain().catch(() => this.#subscription.unsubscribe())
  }

  #receive(message: Msg): void {
    const given = givenOf(message)
    if (!this.#isOpen) {
      if (given !== undefined) giveBack(this.#options.link.nc, given, 0)
      return
    }
    this.#silentBeats = 0
    if (message.subject === this.#inbox) this.#status(message)
    else this.#give(given)
  }

  #give(given: Given | undefined): void {
    if (given === undefined) return
    if (this.#outstanding > 0) this.#outstanding -= 1
    this.#options.onGiven(given)
  }

  /** 100 heartbeat; 408 expired and 409 ended early, both with what was not given; else an end. */
  #status({ headers }: Msg): void {
    const code = headers?.code ?? 0
    const left = headers?.get('Nats-Pending-Messages')
    if (code !== 100 && code !== 408 && code !== 404 && !left) {
      this.#lose(`${code} ${headers?.description ?? ''}`)
      return
    }
    if (code !== 100) this.#outstanding = Math.max(0, this.#outstanding - Number(left || Infinity))
    this.#options.onIdle()
  }

  /**
   * Counts the server's silences. A blocked event loop delays this timer as it delays what the
   * server says, so that it looks like one silence, not like many.
   */
  #listen(): void {
    if (this.#outstanding === 0 || !this.#options.link.isUp) {
      this.#silentBeats = 0
      return
    }
    this.#silentBeats += 1
    if (this.#silentBeats > heartbeatsMissedMax) this.#lose('heartbeats missed')
  }

  #lose(reason: string): void {
    if (!this.#isOpen) return
    this.close()
    this.#options.onLost(reason)
  }
}
