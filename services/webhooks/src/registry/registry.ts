import { type Bus, changeRow, type Register, WrongSequenceError } from '@newswire/bus'
import { type Caller, type Outbound, Problem } from '@newswire/http'
import type { Clock, SecretBox } from '@newswire/runtime'
import type { WebhookLimits } from '../limits.js'
import { isOnBus, requireCalls, requireCallsFor } from '../onto-bus/subscription.js'
import { pause } from '../pause.js'
import { type LeaseRow, leaseKey } from '../shard/lease.js'
import { checkAddress, placeOf } from './address.js'
import { changeOf, droppedHeaders } from './changed-row.js'
import { type KeyOf, newOwnerOf, requireOwner } from './hand-over.js'
import { type Claim, type ClaimRow, Claims } from './idempotency.js'
import { type ListPage, pageOf } from './list-page.js'
import { newRow, newWebhookId } from './new-row.js'
import type { Owned } from './owned.js'
import type { NewWebhook, WebhookChange } from './requests.js'
import { requireRoom, storeInRoom } from './room.js'
import { type OldKey, rotationOf, shownOldKeys, shownSecret } from './rotation.js'
import { shardOf, type WebhookRow } from './webhook-row.js'

const askPauseMs = 10

export interface RegistryOptions {
  readonly bus: Pick<Bus, 'streams'>
  readonly endpoints: Register<WebhookRow>
  readonly leases: Register<LeaseRow>
  readonly claims: Register<ClaimRow>
  readonly owned: Omit<Owned, 'stop'>
  readonly keyOf: KeyOf
  readonly outbound: Pick<Outbound, 'refusal'>
  readonly secrets: SecretBox
  readonly shards: number
  readonly clock: Clock
  readonly limits: Pick<WebhookLimits, 'registrationMsMax' | 'leaseMs' | 'webhooksPerKeyMax'>
}

/** A webhook with the secret that is shown this once; absent where only the key pair signs. */
export interface Shown {
  readonly row: WebhookRow
  readonly secret: string | undefined
}

export interface ChangedWebhook {
  readonly row: WebhookRow
  /** Own headers that went with the origin that they were for. */
  readonly droppedHeaders: readonly string[]
}

/** Called when a change stands, before it is awaited: what is answered by 503 is changed too. */
export type OnWritten = () => Promise<void>

/**
 * The webhooks of all keys. What is answered holds for every item that is accepted later: each
 * change is awaited until the owner of the webhook's shard has it in.
 */
export class Registry {
  readonly #options: RegistryOptions
  readonly #claims: Claims

  constructor(options: RegistryOptions) {
    this.#options = options
    this.#claims = new Claims(options)
  }

