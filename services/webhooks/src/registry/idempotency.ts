import { changeRow, type Register, type Row, WrongSequenceError } from '@newswire/bus'
import { type Caller, Problem } from '@newswire/http'
import { shortHash } from '@newswire/model'
import type { Clock, SecretBox } from '@newswire/runtime'
import { z } from 'zod'
import type { NewWebhook } from './requests.js'

/**
 * Which webhook a request with an `Idempotency-Key` makes, whoever answers it and however often it
 * comes. Register `idempotencyKeys`, whose rows vanish after 24 hours and whose bytes are bounded.
 */
export const claimRowSchema = z.object({
  webhook: z.string(),
  /** The request's hash, sealed: it may hold what can be guessed. */
  wish: z.string(),
  /** The webhook was deleted: it does not come back with a request that is late. */
  deleted: z.literal(true).optional(),
  at: z.iso.datetime(),
})
export type ClaimRow = z.infer<typeof claimRowSchema>

/** The right to make one webhook under a key. */
export interface Claim {
  readonly key: string
  readonly webhook: string
  /** Nobody has made the webhook before us; it may be underway all the same. */
  readonly isFresh: boolean
}

export interface ClaimsOptions {
  readonly claims: Register<ClaimRow>
  readonly secrets: SecretBox
  readonly clock: Clock
}

/**
 * Idempotency keys (draft-ietf-httpapi-idempotency-key-header-07): the same key with the same
 * request means the same webhook, also where both come at once and one of them dies on its way.
 */
export class Claims {
  readonly #options: ClaimsOptions

  constructor(options: ClaimsOptions) {
    this.#options = options
  }

  /** Undefined where the key is new. Problems as for `take`. */
  async find(text: string, wish: NewWebhook, caller: Caller): Promise<Claim | undefined> {
    const key = keyOf(text, caller)
    const row = await this.#options.claims.get(key)
    return row && this.#standing(row, wish)
  }

  /**
   * The key is for `webhook`, unless it stands for another one already. Problem 422 where it stands
   * for another request, 410 where its webhook was deleted.
   */
  async take(text: string, wish: NewWebhook, caller: Caller, webhook: string): Promise<Claim> {
    const { claims, secrets, clock } = this.#options
    const key = keyOf(text, caller)
    const at = clock.now().toISOString()
    try {
      await claims.create(key, { webhook, wish: secrets.seal(fingerprintOf(wish), key), at })
      return { key, webhook, isFresh: true }
    } catch (error) {
      const row = error instanceof WrongSequenceError ? await claims.get(key) : undefined
      if (!row) throw error
      return this.#standing(row, wish)
    }
  }

  /** Before the webhook is deleted, so that no request that is late brings it back. */
  async end(key: string): Promise<void> {
    await changeRow(this.#options.claims, key, (row): ClaimRow | undefined => {
      return row && { ...row, deleted: true }
    })
  }

  #standing({ key, value }: Row<ClaimRow>, wish: NewWebhook): Claim {
    if (this.#options.secrets.open(value.wish, key) !== fingerprintOf(wish)) throw otherRequest()
    if (value.deleted) throw deleted()
    return { key, webhook: value.webhook, isFresh: false }
  }
}

/** Keys of one caller say nothing of those of another. */
function keyOf(text: string, { keyId }: Caller): string {
  return shortHash('idempotency', keyId, text)
}

function fingerprintOf(wish: NewWebhook): string {
  return shortHash('webhook', JSON.stringify(wish))
}

function otherRequest(): Problem {
  return new Problem({
    status: 422,
    slug: 'idempotency-key-reused',
    title: 'The Idempotency-Key stands for another request',
    detail: 'Send another key with another body; to try again, send the same body.',
  })
}

function deleted(): Problem {
  return new Problem({
    status: 410,
    slug: 'webhook-deleted',
    title: 'The webhook of this Idempotency-Key was deleted',
    detail: 'Send another key to register a new webhook.',
  })
}
