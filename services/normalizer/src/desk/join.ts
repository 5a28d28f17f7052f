import type { Bus, Register } from '@newswire/bus'
import { type Alias, toToken } from '@newswire/model'
import { type ItemKeys, newestOf, type Outcome } from '../life/publish-version.js'
import { correctedBy, joined, type Moment, type Verdict } from './decide.js'
import { writeNext } from './write-next.js'

export interface Joining {
  readonly bus: Bus
  readonly aliases: Register<Alias>
  /** The item that the notice speaks of. */
  readonly target: ItemKeys
  /** What came in as an item of its own. */
  readonly notice: ItemKeys
  readonly moment: Moment
  /** Id of the key of the person who joins them. */
  readonly actor: string
}

/**
 * Makes a notice the next version of the item that it speaks of. First the alias, so that nothing
 * more comes in under the notice's id; then the item; the notice goes last, since a text that
 * stands twice for a moment is better than one that stands nowhere.
 */
export async function join(joining: Joining): Promise<Outcome> {
  const { bus, aliases, target, notice, moment, actor } = joining
  const text = (await newestOf(bus, notice))?.item
  if (!text) throw new Error(`Stream ITEMS holds no version of item ${notice.id}.`)
  const isBegun = text.lineage.some(({ rawSequence }) => rawSequence === moment.rawSequence)
  const refusal = isBegun ? undefined : await refusalOf(joining)
  if (refusal) return refusal
  await aliases.put(toToken(notice.id), {
    ...{ id: notice.id, item: target.id, actor, at: moment.at },
    reason: 'A person joined them.',
  })
  const crossing = isBegun ? undefined : await crossingOf(joining)
  if (crossing) return crossing
  const outcome = await writeNext({
    ...{ bus, keys: target, moment },
    decide: (before) => correctedBy(text, before, moment),
  })
  // The id of an item that nobody saw must not get out by its notice.
  const isPublic = (await bus.latest('item.tagged', target)) !== undefined
  const corrects = isPublic ? target.id : undefined
  await writeNext({
    ...{ bus, keys: notice, moment },
    decide: (before) => joined(before, corrects, moment),
  })
  return outcome
}

/**
 * Two people may join two items to each other at once, and each would take the other's text with
 * it. Whoever sees that the item leads elsewhere steps back: at worst both do.
 */
async function crossingOf({ bus, aliases, target, notice }: Joining): Promise<Outcome | undefined> {
  const other = (await aliases.get(toToken(target.id)))?.value
  if (other === undefined) return undefined
  await aliases.delete(toToken(notice.id))
  const { version = 0 } = (await newestOf(bus, target)) ?? {}
  const reason = `the item was itself joined to ${other.item}; look at the two, and decide again`
  return { outcome: 'unchanged', version, reason }
}

/** Nothing may be begun that can't be ended. */
async function refusalOf({ bus, target, notice, moment }: Joining): Promise<Outcome | undefined> {
  const [item, text] = [await newestOf(bus, target), await newestOf(bus, notice)]
  if (!item?.item || !text?.item) return undefined
  if (item.lineage.some(({ rawSequence }) => rawSequence === moment.rawSequence)) return undefined
  const before = { standing: item.item, shown: undefined }
  const verdict: Verdict = correctedBy(text.item, before, moment)
  if (verdict.kind === 'fact') return undefined
  return { outcome: 'unchanged', version: item.version, reason: verdict.reason }
}
