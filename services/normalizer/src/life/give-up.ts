import type { Bus } from '@newswire/bus'
import { itemLimits, type NormalizedItem } from '@newswire/model'
import { defined } from '../defined.js'
import { amend } from './amend.js'
import { isUnlinked } from './notice.js'
import { finishWithdrawal, type ItemKeys, newestOf } from './publish-version.js'

/**
 * The end of a notice that stood alone, and whose text is a version of another item from here on:
 * nobody shall have it twice. Safe to repeat; nothing where it does not stand alone.
 */
export async function giveUpNotice(bus: Bus, notice: ItemKeys, target: string): Promise<void> {
  const standing = (await newestOf(bus, notice))?.item
  if (!standing) return
  const { rawSequence } = standing.precedence
  // The id of an item that nobody saw must not get out by its notice.
  const isPublic =
    (await bus.latest('item.tagged', { id: target, wire: notice.wire })) !== undefined
  const corrects = isPublic ? target : undefined
  await amend(bus, notice, { rawSequence, change: (item) => givenUp(item, corrects) })
  const end = await newestOf(bus, notice)
  if (end?.status === 'canceled') await finishWithdrawal(bus, notice, end.version)
}

function givenUp(item: NormalizedItem, corrects: string | undefined): NormalizedItem | undefined {
  if (!isUnlinked(item) || item.status === 'canceled') return undefined
  const { notice: _, subheadline: __, contact: ___, ...rest } = item
  const version = item.version + 1
  return {
    ...rest,
    ...defined({ corrects }),
    version,
    change: 'withdrawal',
    status: 'canceled',
    body: { html: '', text: '', complete: item.body.complete },
    links: [],
    media: [],
    flags: item.flags.filter((flag) => !flag.endsWith('-unlinked')),
    lineage: [...item.lineage, { ...item.precedence, version, withdrawn: true as const }].slice(
      -itemLimits.lineageMax,
    ),
  }
}
