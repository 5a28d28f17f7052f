import { randomBytes } from 'node:crypto'
import { changeRow, type Register } from '@newswire/bus'
import { shortHash } from '@newswire/model'
import type { Clock, Log } from '@newswire/runtime'
import type { Caller, CallResult } from '../deliver/call.js'
import type { PublicUrl } from '../deliver/formats/told.js'
import { houseCall } from '../deliver/house-call.js'
import type { WebhookLimits } from '../limits.js'
import type { Directory } from './directory.js'
import { verified } from './status.js'
import type { WebhookRow } from './webhook-row.js'

const challengeBytes = 24

export interface VerifierOptions {
  readonly endpoints: Register<WebhookRow>
  readonly directory: Directory
  readonly call: Caller
  readonly publicUrl?: PublicUrl
  readonly clock: Clock
  readonly log: Log
  readonly limits: Pick<WebhookLimits, 'verifyPausesMs' | 'verificationsInFlightMax'>
  readonly mayStart: () => boolean
  /** Makes a job that looks at the webhook at this instant. */
  readonly wake: (look: VerifierLook) => void
  /** The webhook waits for its challenge from now on. */
  readonly onBegin: (endpoint: string) => void
}

export interface VerifierLook {
  readonly endpoint: string
  /** Calls that were made. */
  readonly attempts: number
  /** Ms since 1970. */
  readonly at: number
}

interface Pending {
  readonly since: string
  /** The address that is asked. */
  readonly url: string
  attempts: number
  nextAt: number
  isCalling: boolean
}

/**
 * Asks pending webhooks for their challenge until they answer or the pauses are used up. After a
 * restart the count begins again at the pause that fits the time since.
 */
export class Verifier {
  readonly #options: VerifierOptions
  readonly #pending = new Map<string, Pending>()
  readonly #calls = new Set<Promise<void>>()
  readonly #abort = new AbortController()

  constructor(options: VerifierOptions) {
    this.#options = options
  }

