import type { Attempt, Plan } from '@newswire/model'
import type {
  DeliveryCounts,
  DeliveryState,
  LoggedAttempt,
  LoggedDelivery,
} from './delivery-log.js'
import { deliveryReadLimits as limits } from './limits.js'

/** One letter each; `-` stands for what is not kept. */
export const letterOf = {
  waiting: 'w',
  retry: 'r',
  delivered: 'd',
  failed: 'f',
  superseded: 's',
} as const satisfies Record<DeliveryState, string>

/** What is still to be sent. */
export const openLetters: readonly string[] = [letterOf.waiting, letterOf.retry]

export function lettersOf(state: DeliveryState | 'open'): readonly string[] {
  return state === 'open' ? openLetters : [letterOf[state]]
}

/** In the order in which an endpoint's counts, and the blocks of the states, are written. */
export const stateOrder = Object.keys(letterOf) as DeliveryState[]

export const idKeyOf = (delivery: string) => delivery.slice(0, limits.idKeyChars)

/** `msg_` and its hash: two characters of it deal a million names into hashes that stay compact. */
export const nameBucketOf = (idKey: string) => /^.{4}([\w-]{2})/.exec(idKey)?.[1] ?? ''

/** What all deliveries of a plan have in common. */
export type PlanHead = Pick<
  LoggedDelivery,
  'item' | 'wire' | 'version' | 'revision' | 'itemStatus' | 'itemSequence' | 'plannedAt'
>

export interface PlanRow {
  readonly plan: number
  readonly states: string
  readonly head: PlanHead
}

type Head = [string, string, number, string, LoggedDelivery['itemStatus'], number, number]

export function packHead({ item, at }: Plan): string {
  const { id, wire, version, revision, status, sequence } = item
  const head: Head = [id, wire, version, revision, status, sequence, Date.parse(at)]
  return JSON.stringify(head)
}

export function unpackPlan(plan: number, text: string): PlanRow {
  const cut = text.indexOf('\n')
  let head: PlanHead | undefined
  return {
    plan,
    states: text.slice(0, cut),
    // A search passes by many plans of which it needs the states alone.
    get head() {
      head ??= unpackHead(text.slice(cut + 1))
      return head
    },
  }
}

function unpackHead(text: string): PlanHead {
  const [item, wire, version, revision, itemStatus, itemSequence, atMs] = JSON.parse(text) as Head
  const plannedAt = new Date(atMs)
  return { item, wire, version, revision, itemStatus, itemSequence, plannedAt }
}

/** `<endpoint> <sequence>` per delivery, in the order of the plan. */
export function unpackLines(text: string): { endpoint: string; sequence: number }[] {
  return text.split('\n').map((line) => {
    const gap = line.indexOf(' ')
    return { endpoint: line.slice(0, gap), sequence: Number(line.slice(gap + 1)) }
  })
}

type Line = [
  number,
  Attempt['result'],
  number | null,
  number | null,
  number | null,
  string | null,
  number | null,
  number,
]

const instantOf = (text: string | undefined) => (text === undefined ? null : Date.parse(text))

/** `place` is the sequence in DELIVERIES of the entry that tells of the attempt. */
export function packAttempt(told: Attempt, place: number): string {
  const line: Line = [
    told.attempt,
    told.result,
    instantOf(told.startedAt),
    told.latencyMs === undefined ? null : Math.round(told.latencyMs * 10) / 10,
    told.status ?? null,
    told.error?.slice(0, limits.errorCharsMax) ?? null,
    instantOf(told.nextAt),
    place,
  ]
  return JSON.stringify(line)
}

function unpackAttempt(text: string): LoggedAttempt {
  const [attempt, result, startedMs, latencyMs, status, error, nextMs, place] = JSON.parse(
    text,
  ) as Line
  return {
    attempt,
    result,
    place,
    ...(startedMs === null ? {} : { startedAt: new Date(startedMs) }),
    ...(latencyMs === null ? {} : { latencyMs }),
    ...(status === null ? {} : { status }),
    ...(error === null ? {} : { error }),
    ...(nextMs === null ? {} : { nextAt: new Date(nextMs) }),
  }
}

/** A delivery without what its plan says. */
export interface DeliveryRecord {
  readonly plan: number
  /** Its place in the plan, from 1. */
  readonly index: number
  readonly state: DeliveryState
  readonly previous?: number
  readonly id: string
  readonly attempts: readonly LoggedAttempt[]
}

/** `<plan> <index> <state> <previous or 0> <id>`, and a line per attempt. */
export function unpackRecord(text: string): DeliveryRecord {
  const [head = '', ...lines] = text.split('\n')
  const [plan = '', index = '', letter = '', previous = '', id = ''] = head.split(' ')
  const state = stateOrder.find((each) => letterOf[each] === letter)
  if (state === undefined) throw new SyntaxError(`A delivery has the unknown state "${letter}".`)
  return {
    plan: Number(plan),
    index: Number(index),
    state,
    ...(previous === '0' ? {} : { previous: Number(previous) }),
    id,
    attempts: lines.map(unpackAttempt),
  }
}

export interface EndpointRow {
  readonly first: number
  readonly last: number
  readonly counts: DeliveryCounts
}

export function unpackEndpoint(text: string): EndpointRow {
  const [first = 0, last = 0, ...counts] = text.split(' ').map(Number)
  const pairs = stateOrder.map((state, at) => [state, counts[at] ?? 0])
  return { first, last, counts: Object.fromEntries(pairs) as DeliveryCounts }
}
