import type { House } from './house/index.js'
import type { LocalHouse } from './local/local-house.js'
import type { Screen } from './screen/index.js'

/** One run of the terminal: what every command may use. */
export interface Session {
  readonly screen: Screen
  /** Whether one document for scripts is wanted instead of words. */
  readonly isJson: boolean
  /** Ends at Ctrl-C. */
  readonly signal: AbortSignal
  readonly now: () => Date
  /** All of stdin; for `-`. */
  readonly readStdin: () => Promise<Uint8Array>
  /** Asks a person; undefined where nobody sits there. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined
  /** The house that was named, or that runs here. Throws UsageError where there is none. */
  house(options?: { readonly onlyWithGivenKey?: boolean }): House
  /** The house of the data folder. Throws UsageError where another one was named. */
  here(): LocalHouse
}

/** How a command went: its exit code. */
export const outcomes = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const
export type Outcome = (typeof outcomes)[keyof typeof outcomes]
