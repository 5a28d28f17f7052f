import type { Stored } from '@newswire/bus'
import type { Attempt, DeliveryFact } from '@newswire/model'
import type { Redis } from 'ioredis'
import { FellBackError, openMark, readMark, type Span } from '../mark.js'
import type { ReadModel } from '../projector.js'
import { deliveryKeys } from './delivery-keys.js'
import { type DeliveryLimits, deliveryReadLimits } from './limits.js'
import { idKeyOf, letterOf, packAttempt, packHead, stateOrder } from './pack.js'
import { applyDeliveriesScript, resetDeliveriesScript } from './scripts.js'

const { mark, plans, lines, order, items, endpoints } = deliveryKeys
/** Mark, plans, lines, order, items, endpoints, and the blocks and the marks of each state. */
const deliveryModelKeys = [
  ...[mark, plans, lines, order, items, endpoints],
  ...stateOrder.map((state) => deliveryKeys.blocksPrefix + letterOf[state]),
  ...stateOrder.map((state) => deliveryKeys.marksPrefix + letterOf[state]),
]
const { ofPrefix, namesPrefix, statesPrefix, answersPrefix, formerIdsPrefix } = deliveryKeys

/** One more with each change of what is written: then it is made anew from the stream. */
const deliveriesShape = 2

/** Every delivery with its attempts, by endpoint, by item, and in the order of the plans. */
export function deliveriesModel(redis: Redis, limits: DeliveryLimits): ReadModel<'delivery'> {
  return {
    fact: 'delivery',
    shape: deliveriesShape,
    open: () => openMark(redis, mark, deliveriesShape),
    mark: () => readMark(redis, mark),
    async apply(span, batch) {
      let after = span.after
      for (const part of partsOf(batch)) {
        const upTo = part.at(-1)?.sequence ?? after
        await write(redis, limits, { epoch: span.epoch, after, upTo }, part)
        after = upTo
      }
    },
    reset: (epoch) => resetDeliveries(redis, epoch),
  }
}

/** Empties the model in one step; with an epoch only if it is still that life of the model. */
export async function resetDeliveries(redis: Redis, epoch = ''): Promise<void> {
  const byEndpoint = [ofPrefix, statesPrefix, formerIdsPrefix]
  const args = [epoch, ...byEndpoint, namesPrefix, answersPrefix]
  await resetDeliveriesScript.run(redis, deliveryModelKeys, args)
}

async function write(
  redis: Redis,
  limits: DeliveryLimits,
  { epoch, after, upTo }: Span,
  part: readonly Stored<DeliveryFact>[],
): Promise<void> {
  const prefixes = [ofPrefix, namesPrefix, statesPrefix, answersPrefix]
  const bounds = [limits.endpointDeliveriesMax, limits.deliveriesMax, limits.perStatusMax]
  const args = [epoch, after, upTo, ...prefixes, ...bounds, part.length]
  for (const fact of part) {
    const values = valuesOf(fact)
    args.push(fact.sequence, fact.value.type, values.length)
    for (const value of values) args.push(value)
  }
  const reply = await applyDeliveriesScript.run(redis, deliveryModelKeys, args)
  if (reply !== 'applied') throw new FellBackError('the deliveries fell back')
}

/** An entry is never cut in two. */
function partsOf(batch: readonly Stored<DeliveryFact>[]): Stored<DeliveryFact>[][] {
  const parts: Stored<DeliveryFact>[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const fact of batch) {
    const { value } = fact
    const own = value.type === 'plan' ? value.deliveries.length : value.attempts.length
    if (size + own > deliveryReadLimits.writesAtOnceMax) {
      parts.push([])
      size = 0
    }
    parts.at(-1)?.push(fact)
    size += own
  }
  return parts
}

function valuesOf({ value, sequence }: Stored<DeliveryFact>): (string | number)[] {
  if (value.type === 'outcomes') return outcomesOf(value.attempts, sequence)
  const deliveries = value.deliveries.flatMap((delivery) => [
    delivery.endpoint,
    delivery.sequence,
    idKeyOf(delivery.id),
    `${delivery.previous ?? 0} ${delivery.id}`,
  ])
  return [sequence, packHead(value), value.item.id, value.deliveries.length, ...deliveries]
}

function outcomesOf(attempts: readonly Attempt[], place: number): (string | number)[] {
  return attempts.flatMap((attempt) => [
    attempt.endpoint,
    attempt.sequence,
    letterOf[attempt.result],
    isStatus(attempt.status) ? attempt.status : 0,
    packAttempt(attempt, place),
  ])
}

/** As HTTP has them (RFC 9110, 15): by others nothing is found. */
function isStatus(status: number | undefined): status is number {
  return status !== undefined && status >= 100 && status <= 599
}
