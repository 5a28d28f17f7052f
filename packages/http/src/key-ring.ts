import type { Register } from '@newswire/bus'
import { type Clock, systemClock } from '@newswire/runtime'
import { z } from 'zod'
import { type Caller, type KeyRing, roles } from './http.js'
import { hashKey, isKeyOf, keyIdOf, newKeyText } from './key-text.js'

/** A row of the register `keys`, under its id. */
export const keyRowSchema = z.object({
  id: z.string(),
  role: z.enum(roles),
  name: z.string(),
  /** SHA-256 of the key's text, hex. */
  hash: z.string(),
  createdAt: z.string(),
  /** `house`: the one admin key that a start or `newswire admin-key` made; else made by the API. */
  origin: z.enum(['api', 'house']),
  /**
   * Somebody ended it: it opens nothing, and what it owns is to stop. A key of the house that only
   * made room for another has no row any more, and what it owns goes on.
   */
  revokedAt: z.iso.datetime().optional(),
})
export type KeyRow = z.infer<typeof keyRowSchema>

/** A revoked key works for at most this long in other processes. */
const rememberedMs = 500
const rememberedMax = 1_000

interface Remembered {
  readonly row: KeyRow
  readonly untilMs: number
}

/** Keys in the register, remembered for half a second: a busy pusher costs two lookups a second. */
export function createKeyRing({
  keys,
  clock = systemClock,
}: {
  keys: Register<KeyRow>
  clock?: Clock
}): KeyRing {
  const remembered = new Map<string, Remembered>()

  async function rowOf(id: string): Promise<KeyRow | undefined> {
    const now = clock.now().getTime()
    const found = remembered.get(id)
    if (found !== undefined && found.untilMs > now) return found.row
    remembered.delete(id)
    const row = await keys.get(id)
    if (row === undefined || isRevoked(row.value)) return undefined
    if (remembered.size >= rememberedMax) remembered.clear()
    remembered.set(id, { row: row.value, untilMs: now + rememberedMs })
    return row.value
  }

  return {
    async find(key) {
      const row = await rowOf(keyIdOf(key))
      return row !== undefined && isKeyOf(key, row.hash) ? callerFrom(row) : undefined
    },
    async byId(id) {
      const row = await rowOf(id)
      return row === undefined ? undefined : callerFrom(row)
    },
    async create({ role, name }) {
      const { id, key } = newKeyText()
      const createdAt = clock.now().toISOString()
      await keys.create(id, { id, role, name, hash: hashKey(key), createdAt, origin: 'api' })
      return { id, key }
    },
    async list() {
      const rows = (await keys.rows()).map(({ value }) => value)
      return rows
        .filter((row) => !isRevoked(row))
        .map(({ id, role, name, createdAt }) => ({ id, role, name, createdAt }))
        .sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id))
    },
    async revoke(id) {
      const row = await keys.get(id)
      if (row === undefined || isRevoked(row.value)) return false
      const revokedAt = clock.now().toISOString()
      // Nothing that could open a door stays, whoever reads the row.
      await keys.put(id, { ...row.value, hash: '', revokedAt })
      remembered.delete(id)
      return true
    },
  }
}

/** Whether somebody ended the key; see `KeyRow.revokedAt`. */
export function isRevoked({ revokedAt }: Pick<KeyRow, 'revokedAt'>): boolean {
  return revokedAt !== undefined
}

function callerFrom({ id, role, name }: KeyRow): Caller {
  return { keyId: id, role, name }
}
