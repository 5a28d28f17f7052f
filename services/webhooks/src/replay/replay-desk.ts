import { randomBytes } from 'node:crypto'
import { type Bus, changeRow, type Register, WrongSequenceError } from '@newswire/bus'
import { Problem } from '@newswire/http'
import type { Clock } from '@newswire/runtime'
import type { Store } from '@newswire/store'
import type { UntilCurrent } from '../deliveries/current.js'
import type { WebhookLimits } from '../limits.js'
import type { WebhookRow } from '../registry/webhook-row.js'
import { shardOf } from '../registry/webhook-row.js'
import { readMissed } from './read-missed.js'
import { isUnfinished, type Replay, type ReplayRow, type ReplayWish } from './replay-row.js'

const idBytes = 12
const minuteMs = 60_000

export interface ReplayDeskOptions {
  readonly bus: Bus
  readonly store: Pick<Store, 'deliveries'>
  readonly untilCurrent: UntilCurrent
  readonly replays: Register<ReplayRow>
  readonly shards: number
  readonly clock: Clock
  readonly limits: WebhookLimits
}

/** Takes wishes for replays: what is answered stands in the register, and is done. */
export class ReplayDesk {
  readonly #options: ReplayDeskOptions

  constructor(options: ReplayDeskOptions) {
    this.#options = options
  }

  async askForRange(webhook: WebhookRow, wish: ReplayWish & { kind: 'range' }): Promise<Replay> {
    return this.#ask(webhook, wish, await this.#end())
  }

  async askForOne(webhook: WebhookRow, delivery: string): Promise<Replay> {
    const { bus, replays, store, untilCurrent, clock, shards, limits } = this.#options
    // What is refused all the same does not have the ledger looked over.
    const standing = (await replays.get(webhook.id))?.value.replays ?? []
    refuseWhereTooMuch(standing, { kind: 'delivery' }, clock.now(), limits)
    await untilCurrent()
    if (!(await store.deliveries.one(webhook.id, delivery))) throw this.#noDelivery(webhook)
    const end = await this.#end()
    const { items } = await readMissed(bus, {
      endpoint: webhook.id,
      shard: shardOf(webhook.id, shards),
      wish: { kind: 'delivery', delivery },
      end,
      factsMax: limits.replayFindFactsMax,
      itemsMax: 1,
    })
    const [missed] = items
    if (missed) return this.#ask(webhook, { kind: 'delivery', delivery, missed }, end)
    throw this.#noDelivery(webhook)
  }

