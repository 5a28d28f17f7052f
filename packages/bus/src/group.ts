import type { FactName } from '@newswire/model'
import type { Subscription } from './bus.js'
import { Feed, type FeedOptions } from './feed.js'
import { acknowledge, type Given, giveBack, stillWorking } from './given.js'
import { prefetchPerHandler } from './limits.js'
import type { Link } from './link.js'
import type { Outcome, Tries } from './tries.js'

/** A message in our hands: waiting for a handler, or with one. */
interface Held {
  readonly key: string
  readonly isRedo: boolean
  given: Given
  takenAt: number
}

export interface GroupOptions<N extends FactName> {
  readonly link: Link
  readonly concurrency: number
  readonly ackWaitMs: number
  readonly tries: Tries<N>
  readonly feed: Pick<FeedOptions, 'log' | 'watchdogMs' | 'onRestart'>
  /** The fact's own stream, and the dead letters that come back. */
  readonly durable: FeedOptions['durable']
  readonly redo: FeedOptions['durable']
}

/**
 * One process's share of a group: so many handlers at a time over two feeds, a few messages ahead,
 * all of them kept alive at the server for as long as they are here.
 *
 * It begins with one message and doubles what it holds with each that ends: a process that dies on
 * its first message again and again takes few others along.
 */
export class Group<N extends FactName> implements Subscription {
  readonly #options: GroupOptions<N>
  readonly #facts: Feed
  readonly #redo: Feed
  readonly #held = new Map<string, Held>()
  readonly #queue: Held[] = []
  readonly #running = new Set<Promise<void>>()
  #window = 1
  #isStopping = false
  #beat: NodeJS.Timeout | undefined

  constructor(options: GroupOptions<N>) {
    this.#options = options
    const { link, feed, durable, redo } = options
    const onGiven = (isRedo: boolean) => (given: Given) => this.#take(given, isRedo)
    const room = () => this.#room()
    this.#facts = new Feed({ ...feed, link, durable, room, onGiven: onGiven(false) })
    const redoRoom = () => Math.min(1, this.#room())
    this.#redo = new Feed({ ...feed, link, durable: redo, room: redoRoom, onGiven: onGiven(true) })
  }

  async start(): Promise<void> {
    const { ackWaitMs } = this.#options
    this.#beat = setInterval(() => this.#sayWorking(), ackWaitMs / 3)
    try {
      await this.#facts.start()
      await this.#redo.start()
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    this.#facts.stop()
    this.#redo.stop()
    const unbegun = this.#queue.splice(0)
    await Promise.allSettled(unbegun.map((held) => this.#putBack(held)))
    await Promise.all(this.#running)
    clearInterval(this.#beat)
  }

  #room(): number {
    const { concurrency } = this.#options
    const atOnce = Math.min(this.#window, concurrency * prefetchPerHandler)
    return this.#isStopping ? 0 : Math.max(0, atOnce - this.#held.size)
  }

  #take(given: Given, isRedo: boolean): void {
    const key = isRedo ? `redo-${given.sequence}` : String(given.sequence)
    const known = this.#held.get(key)
    if (known) {
      // Its time ran out at the server, or the connection broke: the newest address is answered to.
      known.given = given
      return
    }
    const held = { key, isRedo, given, takenAt: Date.now() }
    this.#held.set(key, held)
    this.#queue.push(held)
    this.#begin()
  }

  #begin(): void {
    const { concurrency } = this.#options
    while (this.#running.size < concurrency) {
      const held = this.#queue.shift()
      if (held === undefined) break
      const work: Promise<void> = this.#work(held).finally(() => {
        this.#running.delete(work)
        this.#begin()
        this.#facts.refill()
        this.#redo.refill()
      })
      this.#running.add(work)
    }
  }

  async #work(held: Held): Promise<void> {
    const outcome = await this.#options.tries.run(held.key, held.given, held.isRedo)
    this.#window = Math.min(this.#window * 2, this.#options.concurrency * prefetchPerHandler)
    this.#answer(held, outcome)
  }

  #answer(held: Held, outcome: Outcome): void {
    const { nc } = this.#options.link
    this.#held.delete(held.key)
    if (outcome.kind === 'done') acknowledge(nc, held.given)
    else giveBack(nc, held.given, outcome.delayMs)
  }

  async #putBack(held: Held): Promise<void> {
    const { link, tries } = this.#options
    try {
      if (link.isUp) await tries.putBack(held.key, held.given)
    } finally {
      this.#answer(held, { kind: 'again', delayMs: 0 })
    }
  }

  /** What waits is kept alive as well as what runs, or it would go to another worker meanwhile. */
  #sayWorking(): void {
    const { link, ackWaitMs } = this.#options
    if (!link.isUp) return
    const before = Date.now() - ackWaitMs / 6
    for (const { given, takenAt } of this.#held.values()) {
      if (takenAt < before) stillWorking(link.nc, given)
    }
  }
}
