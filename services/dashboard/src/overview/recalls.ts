import { outward, revisionOf } from '@newswire/model'
import type { Store } from '@newswire/store'
import type { Recall } from './shapes.js'

/** Corrections and withdrawals that are looked at. */
export const recallsShown = 200

/** Open ones first, then the newest. */
export async function readRecalls(store: Pick<Store, 'recalls' | 'deliveries'>): Promise<Recall[]> {
  const items = await store.recalls({ limit: recallsShown })
  const recalls = await Promise.all(
    items.map(async ({ item }) => {
      const shown = outward(item)
      return {
        item: item.id,
        headline: shown.headline,
        revision: revisionOf(item),
        // When this version reached the house, whatever date it carries.
        since: item.received,
        isWithdrawal: item.status === 'canceled',
        ...(await store.deliveries.stand(item.id, item.version)),
      }
    }),
  )
  return recalls.toSorted((a, b) => Number(isOpen(b)) - Number(isOpen(a)))
}

export function isOpen({ pending, failed }: Recall): boolean {
  return pending + failed > 0
}
