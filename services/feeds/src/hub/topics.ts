import { createMatcher, type FeedSubscription, isErased } from '@newswire/model'
import type { OnPublicChange } from '@newswire/store'
import { hostOf } from './callback.js'
import { addressOf } from './topic.js'

interface Topic {
  readonly keys: Set<string>
  changedAt: number
  withdrawnAt: number
}

/**
 * The subscriptions as this process sees them: by topic, through an index over the topics' filters,
 * and by host. Of each topic it knows the last change that touched it.
 */
export class Topics {
  readonly #topics = new Map<string, Topic>()
  readonly #matcher = createMatcher()
  readonly #rows = new Map<string, FeedSubscription>()
  readonly #perHost = new Map<string, number>()
  #seen = 0

  /** The change that this process was told of last, as a sequence of TAGGED. */
  get seen(): number {
    return this.#seen
  }

  get size(): number {
    return this.#rows.size
  }

  rows(): ReadonlyMap<string, FeedSubscription> {
    return this.#rows
  }

  onHost(callback: string): number {
    return this.#perHost.get(hostOf(callback)) ?? 0
  }

  keysOf(path: string): ReadonlySet<string> {
    return this.#topics.get(path)?.keys ?? new Set()
  }

  /** A topic that is not known here may have changed up to now. */
  lastOf(path: string): { readonly changedAt: number; readonly withdrawnAt: number } {
    return this.#topics.get(path) ?? { changedAt: this.#seen, withdrawnAt: 0 }
  }

  /** What the read model has at the start; each topic may have changed up to there. */
  begin(position: number): void {
    this.#seen = Math.max(this.#seen, position)
  }

  /** The read model is being made again: nothing counts as seen before it is told again. */
  fellBack(): void {
    this.#seen = 0
  }

  /** Throws a Problem where the topic is no feed (any more). */
  put(key: string, row: FeedSubscription): void {
    const isNew = !this.#rows.has(key)
    const topic = this.#topics.get(row.path) ?? this.#open(row.path)
    this.#rows.set(key, row)
    if (!isNew) return
    topic.keys.add(key)
    const host = hostOf(row.callback)
    this.#perHost.set(host, this.onHost(row.callback) + 1)
  }

  remove(key: string): void {
    const row = this.#rows.get(key)
    if (row === undefined) return
    this.#rows.delete(key)
    const host = hostOf(row.callback)
    const left = this.onHost(row.callback) - 1
    if (left > 0) this.#perHost.set(host, left)
    else this.#perHost.delete(host)
    const topic = this.#topics.get(row.path)
    topic?.keys.delete(key)
    if (topic?.keys.size !== 0) return
    this.#topics.delete(row.path)
    this.#matcher.remove(row.path)
  }

  /** Which topics a change touches: those that show the item now, and those that did. */
  touched(change: Parameters<OnPublicChange>[0]): ReadonlySet<string> {
    const { item, sequence } = change
    this.#seen = sequence
    // What is tagged silently goes out with what changes next.
    if (item.announce === 'nobody' && item.status === 'usable') return new Set()
    const paths = this.#pathsOf(change)
    for (const path of paths) {
      const topic = this.#topics.get(path)
      if (topic === undefined) continue
      topic.changedAt = Math.max(topic.changedAt, sequence)
      if (item.status !== 'usable') topic.withdrawnAt = Math.max(topic.withdrawnAt, sequence)
    }
    return paths
  }

  #pathsOf({ item, before }: Parameters<OnPublicChange>[0]): Set<string> {
    // What is erased by law has no words that those who asked for words would find it by.
    if (isErased(item)) return new Set(this.#topics.keys())
    const had = before === undefined ? [] : this.#matcher.match(before)
    return new Set([...this.#matcher.match(item), ...had])
  }

  #open(path: string): Topic {
    const { filter } = addressOf(path)
    const topic = { keys: new Set<string>(), changedAt: this.#seen, withdrawnAt: 0 }
    this.#topics.set(path, topic)
    this.#matcher.set(path, filter)
    return topic
  }
}
