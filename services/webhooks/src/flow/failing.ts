import type { Attempt } from '@newswire/model'
import { z } from 'zod'

/** An endpoint at which every attempt has failed. It stands in the checkpoint of its shard. */
export const failingSchema = z.object({
  /** When the first of them began, ms since 1970. */
  since: z.number().int().nonnegative(),
  failures: z.number().int().positive(),
  /** Deliveries that were given up meanwhile. */
  lost: z.number().int().nonnegative(),
})
export type Failing = z.infer<typeof failingSchema>

/**
 * What an attempt in the ledger does to it. Pure, and the same whether it comes from the ledger or
 * has just been made: so nothing is written for it but a line in a checkpoint.
 */
export function failingAfter(failing: Failing | undefined, attempt: Attempt): Failing | undefined {
  const { result, startedAt } = attempt
  if (result === 'delivered') return undefined
  // What gave way to a newer version, or was never called, says nothing of the endpoint.
  if (result === 'superseded') return failing
  const lost = result === 'failed' ? 1 : 0
  if (startedAt === undefined) return failing && { ...failing, lost: failing.lost + lost }
  if (!failing) return { since: Date.parse(startedAt), failures: 1, lost }
  return { ...failing, failures: failing.failures + 1, lost: failing.lost + lost }
}

/** The endpoints of a shard at which every attempt fails. */
export class FailingEndpoints {
  readonly #known: Map<string, Failing>

  constructor(known: ReadonlyMap<string, Failing>) {
    this.#known = new Map(known)
  }

  /** The attempt is in the ledger. */
  note(attempt: Attempt): void {
    const { endpoint } = attempt
    const failing = failingAfter(this.#known.get(endpoint), attempt)
    if (failing) this.#known.set(endpoint, failing)
    else this.#known.delete(endpoint)
  }

  forget(endpoint: string): void {
    this.#known.delete(endpoint)
  }

  get(endpoint: string): Failing | undefined {
    return this.#known.get(endpoint)
  }

  all(): ReadonlyMap<string, Failing> {
    return this.#known
  }
}