  /** The same idempotency key with the same wish gives the same webhook for 24 hours. */
  async create(wish: NewWebhook, caller: Caller, idempotencyKey?: string): Promise<Shown> {
    const { clock, outbound, secrets } = this.#options
    if (isOnBus(wish) || wish.verify === false) requireAdmin(caller)
    const known = idempotencyKey && (await this.#claims.find(idempotencyKey, wish, caller))
    const again = known && (await this.#options.endpoints.get(known.webhook))
    if (again) return this.#again(again.value, again.revision, caller)
    await requireRoom(this.#options, caller)
    const url = await placeOf(wish, outbound)
    const since = await this.#newestItem()
    const common = { url, caller, now: clock.now().toISOString(), since, secrets }
    // A wish that is refused here takes no key.
    const row = newRow(wish, { ...common, id: newWebhookId(wish) })
    if (!idempotencyKey) return this.#store(row, caller)
    const claim = await this.#claims.take(idempotencyKey, wish, caller, row.id)
    const own = claim.isFresh ? row : newRow(wish, { ...common, id: claim.webhook })
    return this.#storeClaimed({ ...own, claim: claim.key }, claim, caller, () =>
      this.#claims.find(idempotencyKey, wish, caller),
    )
  }

  async #store(row: WebhookRow, caller: Caller): Promise<Shown> {
    const { endpoints, secrets } = this.#options
    const revision = await storeInRoom(this.#options, row, caller)
    if (await this.#isApplied(row.id, revision)) return { row, secret: shownSecret(row, secrets) }
    await endpoints.delete(row.id)
    throw notYet()
  }

  /** Whoever comes first stores it; where workers are behind, the row stays for the next try. */
  async #storeClaimed(
    row: WebhookRow,
    { isFresh }: Claim,
    caller: Caller,
    checkAgain: () => Promise<unknown>,
  ): Promise<Shown> {
    const { endpoints } = this.#options
    try {
      const revision = await storeInRoom(this.#options, row, caller)
      if (!isFresh) await this.#withdrawIfDeleted(row.id, checkAgain)
      return await this.#again(row, revision, caller)
    } catch (error) {
      if (!(error instanceof WrongSequenceError)) throw error
      const standing = await endpoints.get(row.id)
      if (standing) return this.#again(standing.value, standing.revision, caller)
      await checkAgain()
      throw error
    }
  }

  /** It may have been deleted between our look at the key and our write. */
  async #withdrawIfDeleted(id: string, checkAgain: () => Promise<unknown>): Promise<void> {
    try {
      await checkAgain()
    } catch (error) {
      await this.#options.endpoints.delete(id)
      throw error
    }
  }

  /**
   * The answer to what may be another try; the secret of a rotation is not in it, and nothing is
   * told of a webhook that was handed to another key.
   */
  async #again(row: WebhookRow, revision: number, caller: Caller): Promise<Shown> {
    if (!isFor(row, caller)) throw noWebhook()
    if (!(await this.#isApplied(row.id, revision))) throw notYet()
    const isRotated = row.oldKeys !== undefined
    return { row, secret: isRotated ? undefined : shownSecret(row, this.#options.secrets) }
  }

  /** Newest first: all of an admin's view, else the caller's own. */
  async list(
    caller: Caller,
    page: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<ListPage> {
    const { endpoints, owned } = this.#options
    const listed = await owned.list(caller.role === 'admin' ? undefined : caller.keyId)
    const { items, next } = pageOf(listed, page)
    const rows = await Promise.all(items.map(({ id }) => endpoints.get(id)))
    // One that was deleted or handed over this moment is shown no more.
    const standing = rows.flatMap((row) => row?.value ?? [])
    return { items: standing.filter((row) => isFor(row, caller) && !isRetired(row)), next }
  }

  /** 404 where there is none, or where it is another's. */
  async get(id: string, caller: Caller): Promise<WebhookRow> {
    const row = await this.#options.endpoints.get(id)
    if (row && isFor(row.value, caller) && !isRetired(row.value)) return row.value
    throw noWebhook()
  }

  async change(
    id: string,
    wish: WebhookChange,
    caller: Caller,
    onWritten: OnWritten,
  ): Promise<ChangedWebhook> {
    const standing = await this.get(id, caller)
    const { clock, outbound, secrets, keyOf } = this.#options
    requireCallsFor(wish, standing)
    const owner = await newOwnerOf(wish, caller, keyOf)
    await requireOwner(wish, standing, keyOf)
    if (wish.url !== undefined) await checkAddress(wish.url, outbound)
    const now = clock.now().toISOString()
    const changed = await this.#change(id, changeOf(wish, { id, now, secrets, owner }), onWritten)
    return { row: changed.written, droppedHeaders: droppedHeaders(wish, changed) }
  }

  /**
   * The old keys go on signing beside the new ones for 24 hours, so nobody has to wait until the
   * workers know them: what is shown is what stands.
   */
  async rotateSecret(id: string, caller: Caller): Promise<Shown & { oldKeys: OldKey[] }> {
    requireCalls(await this.get(id, caller), 'A secret')
    const { secrets, clock } = this.#options
    const rotation = rotationOf(id, { now: clock.now(), secrets })
    const { endpoints } = this.#options
    const { written } = await changeRow(endpoints, id, (row) => row && rotation(row))
    if (!written) throw noWebhook()
    const oldKeys = shownOldKeys(written, secrets)
    return { row: written, secret: shownSecret(written, secrets), oldKeys }
  }

  async remove(id: string, caller: Caller, onWritten: OnWritten): Promise<void> {
    const row = await this.get(id, caller)
    if (row.claim !== undefined) await this.#claims.end(row.claim)
    if (isOnBus(row)) return await this.#retire(id, onWritten)
    await this.#options.endpoints.delete(id)
    this.#options.owned.forget(id)
    await onWritten()
  }

  async #change(id: string, change: (row: WebhookRow) => WebhookRow, onWritten: OnWritten) {
    const changed = await changeRow(this.#options.endpoints, id, (row) => row && change(row))
    if (!changed.written) throw noWebhook()
    // At once: while this waits for the workers it may be deleted, and must not count again.
    this.#options.owned.note(changed.written)
    await onWritten()
    if (await this.#isApplied(id, changed.revision)) return changed
    throw notYet()
  }

  /** The shard's owner takes away what it was given, and then the row. */
  async #retire(id: string, onWritten: OnWritten): Promise<void> {
    const now = this.#options.clock.now().toISOString()
    const reason = 'Deleted; what it was given is taken off the bus.'
    const retired = { status: 'disabled', reason, retiredAt: now, updatedAt: now } as const
    await this.#change(id, (row) => ({ ...row, ...retired }), onWritten)
    this.#options.owned.forget(id)
  }

  /** Items up to here were accepted before the registration. */
  async #newestItem(): Promise<number> {
    const streams = await this.#options.bus.streams()
    return streams.find(({ stream }) => stream === 'TAGGED')?.lastSequence ?? 0
  }

  /**
   * Whether everything that is planned from now on is planned with this revision in. Without an
   * owner it is so: whoever comes reads the register before it plans.
   */
  async #isApplied(id: string, revision: number): Promise<boolean> {
    const { leases, shards, limits } = this.#options
    const key = leaseKey(shardOf(id, shards))
    const startedMs = performance.now()
    let seen = { revision: 0, sinceMs: startedMs }
    while (performance.now() - startedMs < limits.registrationMsMax) {
      const lease = await leases.get(key)
      if (!lease || lease.value.applied >= revision) return true
      const now = performance.now()
      if (lease.revision !== seen.revision) seen = { revision: lease.revision, sinceMs: now }
      // A lease that nobody renews is a dead owner's.
      if (now - seen.sinceMs > limits.leaseMs) return true
      await pause(askPauseMs, new AbortController().signal)
    }
    return false
  }
}

function isFor(row: WebhookRow, caller: Caller): boolean {
  return caller.role === 'admin' || row.owner === caller.keyId
}

function isRetired({ retiredAt }: WebhookRow): boolean {
  return retiredAt !== undefined
}

function requireAdmin(caller: Caller): void {
  if (caller.role === 'admin') return
  throw new Problem({
    status: 403,
    slug: 'wrong-role',
    title: 'The key may not do this',
    detail:
      'Only an admin may spare a webhook its verification or deliver to the bus. Leave `verify` and `target` out.',
  })
}

function noWebhook(): Problem {
  return new Problem({
    status: 404,
    slug: 'no-webhook',
    title: 'There is no such webhook',
    detail: 'List your webhooks with GET /api/v1/webhooks.',
  })
}

function notYet(): Problem {
  return new Problem({
    status: 503,
    slug: 'webhooks-behind',
    title: 'The webhook workers do not keep up',
    detail: 'The change is not known to all workers yet. Try again in a few seconds.',
    headers: { 'retry-after': '5' },
  })
}
