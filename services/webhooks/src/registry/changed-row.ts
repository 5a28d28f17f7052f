import { type Caller, Problem } from '@newswire/http'
import type { SecretBox } from '@newswire/runtime'
import { filterOf } from './filter-of.js'
import { given } from './given.js'
import { handedTo } from './hand-over.js'
import { sealHeaders, withKept } from './own-headers.js'
import type { WebhookChange } from './requests.js'
import { freshSigningKey, hasKeyPair } from './rotation.js'
import { withStatus } from './status.js'
import type { WebhookRow } from './webhook-row.js'

export interface ChangeOptions {
  readonly id: string
  readonly now: string
  readonly secrets: SecretBox
  /** Whom it is handed to, if anybody. */
  readonly owner?: Caller | undefined
}

/**
 * What a change makes of a row; asked again upon what another wrote meanwhile. Problem 422 at once
 * where the wish cannot be used, whatever stands.
 */
export function changeOf(
  wish: WebhookChange,
  { id, now, secrets, owner }: ChangeOptions,
): (row: WebhookRow) => WebhookRow {
  checkPause(wish)
  const filter = wish.filter === undefined ? undefined : filterOf(wish.filter)
  const headers = wish.headers && sealHeaders(wish.headers, { id, secrets })
  const signingKey = hasKeyPair(wish.signature) ? freshSigningKey(id, secrets) : undefined
  const { url, events, format, signature } = wish
  const handed = handedTo(owner)
  return (row) => {
    const { headers: standing, ...rest } = cleared(withStatus(row, wish, now), wish)
    // They may be secrets of the receiver that stands there; whoever comes next is another.
    const isElsewhere = url !== undefined && originOf(url) !== originOf(row.url)
    const kept = isElsewhere ? undefined : standing
    return {
      ...rest,
      ...given({ url, filter, events, format, signature }),
      ...given({ headers: headers ? withKept(headers, kept) : kept }),
      // A key pair that stands already is one that the receiver may know.
      ...given({ signingKey: row.signingKey ?? signingKey }),
      ...handed(row),
      updatedAt: now,
    }
  }
}

/** Names of the own headers that a change took away without being asked to. */
export function droppedHeaders(
  wish: Pick<WebhookChange, 'headers'>,
  { stood, written }: { readonly stood: WebhookRow | undefined; readonly written: WebhookRow },
): string[] {
  if (wish.headers !== undefined) return []
  return Object.keys(stood?.headers ?? {}).filter(
    (name) => !Object.hasOwn(written.headers ?? {}, name),
  )
}

function originOf(url: string): string {
  return new URL(url).origin
}

/** Takes what is set, and takes out what null clears. */
function cleared(row: WebhookRow, wish: WebhookChange): WebhookRow {
  const { name, description, ratePerSecond, concurrency, ...rest } = row
  return {
    ...rest,
    ...given({
      name: wish.name === undefined ? name : wish.name,
      description: wish.description === undefined ? description : wish.description,
      ratePerSecond: wish.ratePerSecond === undefined ? ratePerSecond : wish.ratePerSecond,
      concurrency: wish.concurrency === undefined ? concurrency : wish.concurrency,
    }),
  }
}

function checkPause({ status, paused }: WebhookChange): void {
  if (status === undefined || paused === undefined || (status === 'paused') === paused) return
  throw new Problem({
    status: 422,
    slug: 'invalid-webhook',
    title: 'The webhook cannot be changed',
    detail: '`status` and `paused` say opposite things. Send one of them.',
  })
}
