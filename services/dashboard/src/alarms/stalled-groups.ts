import type { GroupState } from '@newswire/bus'

interface Seen {
  readonly pending: number
  readonly acknowledged: number
  readonly since: Date
}

export interface StalledGroup {
  readonly group: string
  readonly since: Date
  readonly backlog: number
}

/** Since when each group that has a backlog has neither taken nor acknowledged anything. */
export class StalledGroups {
  #seen = new Map<string, Seen>()

  look(groups: readonly GroupState[], now: Date): StalledGroup[] {
    const seen = new Map<string, Seen>()
    for (const { stream, group, pending, acknowledged } of groups) {
      if (pending === 0) continue
      const key = `${stream} ${group}`
      const before = this.#seen.get(key)
      const hasMoved =
        before === undefined || pending < before.pending || acknowledged > before.acknowledged
      seen.set(key, { pending, acknowledged, since: hasMoved ? now : before.since })
    }
    this.#seen = seen
    return [...seen].map(([key, { since, pending }]) => ({
      group: key.slice(key.indexOf(' ') + 1),
      since,
      backlog: pending,
    }))
  }
}
