import type { Bus } from '@newswire/bus'
import type { LineageEntry, NormalizedItem } from '@newswire/model'
import { type ItemKeys, newestOf, triesMax, unlessRaced } from './publish-version.js'

/**
 * Writes what the house has learnt of an item that stands: a fact of the same version, which is
 * nothing new to the outside. `change` gives undefined where nothing is left to write; it is asked
 * again where another worker wrote meanwhile.
 */
export async function amend(
  bus: Bus,
  keys: ItemKeys,
  {
    rawSequence,
    change,
  }: {
    rawSequence: number
    change: (item: NormalizedItem) => NormalizedItem | undefined
  },
): Promise<void> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const base = await newestOf(bus, keys)
    const item = base?.item && change(base.item)
    if (!base || !item) return
    const id = `${item.id}:${item.version}:${rawSequence}:amended`
    const options = { id, expect: base.sequence }
    if (await unlessRaced(bus.publish('item.normalized', item, item, options))) return
  }
  throw new Error('Other workers kept writing newer versions of the same item.')
}

/** The mark of a withdrawal that made no version, in its place: the newest mark stays the last. */
export function withMark(item: NormalizedItem, mark: LineageEntry): NormalizedItem | undefined {
  const { lineage } = item
  if (lineage.some(({ rawSequence }) => rawSequence === mark.rawSequence)) return undefined
  const at = item.status === 'canceled' ? lineage.length : lineage.length - 1
  return { ...item, lineage: lineage.toSpliced(at, 0, mark) }
}

/** The notice has found what it speaks of. */
export function settledNotice(item: NormalizedItem): NormalizedItem | undefined {
  const flags = item.flags.filter((flag) => !flag.endsWith('-unlinked'))
  if (flags.length === item.flags.length) return undefined
  const { notice: _, ...rest } = item
  return { ...rest, flags }
}
