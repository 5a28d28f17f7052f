import type { Bus, Stored } from '@newswire/bus'
import { type NormalizedItem, revisionOf, type TaggedItem } from '@newswire/model'

/** Newest versions and taggings of an item whose times are told. */
export const stagesMax = 200

/** One step in the life of an item: no word of its text is in it. */
export interface Stage {
  readonly stage: 'intake' | 'normalizer' | 'tagger'
  readonly at: Date
  readonly version: number
  /** Of a tagging: from here on the outside sees it. */
  readonly revision?: string
  readonly change: TaggedItem['change']
  readonly status: TaggedItem['status']
  /** Of what came in: through which source and door, and which key or file brought it. */
  readonly source?: string
  readonly door?: string
  readonly pushedBy?: string
  readonly file?: string
  /** The embargo that the version came with. */
  readonly embargoUntil?: string
  readonly tags?: number
  /** Where it stands in its stream. */
  readonly sequence: number
}

type Keys = Pick<NormalizedItem, 'wire' | 'id'>

/** What came in and what the normalizer made of it. Held versions are among them. */
export async function stagesInside(
  bus: Pick<Bus, 'read' | 'history'>,
  keys: Keys,
): Promise<Stage[]> {
  const versions = await newestOf(bus.history('item.normalized', keys))
  const fetched = await Promise.all(versions.map(({ value }) => fetchedOf(bus, value)))
  return [...fetched.flat(), ...versions.map(normalizedOf)]
}

/** When each tagging came before the gate to the outside. */
export async function stagesOutside(bus: Pick<Bus, 'history'>, keys: Keys): Promise<Stage[]> {
  const taggings = await newestOf(bus.history('item.tagged', keys))
  return taggings.map(({ value, storedAt, sequence }) => ({
    ...told(value),
    ...{ stage: 'tagger', at: storedAt, sequence },
    revision: revisionOf(value),
    tags: value.tags.length,
  }))
}

async function newestOf<T>(facts: AsyncIterable<T>): Promise<T[]> {
  const newest: T[] = []
  for await (const fact of facts) {
    newest.push(fact)
    if (newest.length > stagesMax) newest.shift()
  }
  return newest
}

function told({ version, change, status }: NormalizedItem) {
  return { version, change, status }
}

function normalizedOf({ value, storedAt, sequence }: Stored<NormalizedItem>): Stage {
  const { embargoUntil } = value
  return {
    ...told(value),
    ...{ stage: 'normalizer', at: storedAt, sequence },
    ...(embargoUntil === undefined ? {} : { embargoUntil }),
  }
}

/** Stream RAW forgets; the item remembers when it came in, and through which source. */
async function fetchedOf(bus: Pick<Bus, 'read'>, item: NormalizedItem): Promise<Stage[]> {
  const { rawSequence: sequence } = item.precedence
  const raw = sequence > 0 ? await bus.read('item.raw', sequence) : undefined
  const stage = { ...told(item), stage: 'intake', sequence } as const
  if (raw === undefined) return [{ ...stage, at: new Date(item.received), source: item.source }]
  const { source, door, pushedBy, file } = raw.value
  return [
    {
      ...stage,
      ...{ at: raw.storedAt, source, door },
      ...(pushedBy === undefined ? {} : { pushedBy }),
      ...(file === undefined ? {} : { file }),
    },
  ]
}
