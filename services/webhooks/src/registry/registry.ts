import { randomBytes } from 'node:crypto'
import type { Bus, Register } from '@newswire/bus'
import { type Caller, type Outbound, Problem } from '@newswire/http'
import type { Clock, SecretBox } from '@newswire/runtime'
import { eventTypes } from '../deliver/events.js'
import { newSecret } from '../deliver/signature.js'
import type { WebhookLimits } from '../limits.js'
import { pause } from '../pause.js'
import { type LeaseRow, leaseKey } from '../shard/lease.js'
import { filterOf, type NewWebhook, secretOf, type WebhookChange } from './requests.js'
import { changeRow } from './verifier.js'
import { shardOf, type WebhookRow } from './webhook-row.js'

const idBytes = 12
/** Both secrets sign for this long after a rotation. */
export const oldSecretMs = 24 * 60 * 60 * 1_000
const askPauseMs = 10

export interface RegistryOptions {
  readonly bus: Pick<Bus, 'streams'>
  readonly endpoints: Register<WebhookRow>
  readonly leases: Register<LeaseRow>
  readonly outbound: Pick<Outbound, 'refusal'>
  readonly secrets: SecretBox
  readonly shards: number
  readonly clock: Clock
  readonly limits: Pick<WebhookLimits, 'registrationMsMax' | 'leaseMs'>
}

/**
 * The webhooks of all keys. What is answered holds for every item that is accepted later: each
 * change is awaited until the owner of the webhook's shard has it in.
 */
export class Registry {
  readonly #options: RegistryOptions

  constructor(options: RegistryOptions) {
    this.#options = options
  }

  async create(wish: NewWebhook, caller: Caller): Promise<{ row: WebhookRow; secret: string }> {
    const { endpoints, secrets, clock } = this.#options
    const filter = filterOf(wish.filter ?? {})
    const secret = secretOf(wish.secret)
    const isVerified = wish.verify === false
    if (isVerified) requireAdmin(caller)
    await this.#checkUrl(wish.url)
    const id = `wh_${randomBytes(idBytes).toString('base64url')}`
    const now = clock.now().toISOString()
    const row: WebhookRow = {
      id,
      owner: caller.keyId,
      url: wish.url,
      filter,
      events: [...(wish.events ?? eventTypes)],
      format: 'newswire',
      secret: secrets.seal(secret, id),
      ...(wish.description === undefined ? {} : { description: wish.description }),
      ...(isVerified ? { status: 'active', activeSince: now } : pendingSince(now)),
      createdAt: now,
      updatedAt: now,
      since: await this.#newestItem(),
      seesPrivate: caller.role === 'admin',
    }
    const revision = await endpoints.create(id, row)
    if (await this.#isApplied(id, revision)) return { row, secret }
    await endpoints.delete(id)
    throw notYet()
  }

  /** Newest first: all of an admin's view, else the caller's own. */
  async list(caller: Caller): Promise<WebhookRow[]> {
    const rows = (await this.#options.endpoints.rows()).map(({ value }) => value)
    return rows
      .filter((row) => isFor(row, caller))
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id))
  }

  /** 404 where there is none, or where it is another's. */
  async get(id: string, caller: Caller): Promise<WebhookRow> {
    const row = await this.#options.endpoints.get(id)
    if (row && isFor(row.value, caller)) return row.value
    throw new Problem({
      status: 404,
      slug: 'no-webhook',
      title: 'There is no such webhook',
      detail: 'List your webhooks with GET /api/v1/webhooks.',
    })
  }

  async change(id: string, wish: WebhookChange, caller: Caller): Promise<WebhookRow> {
    await this.get(id, caller)
    const filter = wish.filter === undefined ? undefined : filterOf(wish.filter)
    if (wish.url !== undefined) await this.#checkUrl(wish.url)
    const now = this.#options.clock.now().toISOString()
    return this.#change(id, (row) => ({
      ...withStatus(row, wish, now),
      ...(wish.url === undefined ? {} : { url: wish.url }),
      ...(filter === undefined ? {} : { filter }),
      ...(wish.events === undefined ? {} : { events: [...wish.events] }),
      ...(wish.description === undefined ? {} : { description: wish.description }),
      updatedAt: now,
    }))
  }

  /** The old secret goes on signing beside the new one for `oldSecretMs`. */
  async rotateSecret(id: string, caller: Caller): Promise<{ row: WebhookRow; secret: string }> {
    await this.get(id, caller)
    const { secrets, clock } = this.#options
    const secret = newSecret()
    const now = clock.now()
    const until = new Date(now.getTime() + oldSecretMs).toISOString()
    const row = await this.#change(id, (standing) => ({
      ...standing,
      secret: secrets.seal(secret, id),
      oldSecret: { secret: standing.secret, until },
      updatedAt: now.toISOString(),
    }))
    return { row, secret }
  }

  async remove(id: string, caller: Caller): Promise<void> {
    await this.get(id, caller)
    await this.#options.endpoints.delete(id)
  }

  async #change(id: string, change: (row: WebhookRow) => WebhookRow): Promise<WebhookRow> {
    const changed = await changeRow(this.#options.endpoints, id, change)
    if (changed && (await this.#isApplied(id, changed.revision))) return changed.row
    throw notYet()
  }

  async #checkUrl(url: string): Promise<void> {
    const refusal = await this.#options.outbound.refusal(url, { httpsOnly: true })
    if (refusal === undefined) return
    throw new Problem({
      status: 422,
      slug: 'refused-address',
      title: 'The address may not be called',
      detail: refusal,
    })
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

function pendingSince(now: string): Pick<WebhookRow, 'status' | 'reason' | 'pendingSince'> {
  const reason = 'Waits for its endpoint to answer webhook.verify with the challenge.'
  return { status: 'pending', reason, pendingSince: now }
}

/** Another address verifies again, and so does what was disabled or never answered. */
function withStatus(row: WebhookRow, { url, status }: WebhookChange, now: string): WebhookRow {
  const { reason: _, pendingSince: __, ...rest } = row
  const isMoved = url !== undefined && url !== row.url
  const isRevived = status === 'active' && (row.status === 'pending' || row.status === 'disabled')
  if (isMoved || isRevived) return { ...rest, ...pendingSince(now) }
  if (status === undefined || row.status === 'pending' || row.status === 'disabled') return row
  return { ...rest, status }
}

function isFor(row: WebhookRow, caller: Caller): boolean {
  return caller.role === 'admin' || row.owner === caller.keyId
}

function requireAdmin(caller: Caller): void {
  if (caller.role === 'admin') return
  throw new Problem({
    status: 403,
    slug: 'wrong-role',
    title: 'The key may not do this',
    detail: 'Only an admin may spare a webhook its verification. Leave `verify` out.',
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
