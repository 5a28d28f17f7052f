import type { Bus, Stored } from '@newswire/bus'
import { Problem } from '@newswire/http'
import { compareRevisions, type TaggedItem } from '@newswire/model'
import type { LoggedDelivery, Store } from '@newswire/store'
import { eventFor } from '../deliver/events.js'
import { renderItem } from '../deliver/formats/formats.js'
import type { WebhookRow } from '../registry/webhook-row.js'

export interface EventsOptions {
  readonly bus: Pick<Bus, 'read'>
  readonly store: Pick<Store, 'deliveries' | 'publicState'>
  readonly publicUrl?: string
}

/** A delivery as it would be sent at this moment. */
export interface PulledEvent {
  /** The `webhook-id`. */
  readonly id: string
  readonly sequence: number
  readonly previous: number | null
  readonly item: string
  readonly revision: string
  /** Nothing would be sent: a later sequence takes its place, or the text is not for it. */
  readonly superseded: boolean
  /** The body of the call; null where it is superseded. */
  readonly event: unknown
}

export interface Wanted {
  readonly sequence: number
  readonly limit: number
  /** UTF-16 units of all bodies; a page that has as many ends there. */
  readonly charsMax: number
}

/** Deliveries whose items are in memory at a time: an item may have a megabyte. */
const atOnceMax = 10

/**
 * What was planned for a webhook after a sequence, in order and without a gap, whatever came of it.
 * Both read models must be current. Errors: Problem 410 where older ones are kept no longer.
 */
export async function eventsAfter(
  options: EventsOptions,
  row: WebhookRow,
  { sequence, limit, charsMax }: Wanted,
): Promise<PulledEvent[]> {
  const { deliveries, first } = await options.store.deliveries.after(row.id, { sequence, limit })
  if (first > sequence + 1) throw tooOld(first)
  const events: PulledEvent[] = []
  let chars = 0
  for (let from = 0; from < deliveries.length && chars < charsMax; from += atOnceMax) {
    for (const rendered of await someOf(options, row, deliveries.slice(from, from + atOnceMax))) {
      if (chars >= charsMax) break
      chars += rendered.text?.length ?? 0
      events.push(asEvent(rendered))
    }
  }
  return events
}

async function someOf(
  options: EventsOptions,
  row: WebhookRow,
  deliveries: readonly LoggedDelivery[],
): Promise<Rendered[]> {
  const items = [...new Set(deliveries.map(({ item }) => item))]
  const standings = await Promise.all(items.map((item) => standingOf(options, row, item)))
  const byItem = new Map(items.map((item, at) => [item, standings[at]]))
  return await Promise.all(
    deliveries.map((delivery) => renderedOf(options, row, delivery, byItem.get(delivery.item))),
  )
}

interface Rendered {
  readonly delivery: LoggedDelivery
  /** Undefined where nothing would be sent. */
  readonly text: string | undefined
}

function asEvent({ delivery, text }: Rendered): PulledEvent {
  const { id, sequence, previous = null, item, revision } = delivery
  const told = { id, sequence, previous, item, revision }
  if (text === undefined) return { ...told, superseded: true, event: null }
  return { ...told, superseded: false, event: JSON.parse(text) }
}

/** How an item stands today, for one webhook. */
interface Standing {
  readonly newest: Stored<TaggedItem> | undefined
  /** Everything of the item that was planned for the webhook, oldest first. */
  readonly planned: readonly LoggedDelivery[]
}

async function standingOf(
  { bus, store }: EventsOptions,
  { id }: WebhookRow,
  item: string,
): Promise<Standing> {
  const [state, planned] = await Promise.all([
    store.publicState(item),
    store.deliveries.ofItem(item, id),
  ])
  const newest = state && (await bus.read('item.tagged', state.sequence))
  return { newest, planned }
}

async function renderedOf(
  { bus, publicUrl }: EventsOptions,
  row: WebhookRow,
  delivery: LoggedDelivery,
  standing: Standing | undefined,
): Promise<Rendered> {
  const stored = standing && (await sentToday(bus, row, delivery, standing))
  const type = stored && eventFor(row, stored.value, knowsBefore(delivery, standing.planned))
  if (stored === undefined || type === undefined) return { delivery, text: undefined }
  const what = { type, item: stored.value, happened: stored.storedAt }
  return { delivery, text: renderItem(row.format, what, publicUrl).textFor(delivery.id) }
}

/** The version that a call would carry at this moment. */
async function sentToday(
  bus: Pick<Bus, 'read'>,
  row: WebhookRow,
  delivery: LoggedDelivery,
  { newest, planned }: Standing,
): Promise<Stored<TaggedItem> | undefined> {
  const { status, rights } = newest?.value ?? {}
  // In the place of every text, also where no call was made: who pulls may have had it.
  if (status === 'canceled') return newest
  const isLast = planned.every(({ sequence }) => sequence <= delivery.sequence)
  if (status !== 'usable' || !isLast || delivery.state === 'superseded') return undefined
  if (rights === 'private' && !row.seesPrivate) return undefined
  if (delivery.itemSequence === newest?.sequence) return newest
  return await bus.read('item.tagged', delivery.itemSequence)
}

/** Whether the webhook has acknowledged an earlier version, as far as it is known. */
function knowsBefore(delivery: LoggedDelivery, planned: readonly LoggedDelivery[]): boolean {
  const { sequence, previous, revision } = delivery
  const before = planned.filter((each) => compareRevisions(each.revision, revision) < 0)
  // What a replay planned once more follows a delivery of the very same revision.
  const isKnown = planned.some((each) => each.sequence === previous)
  if (previous !== undefined && previous < sequence && !isKnown) return true
  return before.some(({ state }) => state === 'delivered')
}

function tooOld(first: number): Problem {
  return new Problem({
    status: 410,
    slug: 'events-gone',
    title: 'Events this old are kept no longer',
    detail: `The oldest that is kept is ${first}. Read the items that you miss with GET /api/v1/items, and go on with after=${first - 1}.`,
    extra: { first },
  })
}
