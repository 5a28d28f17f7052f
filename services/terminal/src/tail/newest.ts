import type { House } from '../house/index.js'
import { itemPageSchema } from '../items/item.js'
import { type LiveItem, liveItemOf } from './shown-item.js'

/** What was shown, so that nothing is shown twice. */
const seenMax = 20_000
const pageItems = 100
/** A burst beyond this is told, not listed. */
const pagesMax = 5

export interface Newest {
  /** The newest so many, oldest first; all of them count as seen. */
  last(count: number): Promise<readonly LiveItem[]>
  /** What the house lists and was not seen yet, oldest first. */
  unseen(): Promise<readonly LiveItem[]>
  /** Whether it was not seen yet; it is from now on. */
  take(item: LiveItem): boolean
  /** Whether any version of it was shown. */
  knows(id: string): boolean
}

/** The newest items of a filter: the house itself decides what matches. */
export function createNewest(house: House, filter: URLSearchParams): Newest {
  const seen = new Map<string, Pick<LiveItem, 'version' | 'status'>>()

  function take(item: LiveItem): boolean {
    const { id, version, status } = item
    const shown = seen.get(id)
    // The list may lag behind the stream: what was overtaken is no news.
    if (
      shown &&
      (version < shown.version || (version === shown.version && status === shown.status))
    )
      return false
    seen.delete(id)
    seen.set(id, { version, status })
    for (const oldest of seen.keys()) {
      if (seen.size <= seenMax) break
      seen.delete(oldest)
    }
    return true
  }

  async function page(limit: number, cursor: string | undefined) {
    const query = new URLSearchParams(filter)
    query.set('limit', String(limit))
    if (cursor !== undefined) query.set('cursor', cursor)
    const { items, next } = await house.ask('GET', '/api/v1/items', itemPageSchema, { query })
    return { items: items.map(liveItemOf), next: next ?? undefined }
  }

  return {
    take,
    knows: (id) => seen.has(id),
    async last(count) {
      // What stands already is no news, whether it is shown or not.
      const { items } = await page(pageItems, undefined)
      for (const item of items.toReversed()) take(item)
      return count === 0 ? [] : items.slice(0, count).toReversed()
    },
    async unseen() {
      const found: LiveItem[] = []
      let cursor: string | undefined
      for (let pages = 0; pages < pagesMax; pages += 1) {
        const { items, next } = await page(pageItems, cursor)
        const fresh = items.filter(take)
        found.push(...fresh)
        cursor = next
        if (fresh.length < items.length || cursor === undefined) break
      }
      return found.toReversed()
    },
  }
}