  #noDelivery({ id }: WebhookRow): Problem {
    const { replayFindFactsMax } = this.#options.limits
    return new Problem({
      status: 404,
      slug: 'no-delivery',
      title: 'There is no such delivery',
      detail: `Nothing that is kept, of the last ${replayFindFactsMax} entries of the ledger, tells of it. List deliveries with GET /api/v1/webhooks/${id}/deliveries, or replay a range.`,
    })
  }

  async get(webhook: WebhookRow, id: string): Promise<Replay> {
    const row = await this.#options.replays.get(webhook.id)
    const replay = row?.value.replays.find((each) => each.id === id)
    if (replay) return replay
    throw new Problem({
      status: 404,
      slug: 'no-replay',
      title: 'There is no such replay',
      detail: `Of finished replays the last ones are told only, at most ${this.#options.limits.replaysKeptMax}.`,
    })
  }

  /**
   * Nothing more is planned for it; what is planned already stands in the endpoint's count, and is
   * sent. One that has ended stays as it is.
   */
  async cancel(webhook: WebhookRow, id: string): Promise<Replay> {
    const standing = await this.get(webhook, id)
    const finishedAt = this.#options.clock.now().toISOString()
    const end = { state: 'stopped', reason: 'It was cancelled.', finishedAt } as const
    const { written } = await changeRow(this.#options.replays, webhook.id, (row) => {
      if (!row?.replays.some((each) => each.id === id && isUnfinished(each))) return undefined
      return { ...row, replays: row.replays.map((each) => withEnd(each, id, end)) }
    })
    if (!written) return isUnfinished(standing) ? this.get(webhook, id) : standing
    return written.replays.find((each) => each.id === id) ?? standing
  }

  async #end(): Promise<number> {
    const streams = await this.#options.bus.streams()
    return streams.find(({ stream }) => stream === 'DELIVERIES')?.lastSequence ?? 0
  }

  async #ask(webhook: WebhookRow, wish: ReplayWish, end: number): Promise<Replay> {
    const { replays, clock, limits } = this.#options
    if (webhook.status === 'disabled') throw disabled()
    const now = clock.now()
    const replay: Replay = {
      id: `rp_${randomBytes(idBytes).toString('base64url')}`,
      wish,
      requestedAt: now.toISOString(),
      end,
      state: 'planning',
      cursor: 0,
      ...(wish.kind === 'delivery' ? { total: 1 } : {}),
      ...{ planned: 0, delivered: 0, failed: 0, superseded: 0 },
    }
    await changeRow(replays, webhook.id, (row) => {
      const standing = row?.replays ?? []
      refuseWhereTooMuch(standing, wish, now, limits)
      const kept = withoutOldest([...standing, replay], limits.replaysKeptMax)
      return { ...row, endpoint: webhook.id, replays: kept }
    }).catch((error: unknown) => {
      if (!(error instanceof WrongSequenceError)) throw error
      throw tooMany('Many are asked for at this very moment.', 1_000)
    })
    return replay
  }
}

function withEnd(replay: Replay, id: string, end: Partial<Replay>): Replay {
  return replay.id === id && isUnfinished(replay) ? { ...replay, ...end } : replay
}

function refuseWhereTooMuch(
  standing: readonly Replay[],
  wish: Pick<ReplayWish, 'kind'>,
  now: Date,
  limits: WebhookLimits,
): void {
  const running = standing.find(({ state, wish }) => state === 'planning' && wish.kind === 'range')
  if (running && wish.kind === 'range') throw alreadyRunning(running.id)
  const recent = standing.filter(({ requestedAt }) => {
    return now.getTime() - Date.parse(requestedAt) < minuteMs
  })
  const [first] = recent
  const unfinished = standing.filter(isUnfinished).length
  if (unfinished >= limits.replaysUnfinishedMax) {
    throw tooMany(`${unfinished} replays of this webhook are not finished.`, minuteMs)
  }
  if (first && recent.length >= limits.replaysPerMinuteMax) {
    const waitMs = minuteMs - (now.getTime() - Date.parse(first.requestedAt))
    throw tooMany(`A webhook has at most ${limits.replaysPerMinuteMax} a minute.`, waitMs)
  }
}

function withoutOldest(replays: readonly Replay[], keptMax: number): Replay[] {
  let surplus = replays.length - keptMax
  return replays.filter((replay) => {
    if (surplus <= 0 || isUnfinished(replay)) return true
    surplus -= 1
    return false
  })
}

function alreadyRunning(replay: string): Problem {
  return new Problem({
    status: 409,
    slug: 'replay-running',
    title: 'A replay of this webhook is running',
    detail: `Wait until replay ${replay} has planned what it is about, and ask again.`,
    extra: { replay },
  })
}

function tooMany(what: string, waitMs: number): Problem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000))
  return new Problem({
    status: 429,
    slug: 'too-many-replays',
    title: 'Too many replays are asked for',
    detail: `${what} Try again in ${seconds} seconds.`,
    headers: { 'retry-after': String(seconds) },
  })
}

function disabled(): Problem {
  return new Problem({
    status: 409,
    slug: 'webhook-disabled',
    title: 'The webhook is disabled',
    detail: 'Set its status to active first, with PATCH; it is verified anew, and can be replayed.',
  })
}
