import { type Bus, WrongSequenceError } from '@newswire/bus'
import { type NormalizedItem, revisionOf, type TaggedItem } from '@newswire/model'
import type { Store } from '@newswire/store'
import { taggerLimits } from '../limits.js'

/** What stands of an item in stream TAGGED. */
export interface StandingPublic {
  readonly version: number
  readonly sequence: number
}

/** `stands`: the same version is public already. */
export type Published = 'published' | 'stands' | 'superseded'

export interface PublishOptions {
  readonly bus: Bus
  readonly store: Store
  readonly item: NormalizedItem
  /** Makes the fact; called once. Undefined: nothing is to go out. */
  readonly make: () => TaggedItem
}

/**
 * Appends a version to TAGGED if it is newer than what stands there. The read model may lag: then
 * compare-and-set fails, and the stream itself says what stands.
 */
export async function publishNewer({ bus, store, item, make }: PublishOptions): Promise<Published> {
  let standing: StandingPublic | undefined = await store.publicState(item.id)
  let tagged: TaggedItem | undefined
  for (let tries = 0; tries < taggerLimits.decisionsMax; tries += 1) {
    const outcome = outcomeBeside(standing, item)
    if (outcome) return outcome
    tagged ??= make()
    try {
      const id = `${item.id}:${revisionOf(tagged)}`
      await bus.publish('item.tagged', tagged, item, { id, expect: standing?.sequence ?? 0 })
      return 'published'
    } catch (error) {
      if (!(error instanceof WrongSequenceError)) throw error
      standing = await standingPublic(bus, item)
    }
  }
  throw new Error('Other workers kept changing the item. It is tried again.')
}

function outcomeBeside(
  standing: StandingPublic | undefined,
  { version }: NormalizedItem,
): Published | undefined {
  if (!standing || standing.version < version) return undefined
  return standing.version === version ? 'stands' : 'superseded'
}

/** What the stream itself says: dear, but never late. */
async function standingPublic(bus: Bus, item: NormalizedItem): Promise<StandingPublic | undefined> {
  const latest = await bus.latest('item.tagged', item)
  return latest && { version: latest.value.version, sequence: latest.sequence }
}
