import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { type House, Refusal, UnreachableError } from '../house/index.js'

const pushedSchema = z.object({ receipt: z.string(), receipts: z.array(z.string()).optional() })

const states = ['accepted', 'normalized', 'unchanged', 'superseded', 'held', 'dead'] as const
const receiptSchema = z.object({
  state: z.enum(states),
  id: z.string().optional(),
  version: z.number().optional(),
  reason: z.string().optional(),
})

/** What became of one release. */
export interface Settled extends z.output<typeof receiptSchema> {
  readonly receipt: string
}

/** A house that is busy or starts again is asked so often, under the same idempotency key. */
const triesMax = 4
const waitMs = { first: 500, max: 10_000 } as const

/** Sends a file; one receipt for each release in it. */
export async function push(
  house: House,
  bytes: { readonly type: string; readonly data: Uint8Array },
): Promise<readonly string[]> {
  const headers = { 'idempotency-key': randomUUID() }
  for (let tries = 1; ; tries += 1) {
    try {
      const said = await house.ask('POST', '/api/v1/items', pushedSchema, { bytes, headers })
      return said.receipts ?? [said.receipt]
    } catch (error) {
      if (tries === triesMax || !isPassing(error)) throw error
      const wished = error instanceof Refusal ? error.retryAfterMs : undefined
      const wait = Math.min(wished ?? waitMs.first * 2 ** tries, waitMs.max)
      await delay(wait, undefined, { signal: house.signal })
    }
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof Refusal) return [429, 502, 503, 504].includes(error.status)
  return error instanceof UnreachableError
}

const lookMs = { first: 50, factor: 1.6, max: 1_000 } as const

/** Asks until the release has come to an end, or so many milliseconds are over: `accepted` then. */
export async function follow(house: House, receipt: string, withinMs: number): Promise<Settled> {
  const giveUpAt = performance.now() + withinMs
  const path = `/api/v1/receipts/${encodeURIComponent(receipt)}`
  for (let wait: number = lookMs.first; ; wait = Math.min(wait * lookMs.factor, lookMs.max)) {
    const said = await house.ask('GET', path, receiptSchema)
    if (said.state !== 'accepted' || performance.now() + wait > giveUpAt)
      return { receipt, ...said }
    await delay(wait, undefined, { signal: house.signal })
  }
}
