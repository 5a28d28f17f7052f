import { z } from 'zod'
import type { House } from './house.js'

export interface PagesOptions<S extends z.ZodType> {
  readonly path: string
  /** Of one entry. */
  readonly schema: S
  readonly query?: URLSearchParams
  /** Entries in all. */
  readonly limit: number
  /** Entries that the house gives at a time. */
  readonly pageMax: number
}

/** The first so many entries of a list, from as many pages as that takes. */
export async function listAll<S extends z.ZodType>(
  house: House,
  { path, schema, query, limit, pageMax }: PagesOptions<S>,
): Promise<z.output<S>[]> {
  const pageSchema = z.looseObject({ items: z.array(schema), next: z.string().nullish() })
  const found: z.output<S>[] = []
  let cursor: string | undefined
  while (found.length < limit) {
    const asked = new URLSearchParams(query)
    asked.set('limit', String(Math.min(pageMax, limit - found.length)))
    if (cursor !== undefined) asked.set('cursor', cursor)
    const { items, next } = await house.ask('GET', path, pageSchema, { query: asked })
    found.push(...items)
    if (!next || items.length === 0) break
    cursor = next
  }
  return found
}
