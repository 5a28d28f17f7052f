import { useSyncExternalStore } from 'react'

/** Below this the flow stands upright. */
const query = '(max-width: 960px)'

export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}
