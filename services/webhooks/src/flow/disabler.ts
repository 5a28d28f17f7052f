import { changeRow, type Register } from '@newswire/bus'
import { shortHash } from '@newswire/model'
import type { Clock, Log } from '@newswire/runtime'
import type { Caller } from '../deliver/call.js'
import type { PublicUrl } from '../deliver/formats/told.js'
import { houseCall } from '../deliver/house-call.js'
import type { WebhookLimits } from '../limits.js'
import { isOnBus } from '../onto-bus/subscription.js'
import type { Directory, Endpoint } from '../registry/directory.js'
import type { RevokedKeys } from '../registry/revoked-keys.js'
import { isAddressVerified, isPaused } from '../registry/status.js'
import type { WebhookRow } from '../registry/webhook-row.js'
import type { FailingEndpoints } from './failing.js'

export interface DisablerOptions {
  readonly endpoints: Register<WebhookRow>
  readonly directory: Directory
  readonly failing: FailingEndpoints
  readonly revoked: Pick<RevokedKeys, 'has' | 'onRevoked'>
  readonly shard: number
  /** Deliveries that still wait for the endpoint. */
  readonly waitingAt: (endpoint: string) => number
  readonly call: Caller
  readonly publicUrl?: PublicUrl
  readonly clock: Clock
  readonly log: Log
  readonly limits: Pick<WebhookLimits, 'failingMsMax' | 'circuitFailuresMax' | 'noticesInFlightMax'>
  readonly mayStart: () => boolean
}

type Because = NonNullable<WebhookRow['disabled']>['because']

/**
 * Disables what takes no calls: at once what says that it is gone (410), and after some days what
 * only fails; and what is of a key that was revoked. Of the latter two its endpoint is told once,
 * by a signed `webhook.disabled`: whoever looks after it knows of nothing.
 */
export class Disabler {
  readonly #options: DisablerOptions
  readonly #notices = new Map<string, Promise<void>>()
  readonly #disabling = new Map<string, Promise<void>>()
  readonly #abort = new AbortController()
  readonly #unlisten: () => void

  constructor(options: DisablerOptions) {
    this.#options = options
    this.#unlisten = options.revoked.onRevoked((key) => this.#lookAtOwnedBy(key))
  }

  /** It has answered 410. */
  gone(endpoint: string): void {
    this.#disable(endpoint, 'gone')
  }

