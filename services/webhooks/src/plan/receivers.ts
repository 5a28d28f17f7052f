import { randomBytes } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { type Bus, WrongSequenceError } from '@newswire/bus'
import type { Receivers as ReceiversRow } from '@newswire/model'
import type { Dispatch } from './dispatch.js'

/** Other processes write the same row; each of them at most this often in between. */
const triesMax = 50

/** Items whose rows are remembered, oldest out first. */
const recentMax = 16

export interface ItemKeys {
  readonly wire: string
  readonly id: string
}

export interface Standing {
  readonly value: ReceiversRow
  readonly sequence: number
}

/** What is to be noted with the next write of the item's row. */
interface Noting {
  readonly dispatches: readonly Dispatch[]
  readonly resolve: (standing: Standing) => void
  readonly reject: (error: unknown) => void
}

/** An item's row while it is being written. */
interface Open {
  standing: Standing | undefined
  readonly waiting: Noting[]
}

/**
 * Who was ever sent an item, over all shards, as stream RECEIVERS holds it. One for all shards of a
 * process: what they note of an item at the same time goes into its row with one write.
 */
export class Receivers {
  readonly #bus: Pick<Bus, 'publish' | 'latest'>
  readonly #open = new Map<string, Open>()
  /** As last written: the next shard with the same item need not ask what stands. */
  readonly #recent = new Map<string, Standing>()
  /** Unlike any other writer's: the server must never take two writers' rows for one. */
  readonly #writer = randomBytes(9).toString('base64url')
  #writes = 0

  constructor(bus: Pick<Bus, 'publish' | 'latest'>) {
    this.#bus = bus
  }

  of({ wire, id }: ItemKeys): Promise<Standing | undefined> {
    return this.#bus.latest('receiver', { wire, id })
  }

  /** `standing` is what `of` gave; undefined where nothing is expected to stand. */
  add(keys: ItemKeys, dispatches: readonly Dispatch[], standing?: Standing): Promise<Standing> {
    return new Promise((resolve, reject) => {
      const noting = { dispatches, resolve, reject }
      const name = nameOf(keys)
      const open = this.#open.get(name)
      if (open) return void open.waiting.push(noting)
      const opened = { standing: newer(standing, this.#recent.get(name)), waiting: [noting] }
      this.#open.set(name, opened)
      // Each noting is told of its own end; nothing else can fail here.
      void this.#noteAll(keys, opened)
    })
  }

  /** What comes while a write is under way goes along with the next. */
  async #noteAll(keys: ItemKeys, open: Open): Promise<void> {
    while (open.waiting.length > 0) {
      // The plans of many shards are acknowledged in the same moment.
      await setImmediate()
      const batch = open.waiting.splice(0)
      const dispatches = batch.flatMap((noting) => noting.dispatches)
      try {
        const standing = await this.#note(keys, dispatches, open.standing)
        open.standing = standing
        for (const { resolve } of batch) resolve(standing)
      } catch (error) {
        // What it holds may not be stored: the next write asks what stands.
        open.standing = undefined
        for (const { reject } of batch) reject(error)
      }
    }
    // In the same step as the last look at what waits: whoever comes next opens it anew.
    this.#open.delete(nameOf(keys))
    this.#remember(nameOf(keys), open.standing)
  }

  #remember(name: string, standing: Standing | undefined): void {
    this.#recent.delete(name)
    if (standing) this.#recent.set(name, standing)
    const [oldest = ''] = this.#recent.size > recentMax ? this.#recent.keys() : []
    this.#recent.delete(oldest)
  }

  async #note(
    keys: ItemKeys,
    dispatches: readonly Dispatch[],
    standing: Standing | undefined,
  ): Promise<Standing> {
    let current = standing
    for (let tries = 0; tries < triesMax; tries += 1) {
      try {
        return await this.#write(keys, dispatches, current)
      } catch (error) {
        if (!(error instanceof WrongSequenceError)) throw error
        current = await this.of(keys)
        if (current && areIn(current.value, dispatches)) return current
      }
    }
    throw new Error(`The receivers of an item were changed ${triesMax} times in between.`)
  }

  async #write(
    { wire, id }: ItemKeys,
    dispatches: readonly Dispatch[],
    standing: Standing | undefined,
  ): Promise<Standing> {
    const value = grown({ wire, id }, standing?.value, dispatches)
    const expect = standing?.sequence ?? 0
    this.#writes += 1
    const options = { id: `receiver:${this.#writer}:${this.#writes}`, expect }
    const { sequence } = await this.#bus.publish('receiver', value, { wire, id }, options)
    return { value, sequence }
  }
}

function nameOf({ wire, id }: ItemKeys): string {
  return `${wire} ${id}`
}

function newer(a: Standing | undefined, b: Standing | undefined): Standing | undefined {
  return (b?.sequence ?? 0) > (a?.sequence ?? 0) ? b : a
}

/**
 * Grows the row that was last written, as copies of a thousand receivers take longer than all else
 * here: only what waits for its own write sees it, and a write that fails forgets it.
 */
function grown(
  item: ItemKeys,
  current: ReceiversRow | undefined,
  dispatches: readonly Dispatch[],
): ReceiversRow {
  const row: ReceiversRow = current ?? { id: item.id, wire: item.wire, endpoints: {} }
  const { endpoints } = row
  for (const { endpoint, sequence, revision, unsent } of dispatches) {
    // Sequences of one endpoint never go back, and its revisions of one item don't either.
    if ((endpoints[endpoint]?.sequence ?? 0) >= sequence) continue
    endpoints[endpoint] = unsent ? { sequence, revision, unsent } : { sequence, revision }
  }
  return row
}

function areIn({ endpoints }: ReceiversRow, dispatches: readonly Dispatch[]): boolean {
  return dispatches.every(({ endpoint, sequence }) => {
    return (endpoints[endpoint]?.sequence ?? 0) >= sequence
  })
}
