import type { Row } from '@newswire/bus'
import type { Jobs } from '@newswire/jobs'
import type { Hold } from '@newswire/model'
import { releasesQueue } from '../limits.js'
import { type Holds, isForPerson, isLetGo } from './holds.js'
import type { Timers } from './timers.js'

/**
 * Makes the jobs of holds again where Redis lost them. The register is the record; a job for a due
 * hold runs at once. Rows whose release was cut short are taken away when they are met twice.
 */
export function createReconciler({
  holds,
  jobs,
  timers,
}: {
  holds: Holds
  jobs: Jobs
  timers: Timers
}) {
  let cutShort: ReadonlyMap<string, number> = new Map()

  async function clearLeftovers(rows: readonly Row<Hold>[]): Promise<void> {
    const met = rows.filter(({ value }) => isLetGo(value))
    for (const row of met) {
      if (cutShort.get(row.key) === row.revision) await holds.clear(row)
    }
    cutShort = new Map(met.map(({ key, revision }) => [key, revision]))
  }

  return async function reconcile(): Promise<void> {
    const rows = await holds.all()
    const waiting = rows.filter(({ value }) => !isLetGo(value) && !isForPerson(value))
    const known = await jobs.queue(releasesQueue).has(waiting.map(({ value }) => value.id))
    for (const { value } of waiting) {
      if (!known.has(value.id)) await holds.schedule(value)
      timers.arm(value)
    }
    await clearLeftovers(rows)
  }
}
