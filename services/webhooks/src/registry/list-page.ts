import { invalidCursor } from './answers.js'
import type { WebhookRow } from './webhook-row.js'

type Listed = Pick<WebhookRow, 'id' | 'createdAt'>

export interface ListPage<T extends Listed = WebhookRow> {
  readonly items: readonly T[]
  /** Opaque to the outside; null at the end. */
  readonly next: string | null
}

/** Newest first. */
export function inOrder<T extends Listed>(rows: readonly T[]): T[] {
  return rows
    .map((row) => ({ row, place: placeOf(row) }))
    .sort((a, b) => (a.place < b.place ? 1 : -1))
    .map(({ row }) => row)
}

/** Of rows in order. Problem 400 where the cursor is none. */
export function pageOf<T extends Listed>(
  rows: readonly T[],
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): ListPage<T> {
  const before = cursor === undefined ? undefined : placeIn(cursor)
  const rest = rows.filter((row) => before === undefined || placeOf(row) < before)
  const items = rest.slice(0, limit)
  const last = rest.length > limit ? items.at(-1) : undefined
  return { items, next: last ? cursorOf(placeOf(last)) : null }
}

/** In the order of registration, and the same whatever is registered or deleted meanwhile. */
function placeOf({ createdAt, id }: Listed): string {
  return `${createdAt} ${id}`
}

function cursorOf(place: string): string {
  return Buffer.from(`w1:${place}`).toString('base64url')
}

function placeIn(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString()
  const [, place] = /^w1:([\dT:.-]+Z [\w-]+)$/.exec(text) ?? []
  if (place === undefined) throw invalidCursor()
  return place
}
