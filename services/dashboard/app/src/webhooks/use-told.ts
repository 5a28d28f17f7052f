import { useAgain } from '../ask/use-again.js'
import { useGathered } from '../ask/use-gathered.js'
import { useLive } from '../ask/use-live.js'

/** A webhook that gets thousands a second makes its list ask this often. */
const gatherMs = 500
/** Where the house tells nothing, as too many read along, a list looks by itself. */
const againMs = 10_000

/**
 * Calls `again` when deliveries of a webhook change, and when a lost connection is back. `item`:
 * only for deliveries of that one.
 */
export function useTold(webhook: string, again: () => void, item?: string): void {
  const soon = useGathered(again, gatherMs)
  const hear = (told: unknown) => {
    // Where many are told as a number, none is named.
    const of = (told as { readonly item?: string }).item
    if (item === undefined || of === undefined || of === item) soon()
  }
  const live = useLive({ delivery: hear, ready: soon, reset: soon }, webhook)
  useAgain(again, live === 'open' ? undefined : againMs)
}
