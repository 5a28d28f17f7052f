import type { Register } from '@newswire/bus'
import { type Clock, systemClock } from '@newswire/runtime'
import { isRevoked, type KeyRow } from './key-ring.js'
import { hashKey, keyIdOf, newKeyText } from './key-text.js'

interface AdminKeyOptions {
  readonly keys: Register<KeyRow>
  readonly clock?: Clock
}

/**
 * Makes sure that somebody can be admin. `given` (the setting ADMIN_KEY) becomes the house's admin
 * key, in place of an earlier one: whoever changes the setting wants the old key dead. Without it a
 * key is made where no admin's key stands, and its text is returned for the only time
 * (`isNew`: show it). Undefined where one stands and is not known in clear.
 */
export async function ensureAdminKey({
  keys,
  given,
  clock = systemClock,
}: AdminKeyOptions & { given?: string }): Promise<{ key: string; isNew: boolean } | undefined> {
  if (given !== undefined) {
    await putHouseKey(keys, { id: keyIdOf(given), key: given, name: 'ADMIN_KEY' }, clock)
    return { key: given, isNew: false }
  }
  const rows = await keys.rows()
  if (rows.some(({ value }) => value.role === 'admin' && !isRevoked(value))) return undefined
  const { key } = await newAdminKey({ keys, clock })
  return { key, isNew: true }
}

/**
 * A new admin key in place of the house's earlier one, which is revoked; admin keys that were made
 * by the API stay. Where ADMIN_KEY is set, the next start puts that one in its place again.
 */
export async function newAdminKey({
  keys,
  clock = systemClock,
}: AdminKeyOptions): Promise<{ id: string; key: string }> {
  const made = newKeyText()
  await putHouseKey(keys, { ...made, name: 'first admin' }, clock)
  return made
}

async function putHouseKey(
  keys: Register<KeyRow>,
  { id, key, name }: { id: string; key: string; name: string },
  clock: Clock,
): Promise<void> {
  const rows = (await keys.rows()).map(({ value }) => value)
  const hash = hashKey(key)
  const standing = rows.find((row) => row.id === id)
  if (standing?.hash !== hash || standing.role !== 'admin') {
    const createdAt = clock.now().toISOString()
    await keys.put(id, { id, role: 'admin', name, hash, createdAt, origin: 'house' })
  }
  // Only after the new one stands: a crash between the two leaves two keys, never none.
  for (const row of rows) {
    const isInPlace = row.origin === 'house' && row.id !== id && !isRevoked(row)
    if (isInPlace) await keys.delete(row.id)
  }
}
