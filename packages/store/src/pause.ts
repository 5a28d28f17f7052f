import { setTimeout as delay } from 'node:timers/promises'

/** Resolves after the time, or at once when the signal says so. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0) return
  await delay(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}