  /** The webhook has changed, or a job came due. */
  look(endpoint: string): void {
    const row = this.#options.directory.get(endpoint)?.row
    if (row?.status !== 'pending') return void this.#pending.delete(endpoint)
    const since = row.pendingSince ?? row.updatedAt
    const standing = this.#pending.get(endpoint)
    const isSame = standing?.since === since && standing.url === row.url
    const pending = isSame ? standing : this.#begin(endpoint, since, row.url)
    const isDue = pending.nextAt <= this.#options.clock.now().getTime()
    const isFull = this.#calls.size >= this.#options.limits.verificationsInFlightMax
    // One that finds no room, or no lease, is looked at again by the reconciler.
    if (pending.isCalling || !isDue || isFull || !this.#options.mayStart()) return
    pending.isCalling = true
    const call = this.#verify(endpoint, pending).finally(() => {
      pending.isCalling = false
      this.#calls.delete(call)
    })
    this.#calls.add(call)
  }

  /** Looks that jobs should stand for. */
  *waiting(): Iterable<VerifierLook> {
    for (const [endpoint, { attempts, nextAt, isCalling }] of this.#pending) {
      if (!isCalling) yield { endpoint, attempts, at: nextAt }
    }
  }

  async stop(): Promise<void> {
    this.#abort.abort()
    await Promise.all(this.#calls)
  }

  #begin(endpoint: string, since: string, url: string): Pending {
    const now = this.#options.clock.now().getTime()
    let attempts = 0
    let elapsedMs = now - Date.parse(since)
    for (const pauseMs of this.#options.limits.verifyPausesMs) {
      elapsedMs -= pauseMs
      if (elapsedMs < 0) break
      attempts += 1
    }
    const pending = { since, url, attempts, nextAt: now, isCalling: false }
    this.#pending.set(endpoint, pending)
    this.#options.onBegin(endpoint)
    return pending
  }

  async #verify(endpoint: string, pending: Pending): Promise<void> {
    const { log } = this.#options
    try {
      const challenge = randomBytes(challengeBytes).toString('base64url')
      const result = await this.#call(endpoint, pending, challenge)
      if (this.#abort.signal.aborted) return
      if (isAnswered(result, challenge)) await this.#activate(endpoint, pending)
      else await this.#postpone(endpoint, pending, result)
    } catch (error) {
      // The reconciler looks again.
      log.warn({ err: error, endpoint }, 'webhook not verified')
    }
  }

  async #call(endpoint: string, { since, attempts }: Pending, challenge: string) {
    const { directory, clock, call, publicUrl } = this.#options
    const known = directory.get(endpoint)
    if (!known) throw new Error('The webhook was deleted.')
    const event = {
      id: `msg_${shortHash('verify', endpoint, since, String(attempts))}`,
      type: 'webhook.verify',
      data: { challenge },
      now: clock.now(),
      publicUrl,
    } as const
    return call({ ...houseCall(known, event), signal: this.#abort.signal })
  }

  async #activate(endpoint: string, pending: Pending): Promise<void> {
    const now = this.#options.clock.now().toISOString()
    const isChanged = await this.#change(endpoint, pending, (row) => {
      const { reason: _, pendingSince: __, ...rest } = row
      return { ...rest, ...verified(row, now), verifiedAt: now }
    })
    this.#end(endpoint, pending)
    if (isChanged) this.#options.log.info({ endpoint }, 'webhook verified')
  }

  async #postpone(endpoint: string, pending: Pending, result: CallResult): Promise<void> {
    const pauseMs = this.#options.limits.verifyPausesMs[pending.attempts]
    pending.attempts += 1
    const last = sayOf(result)
    if (pauseMs === undefined) {
      const reason = `It did not answer webhook.verify with the challenge (${last}). Set its url or status to try again.`
      const isChanged = await this.#change(endpoint, pending, (row) => {
        const { pendingSince: _, ...rest } = row
        return { ...rest, status: 'disabled', reason }
      })
      this.#end(endpoint, pending)
      if (isChanged) this.#options.log.info({ endpoint }, 'webhook disabled: it was not verified')
      return
    }
    const now = this.#options.clock.now()
    pending.nextAt = now.getTime() + pauseMs
    const nextAt = new Date(pending.nextAt).toISOString()
    const reason = `It was asked for its challenge at ${now.toISOString()}: ${last}. It is asked again at ${nextAt}.`
    // The change is a look of its own, which must find the same wait: the instant stays.
    await this.#change(endpoint, pending, (row) => {
      return { ...row, pendingSince: pending.since, reason }
    })
    this.#options.wake({ endpoint, attempts: pending.attempts, at: pending.nextAt })
  }

  /** Another address may have its own turn by now. */
  #end(endpoint: string, pending: Pending): void {
    if (this.#pending.get(endpoint) === pending) this.#pending.delete(endpoint)
  }

  /**
   * Changes the row only while the very same address still waits for its challenge: two changes may
   * fall into one millisecond, so the instant alone does not tell which of them was asked.
   */
  async #change(
    endpoint: string,
    { since, url }: Pending,
    change: (row: WebhookRow) => WebhookRow,
  ): Promise<boolean> {
    const updatedAt = this.#options.clock.now().toISOString()
    const { written } = await changeRow(this.#options.endpoints, endpoint, (row) => {
      if (row?.status !== 'pending' || row.url !== url) return undefined
      if ((row.pendingSince ?? row.updatedAt) !== since) return undefined
      return { ...change(row), updatedAt }
    })
    return written !== undefined
  }
}

/** Why it is not verified, as a part of a sentence. */
function sayOf({ status, error }: CallResult): string {
  return error?.replace(/\.$/, '') ?? `it answered ${status} without the challenge`
}

function isAnswered({ status = 0, answer = '' }: CallResult, challenge: string): boolean {
  if (status < 200 || status >= 300) return false
  const text = answer.trim()
  if (text === challenge) return true
  try {
    const value: unknown = JSON.parse(text)
    if (value === challenge) return true
    return (
      typeof value === 'object' && value !== null && Reflect.get(value, 'challenge') === challenge
    )
  } catch {
    return false
  }
}
