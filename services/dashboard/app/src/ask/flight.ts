/** An answer that takes longer than this is given up where a newer one is wanted. */
const patienceMs = 10_000

/** One question on its way, and whether it is to be asked once more behind its answer. */
interface Flight {
  readonly begin: () => void
  /** Whether it was wanted again meanwhile. */
  readonly end: () => boolean
  /** Whether to ask at once; else it is kept for the end. */
  readonly want: () => boolean
}

/**
 * Whoever is told of changes faster than the house answers would break off every answer, and
 * never see one.
 */
export function createFlight(now: () => number = Date.now): Flight {
  let begun: number | undefined
  let isWanted = false
  return {
    begin() {
      begun = now()
      isWanted = false
    },
    end() {
      begun = undefined
      return isWanted
    },
    want() {
      isWanted = begun !== undefined && now() - begun < patienceMs
      return !isWanted
    },
  }
}
