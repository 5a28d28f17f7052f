import type { Bus } from '@newswire/bus'
import type { NormalizedItem } from '@newswire/model'
import {
  finishWithdrawal,
  type ItemKeys,
  newestOf,
  type Outcome,
  publishItem,
  triesMax,
} from '../life/publish-version.js'
import type { Before, Moment, Verdict } from './decide.js'

export interface NextFact {
  readonly bus: Bus
  readonly keys: ItemKeys
  readonly moment: Moment
  /** Asked again where another worker wrote meanwhile. */
  readonly decide: (before: Before) => Verdict | Promise<Verdict>
}

/** Writes what a decision makes of an item, by compare-and-set on what stands. */
export async function writeNext({ bus, keys, moment, decide }: NextFact): Promise<Outcome> {
  const { rawSequence } = moment
  for (let tries = 0; tries < triesMax; tries += 1) {
    const base = await newestOf(bus, keys)
    const standing = base?.item
    if (!standing) throw new Error(`Stream ITEMS holds no version of item ${keys.id}.`)
    if (isDone(standing, rawSequence)) return await finish(bus, standing)
    const shown = await bus.latest('item.tagged', keys)
    const verdict = await decide({ standing, shown: shown?.value })
    if (verdict.kind === 'nothing') {
      return { outcome: 'unchanged', version: standing.version, reason: verdict.reason }
    }
    const { item } = verdict
    const outcome = await publishItem(bus, item, { rawSequence, base, shown })
    if (outcome) return sameVersion(standing, item) ?? outcome
  }
  throw new Error('Other workers kept writing newer versions of the same item.')
}

function isDone({ lineage }: NormalizedItem, rawSequence: number): boolean {
  return lineage.some((entry) => entry.rawSequence === rawSequence)
}

async function finish(bus: Bus, standing: NormalizedItem): Promise<Outcome> {
  if (standing.status === 'canceled') await finishWithdrawal(bus, standing, standing.version)
  return { outcome: 'repeated' }
}

/** A fact that is no new version is told by a receipt: the read model has no raw item for it. */
function sameVersion(standing: NormalizedItem, { version }: NormalizedItem): Outcome | undefined {
  if (version !== standing.version) return undefined
  return { outcome: 'unchanged', version, reason: 'the version stands, and carries the decision' }
}