  /** Disables what has failed for too long. */
  lookAtFailing(): void {
    for (const endpoint of this.#options.failing.all().keys()) {
      const row = this.#options.directory.get(endpoint)?.row
      if (row && this.#hasFailedTooLong(row)) this.#disable(endpoint, 'failing')
    }
  }

  /** The webhook has changed. One that could not be told yet is told now. */
  look(endpoint: string): void {
    const known = this.#options.directory.get(endpoint)
    if (known?.row.status !== 'active') this.#options.failing.forget(endpoint)
    if (known && this.#hasLostItsKey(known.row)) this.#disable(endpoint, 'revoked')
    const isFull = this.#notices.size >= this.#options.limits.noticesInFlightMax
    if (!known || !isUntold(known.row) || isFull || this.#notices.has(endpoint)) return
    if (!this.#options.mayStart() || this.#abort.signal.aborted) return
    const told = this.#tell(known)
      .catch((error: unknown) => this.#failed(error, endpoint))
      .finally(() => this.#notices.delete(endpoint))
    this.#notices.set(endpoint, told)
  }

  async stop(): Promise<void> {
    this.#unlisten()
    this.#abort.abort()
    await Promise.all([...this.#notices.values(), ...this.#disabling.values()])
  }

  #lookAtOwnedBy(key: string): void {
    const { directory, shard } = this.#options
    for (const { row } of directory.allIn(shard)) if (row.owner === key) this.look(row.id)
  }

  /** What stands on the bus stays: disabled, it could not be taken back any more. */
  #hasLostItsKey(row: WebhookRow): boolean {
    const { revoked, mayStart } = this.#options
    if (row.status === 'disabled' || isOnBus(row)) return false
    return revoked.has(row.owner) && mayStart() && !this.#abort.signal.aborted
  }

  /** Who was changed by its owner meanwhile has its days from then on. */
  #hasFailedTooLong(row: WebhookRow): boolean {
    const { failing, clock, limits } = this.#options
    const standing = failing.get(row.id)
    if (!standing || standing.failures < limits.circuitFailuresMax) return false
    // What stands on the bus would never be taken back any more.
    if (isOnBus(row)) return false
    const since = Math.max(standing.since, Date.parse(row.updatedAt))
    return row.status === 'active' && clock.now().getTime() - since >= limits.failingMsMax
  }

  #disable(endpoint: string, because: Because): void {
    if (this.#disabling.has(endpoint)) return
    const disabled = this.#change(endpoint, because)
      .catch((error: unknown) => this.#failed(error, endpoint))
      .finally(() => this.#disabling.delete(endpoint))
    this.#disabling.set(endpoint, disabled)
  }

  async #change(endpoint: string, because: Because): Promise<void> {
    const { endpoints, clock, log, failing, waitingAt } = this.#options
    const at = clock.now().toISOString()
    const standing = failing.get(endpoint)
    const since = because === 'revoked' ? at : new Date(standing?.since ?? at).toISOString()
    const missed = (standing?.lost ?? 0) + waitingAt(endpoint)
    const { written } = await changeRow(endpoints, endpoint, (row): WebhookRow | undefined => {
      if (!row || !this.#mustEnd(row, because)) return undefined
      const { pendingSince: _, ...rest } = row
      const disabled = { at, because, since, missed }
      const reason = reasons[because](since)
      const paused = isPaused(row)
      return { ...rest, status: 'disabled', paused, reason, disabled, updatedAt: at }
    })
    if (written) log.info({ endpoint, because, missed }, 'webhook disabled')
  }

  /** Asked again upon each row that stands when it comes to be written. */
  #mustEnd(row: WebhookRow, because: Because): boolean {
    if (because === 'revoked') return this.#hasLostItsKey(row)
    return row.status === 'active' && (because === 'gone' || this.#hasFailedTooLong(row))
  }

  /** A crash in between repeats it under the same `webhook-id`. */
  async #tell(webhook: Endpoint): Promise<void> {
    const { call, clock, endpoints, log, publicUrl } = this.#options
    const { id, reason, disabled } = webhook.row
    if (!disabled) return
    const { at, since, missed } = disabled
    const notice = houseCall(webhook, {
      id: `msg_${shortHash('disabled', id, at)}`,
      type: 'webhook.disabled',
      data: { webhook: id, reason, since, missed },
      ...{ now: clock.now(), happened: new Date(at), publicUrl },
    })
    const { status, error } = await call({ ...notice, signal: this.#abort.signal })
    if (this.#abort.signal.aborted) return
    const told = { at: clock.now().toISOString(), answer: error ?? `HTTP ${status}` }
    await changeRow(endpoints, id, (standing) => {
      if (standing?.disabled?.at !== at) return undefined
      return { ...standing, disabled: { ...standing.disabled, told } }
    })
    log.info({ endpoint: id, answer: told.answer }, 'webhook told that it is disabled')
  }

  #failed(error: unknown, endpoint: string): void {
    this.#options.log.warn(
      { err: error, endpoint },
      'webhook not disabled, or not told; again soon',
    )
  }
}

const reasons: Readonly<Record<Because, (since: string) => string>> = {
  gone: () => 'It answered 410 Gone. Set its url or status to use it again.',
  revoked: () =>
    'Its key was revoked. An admin can hand it to another key (`owner`) and set its status to active; what it missed can be replayed or pulled.',
  failing: (since) =>
    `Every attempt has failed since ${since}. Set its url or status to use it again; what it missed can be replayed or pulled.`,
}

/** An address that never answered its challenge may be anybody's. */
function isUntold(row: WebhookRow): boolean {
  const { status, disabled } = row
  if (status !== 'disabled' || !disabled || disabled.told) return false
  return disabled.because !== 'gone' && isAddressVerified(row)
}
