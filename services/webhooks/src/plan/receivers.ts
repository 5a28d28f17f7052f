import { type Bus, WrongSequenceError } from '@newswire/bus'
import { compareRevisions, type Receivers as ReceiversRow } from '@newswire/model'
import type { Dispatch } from './dispatch.js'

/** Other shards write the same row; each of them at most this often in between. */
const triesMax = 50

export interface ItemKeys {
  readonly wire: string
  readonly id: string
}

export interface Standing {
  readonly value: ReceiversRow
  readonly sequence: number
}

/** Who was ever sent an item, over all shards, as stream RECEIVERS holds it. */
export class Receivers {
  readonly #bus: Pick<Bus, 'publish' | 'latest'>
  readonly #shard: number

  constructor(bus: Pick<Bus, 'publish' | 'latest'>, shard: number) {
    this.#bus = bus
    this.#shard = shard
  }

  of({ wire, id }: ItemKeys): Promise<Standing | undefined> {
    return this.#bus.latest('receiver', { wire, id })
  }

  /** `standing` is what `of` gave; undefined where nothing is expected to stand. */
  async add(
    keys: ItemKeys,
    dispatches: readonly Dispatch[],
    standing?: Standing,
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
    const value = merged({ wire, id }, standing?.value, dispatches)
    const expect = standing?.sequence ?? 0
    // The plan's first delivery names the plan: no other shard or part has it.
    const messageId = `receiver:${this.#shard}:${dispatches[0]?.id ?? ''}:${expect}`
    const options = { id: messageId, expect }
    const { sequence } = await this.#bus.publish('receiver', value, { wire, id }, options)
    return { value, sequence }
  }
}

function merged(
  item: ItemKeys,
  current: ReceiversRow | undefined,
  dispatches: readonly Dispatch[],
): ReceiversRow {
  const endpoints = { ...current?.endpoints }
  for (const { endpoint, sequence, revision } of dispatches) {
    const before = endpoints[endpoint]
    if (before && compareRevisions(before.revision, revision) >= 0) continue
    endpoints[endpoint] = { sequence, revision }
  }
  return { id: item.id, wire: item.wire, endpoints }
}

function areIn({ endpoints }: ReceiversRow, dispatches: readonly Dispatch[]): boolean {
  return dispatches.every(({ endpoint, revision }) => {
    const entry = endpoints[endpoint]
    return entry !== undefined && compareRevisions(entry.revision, revision) >= 0
  })
}
