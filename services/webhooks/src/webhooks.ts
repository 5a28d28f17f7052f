import { randomBytes } from 'node:crypto'
import { type Bus, PermanentError, type Register } from '@newswire/bus'
import { keyRowSchema, type Outbound } from '@newswire/http'
import type { Jobs } from '@newswire/jobs'
import { type RetrySchedule, retrySchedule } from '@newswire/model'
import {
  type Clock,
  type Log,
  type Metrics,
  type RunningWorker,
  type SecretBox,
  systemClock,
  type Worker,
} from '@newswire/runtime'
import { Bodies } from './deliver/bodies.js'
import { createCaller } from './deliver/call.js'
import { Slots } from './flow/slots.js'
import { Beat } from './ledger/beat.js'
import { checkpointSchema } from './ledger/checkpoint.js'
import { type WebhookLimits, webhookLimits } from './limits.js'
import { aborted, pause } from './pause.js'
import { Receivers } from './plan/receivers.js'
import { Directory } from './registry/directory.js'
import { RevokedKeys } from './registry/revoked-keys.js'
import { webhookRowSchema } from './registry/webhook-row.js'
import { ReplayBoard } from './replay/replay-board.js'
import { replayRowSchema } from './replay/replay-row.js'
import { Lease, type LeaseRow, leaseRowSchema } from './shard/lease.js'
import { createMeter } from './shard/meter.js'
import { ShardOwner, type ShardOwnerOptions } from './shard/shard-owner.js'
import { Share } from './shard/share.js'

/** Endpoints are dealt to this many shards; it must be the same for routes and workers. */
export const shardsDefault = 16

export interface WebhooksOptions {
  readonly bus: Bus
  readonly jobs: Jobs
  readonly outbound: Outbound
  readonly secrets: SecretBox
  readonly log: Log
  readonly metrics: Metrics
  /** The same name takes its shards over at once after its own crash. Default: a random one. */
  readonly instance?: string
  readonly shards?: number
  /** Where the house is found, without a slash at its end; the same for routes and workers. */
  readonly publicUrl?: string
  readonly clock?: Clock
  /** 0 to 1, for the jitter of retries. */
  readonly chance?: () => number
  readonly schedule?: RetrySchedule
  readonly limits?: Partial<WebhookLimits>
}

/**
 * item.tagged → plans → signed calls. Works every shard whose lease it gets; any number of these
 * may run, and what one of them leaves another takes up.
 */
export function createWebhooks(options: WebhooksOptions): Worker {
  return { name: 'webhooks', start: ({ fail }) => startWebhooks(options, fail) }
}

async function startWebhooks(
  options: WebhooksOptions,
  fail: (error: Error) => void,
): Promise<RunningWorker> {
  const { bus, outbound, secrets, clock = systemClock, shards = shardsDefault } = options
  const limits = { ...webhookLimits, ...options.limits }
  const endpoints = await bus.register('endpoints', webhookRowSchema)
  const checkpoints = await bus.register('checkpoints', checkpointSchema)
  const leases = await bus.register('leases', leaseRowSchema)
  const directory = new Directory({ endpoints, secrets, shards, fail })
  await directory.start()
  const replays = new ReplayBoard(await bus.register('replays', replayRowSchema))
  await replays.start()
  const revoked = new RevokedKeys(await bus.register('keys', keyRowSchema))
  await revoked.start()
  const meter = createMeter(options.metrics)
  const instance = options.instance ?? `webhooks-${randomBytes(6).toString('hex')}`
  const share = new Share({ leases, shards, instance, limits, log: options.log })
  await share.start()
  const ending = new AbortController()
  // What all shards of the process have in common.
  const common = {
    ...options,
    limits,
    clock,
    endpoints,
    checkpoints,
    directory,
    replays,
    revoked,
    slots: new Slots(limits),
    beat: new Beat(limits.outcomesWaitMs),
    receivers: new Receivers(bus),
    bodies: new Bodies(bus, { bytesMax: limits.bodiesBytesMax, publicUrl: options.publicUrl }),
    call: createCaller({ outbound, clock, limits }),
    chance: options.chance ?? Math.random,
    schedule: options.schedule ?? retrySchedule,
  }
  const keeping = { leases, share, instance, signal: ending.signal, fail }
  const keepers = Array.from({ length: shards }, (_, shard) =>
    keepShard({ ...common, shard, meter: meter(shard) }, keeping),
  )
  return {
    async stop() {
      ending.abort()
      await Promise.all([share.stop(), ...keepers])
      await directory.stop()
      await replays.stop()
      await revoked.stop()
    },
  }
}

interface Keeping {
  readonly leases: Register<LeaseRow>
  readonly share: Share
  readonly instance: string
  readonly signal: AbortSignal
  readonly fail: (error: Error) => void
}

/** Owns the shard whenever it is its turn, until the signal comes. */
async function keepShard(
  options: Omit<ShardOwnerOptions, 'lease' | 'onLost'>,
  keeping: Keeping,
): Promise<void> {
  const { log, shard, limits } = options
  for (;;) {
    const tenure = await keeping.share.next(shard, keeping.signal)
    if (!tenure) return
    try {
      await ownOnce(options, keeping, tenure.signal)
    } catch (error) {
      if (isBroken(error)) return keeping.fail(asError(error))
      log.warn({ err: error, shard }, 'shard let go; it is taken anew')
      await pause(limits.reownMs, keeping.signal)
    } finally {
      tenure.end()
    }
  }
}

/** From the lease to its end. Throws what ended it, unless that was the signal. */
async function ownOnce(
  options: Omit<ShardOwnerOptions, 'lease' | 'onLost'>,
  { leases, instance }: Keeping,
  signal: AbortSignal,
): Promise<void> {
  const { log, shard, limits } = options
  const over = new AbortController()
  let lost: Error | undefined
  const onLost = (error: Error) => {
    lost ??= error
    over.abort()
  }
  let owner: ShardOwner | undefined
  const onRenewed = () => owner?.pump()
  const lease = new Lease({ leases, shard, instance, limits, log, onRenewed, onLost })
  const end = () => over.abort()
  signal.addEventListener('abort', end)
  try {
    if (!(await lease.tryAcquire())) return await pause(limits.leaseLookMs, signal)
    owner = await ShardOwner.start({ ...options, lease, onLost })
    log.info({ shard, instance }, 'shard taken')
    await aborted(over.signal)
  } finally {
    signal.removeEventListener('abort', end)
    await owner?.stop({ isLost: lost !== undefined })
    await lease.release()
  }
  if (lost) throw lost
}

/** A row or fact of ours that can't be read, or a fault in our own code: no new try can help. */
function isBroken(error: unknown): boolean {
  return error instanceof PermanentError || error instanceof TypeError
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
