import type { Register, Subscription } from '@newswire/bus'
import type { HandTags } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import type { Reviser } from './revise.js'

/** The tags of people, as this process knows them. */
export interface HandTagsKnown {
  /** May lag; whoever tagged by it asks again when the version is out. */
  of(item: string): HandTags | undefined
  /** Revises what could not be revised so far. */
  catchUp(): Promise<void>
}

export interface FollowOptions {
  readonly handTags: Register<HandTags>
  readonly revise: Reviser
  readonly log: Log
}

/**
 * Follows the register: each row goes to the item's public version, also those that were written
 * while no tagger ran. Resolves once all rows that stand are known.
 */
export async function followHandTags({
  handTags,
  revise,
  log,
}: FollowOptions): Promise<HandTagsKnown & Subscription> {
  /** By register key. */
  const rows = new Map<string, HandTags>()
  const byItem = new Map<string, HandTags>()
  const open = new Set<string>()
  let working: Promise<void> | undefined

  async function work(): Promise<void> {
    for (const key of open) {
      const row = rows.get(key)
      try {
        if (row) await revise({ wire: row.wire, id: row.item })
        // Said anew meanwhile: it stays open.
        if (rows.get(key) === row) open.delete(key)
      } catch (error) {
        log.warn({ err: error }, 'tags of a person could not be applied; they are tried again')
      }
    }
  }

  function catchUp(): Promise<void> {
    working ??= work().finally(() => {
      working = undefined
    })
    return working
  }

  let known: () => void = () => undefined
  const isKnown = new Promise<void>((resolve) => {
    known = resolve
  })
  const watching = await handTags.watch({
    onCurrent: () => known(),
    onChange(change) {
      if (change.kind === 'put') {
        rows.set(change.row.key, change.row.value)
        byItem.set(change.row.value.item, change.row.value)
        open.add(change.row.key)
        void catchUp()
        return
      }
      const gone = rows.get(change.key)
      rows.delete(change.key)
      if (gone) byItem.delete(gone.item)
    },
  })
  await isKnown
  return {
    of: (item) => byItem.get(item),
    catchUp,
    async stop() {
      await watching.stop()
      open.clear()
      await working
    },
  }
}
