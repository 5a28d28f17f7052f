import type { SecretBox } from '@newswire/runtime'
import { privateKeyOf } from '../deliver/key-pair.js'
import { type SigningKey, secretKeyOf } from '../deliver/signature.js'
import { headerContext } from './own-headers.js'
import type { WebhookRow } from './webhook-row.js'

/** A webhook, and what is sealed in its row. */
export interface OpenedWebhook {
  readonly row: WebhookRow
  /** The keys that sign at this instant, newest first. */
  keys(now: Date): readonly SigningKey[]
  /** Its own request headers. */
  headers(): Readonly<Record<string, string>>
}

/** Opens at the first use, and once: most rows are never used between two changes. */
export function openedWebhook(row: WebhookRow, secrets: SecretBox): OpenedWebhook {
  let headers: Readonly<Record<string, string>> | undefined
  return {
    row,
    keys: keysOf(row, secrets),
    headers: () => {
      headers ??= headersOf(row, secrets)
      return headers
    },
  }
}

type KeySet = Pick<WebhookRow, 'secret' | 'signingKey'>

export function keysOf(row: WebhookRow, secrets: SecretBox): (now: Date) => readonly SigningKey[] {
  let opened: { keys: readonly SigningKey[]; untilMs: number }[] | undefined
  const open = (set: KeySet) => openKeys(set, { row, secrets })
  return (now) => {
    opened ??= [
      { keys: open(row), untilMs: Number.POSITIVE_INFINITY },
      ...(row.oldKeys ?? []).map((old) => ({ keys: open(old), untilMs: Date.parse(old.until) })),
    ]
    const [newest] = opened
    if (newest && opened.length === 1) return newest.keys
    return opened.flatMap(({ keys, untilMs }) => (untilMs > now.getTime() ? keys : []))
  }
}

/** What seals and opens a private key: a secret in its place can't be opened. */
export function signingKeyContext(id: string): string {
  return `${id}/signing-key`
}

function openKeys(
  { secret, signingKey }: KeySet,
  { row, secrets }: { row: WebhookRow; secrets: SecretBox },
): SigningKey[] {
  const { id, signature = 'hmac' } = row
  const keys: SigningKey[] = []
  if (signature !== 'ed25519') keys.push(openSecret(secrets.open(secret, id)))
  if (signature !== 'hmac' && signingKey) {
    keys.push(privateKeyOf(secrets.open(signingKey.private, signingKeyContext(id))))
  }
  return keys
}

function openSecret(text: string): Uint8Array {
  const key = secretKeyOf(text)
  if (key) return key
  throw new Error('What stands as a webhook secret is none.')
}

function headersOf({ id, headers = {} }: WebhookRow, secrets: SecretBox): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, sealed]) => [
      name,
      secrets.open(sealed, headerContext(id, name)),
    ]),
  )
}
