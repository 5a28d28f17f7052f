import { createSecretBox } from '@newswire/runtime'
import { expect, it } from 'vitest'
import type { SigningKey } from '../deliver/signature.js'
import { freshSigningKey, rotationOf, shownSecret } from './rotation.js'
import { keysOf } from './sealed.js'
import { type WebhookRow, webhookRowSchema } from './webhook-row.js'

const secrets = createSecretBox('a key for the secrets of the tests')
const hourMs = 60 * 60 * 1_000
const start = Date.parse('2026-11-26T09:00:00.000Z')
const at = (hours: number) => new Date(start + hours * hourMs)
const kindsOf = (keys: readonly SigningKey[]) =>
  keys.map((key) => (key instanceof Uint8Array ? 'v1' : 'v1a'))

function rowOf(own: Partial<WebhookRow>): WebhookRow {
  const now = at(0).toISOString()
  const id = 'wh_1'
  return webhookRowSchema.parse({
    ...{ id, owner: 'key', url: 'https://example.org', filter: {}, events: [], since: 0 },
    ...{ format: 'newswire', status: 'active', createdAt: now, updatedAt: now },
    ...{ seesPrivate: false, secret: secrets.seal(`whsec_${'A'.repeat(43)}=`, id) },
    signingKey: freshSigningKey(id, secrets),
    ...own,
  })
}

const rotated = (row: WebhookRow, hours: number) =>
  rotationOf(row.id, { now: at(hours), secrets })(row)

it.each([
  [undefined, ['v1']],
  ['hmac', ['v1']],
  ['ed25519', ['v1a']],
  ['both', ['v1', 'v1a']],
] as const)('where %s is wished, %j sign', (signature, kinds) => {
  const row = rowOf(signature === undefined ? {} : { signature })
  expect(kindsOf(keysOf(row, secrets)(at(0)))).toEqual(kinds)
  expect(kindsOf(keysOf(rotated(row, 0), secrets)(at(1)))).toEqual([...kinds, ...kinds])
  expect(shownSecret(row, secrets)).toEqual(
    signature === 'ed25519' ? undefined : expect.stringMatching(/^whsec_/),
  )
})

it('an old key signs for 24 hours and not a moment longer', () => {
  const row = rotated(rowOf({ signature: 'both' }), 0)
  const keys = keysOf(row, secrets)
  expect(keys(new Date(start + 24 * hourMs - 1))).toHaveLength(4)
  expect(keys(at(24))).toHaveLength(2)
  expect(rotated(row, 25).oldKeys).toHaveLength(1)
})

it('the fourth rotation waits until the first old key has had its time', () => {
  const row = rotated(rotated(rotated(rowOf({}), 0), 1), 2)
  expect(() => rotated(row, 23)).toThrow('Rotate again after 2026-11-27T09:00:00.000Z')
  expect(rotated(row, 24).oldKeys).toHaveLength(3)
})

it('what is sealed for one place is not opened in another', () => {
  const row = rowOf({ signature: 'ed25519' })
  const moved = { ...row, signingKey: { private: row.secret, public: 'whpk_' } }
  expect(() => keysOf(moved, secrets)(at(0))).toThrow('cannot be opened')
  expect(() => keysOf({ ...row, id: 'wh_2' }, secrets)(at(0))).toThrow('cannot be opened')
})
