import { AckPolicy, type ConsumerConfig, type ConsumerInfo, DeliverPolicy, nanos } from 'nats'
import { apiErrorCode, apiErrors } from './api-error.js'
import { ackPendingMax } from './limits.js'
import type { Link } from './link.js'

/** A group's durable consumer. */
export interface Durable {
  readonly stream: string
  readonly name: string
  readonly ackWaitMs: number
  readonly from: 'all' | 'new'
  /** Only needed in a stream that several groups share. */
  readonly filter?: string
}

/**
 * Makes the durable where there is none and brings its settings up to date. `floor` is the sequence
 * up to which all is acknowledged, as far as known: one that was deleted begins again behind it.
 */
export async function ensureDurable(
  link: Link,
  durable: Durable,
  floor: number,
): Promise<ConsumerInfo> {
  const { consumers } = link.jsm
  const wanted = { ack_wait: nanos(durable.ackWaitMs), max_ack_pending: ackPendingMax }
  const stands = await consumerInfo(link, durable)
  if (stands === undefined) return consumers.add(durable.stream, newDurable(durable, wanted, floor))
  const { config } = stands
  if (config.ack_wait === wanted.ack_wait && config.max_ack_pending === ackPendingMax) return stands
  return consumers.update(durable.stream, durable.name, wanted)
}

export async function consumerInfo(
  link: Link,
  { stream, name }: Pick<Durable, 'stream' | 'name'>,
): Promise<ConsumerInfo | undefined> {
  try {
    return await link.attempt(() => link.jsm.consumers.info(stream, name))
  } catch (error) {
    if (apiErrorCode(error) === apiErrors.noConsumer) return undefined
    throw error
  }
}

function newDurable(
  { name, from, filter }: Durable,
  wanted: Partial<ConsumerConfig>,
  floor: number,
): Partial<ConsumerConfig> {
  return {
    ...wanted,
    ...startOf(from, floor),
    durable_name: name,
    ack_policy: AckPolicy.Explicit,
    // At a limit of its own the server would go silent: the bus counts and buries instead.
    max_deliver: -1,
    ...(filter === undefined ? {} : { filter_subject: filter }),
  }
}

function startOf(from: 'all' | 'new', floor: number): Partial<ConsumerConfig> {
  if (floor > 0) return { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: floor + 1 }
  return { deliver_policy: from === 'all' ? DeliverPolicy.All : DeliverPolicy.New }
}

/**
 * The sequence up to which nothing is waiting any more. A consumer that has acknowledged nothing
 * yet shows a floor of 0 even if it began further on (2.9.10), so what it was given counts where
 * nothing of that is open.
 */
export function floorOf({
  num_ack_pending: open,
  delivered,
  ack_floor: floor,
}: ConsumerInfo): number {
  return open === 0 ? delivered.stream_seq : floor.stream_seq
}
