/** What the API tells of webhooks; `docs/openapi.json` describes it. */
export const eventTypes = [
  'item.published',
  'item.updated',
  'item.corrected',
  'item.withdrawn',
] as const
export type EventType = (typeof eventTypes)[number]
export const formats = ['newswire', 'cloudevents', 'thin'] as const
export type Format = (typeof formats)[number]
export const signatures = ['hmac', 'ed25519', 'both'] as const
export type Signature = (typeof signatures)[number]

export interface Webhook {
  readonly id: string
  readonly target: 'http' | 'bus'
  /** Absent of target bus. */
  readonly url?: string
  readonly filter: Readonly<Record<string, unknown>>
  readonly events: readonly EventType[]
  readonly format: Format
  readonly name: string | null
  readonly description: string | null
  /** Values are masked. */
  readonly headers: Readonly<Record<string, string>>
  readonly ratePerSecond: number | null
  readonly concurrency: number | null
  readonly signature: Signature
  readonly publicKey: string | null
  readonly oldKeys: readonly OldKey[]
  readonly paused: boolean
  readonly status: 'pending' | 'active' | 'paused' | 'disabled'
  readonly reason: string | null
  readonly disabled: {
    readonly at: string
    readonly because: 'failing' | 'gone' | 'revoked'
    readonly since: string
    readonly missed: number
  } | null
  readonly createdAt: string
}

/** With what is shown this once. */
export interface ShownWebhook extends Webhook {
  readonly secret?: string
}

export interface OldKey {
  readonly until: string
  readonly secret?: string
  readonly publicKey?: string
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

export const deliveryStates = ['waiting', 'retry', 'delivered', 'failed', 'superseded'] as const
export type DeliveryState = (typeof deliveryStates)[number]
/** What deliveries may be asked for by; `open`: waiting, or to be tried again. */
export const wantableStates = ['open', ...deliveryStates] as const

export type Counts = Readonly<Record<DeliveryState, number>> & { readonly endpoint: string }

export interface Attempt {
  /** 0 where none was made. */
  readonly attempt: number
  readonly result: Exclude<DeliveryState, 'waiting'>
  readonly startedAt?: string
  readonly latencyMs?: number
  readonly status?: number
  readonly error?: string
  readonly nextAt?: string
  readonly answer?: string
}

export interface Delivery {
  readonly id: string
  readonly endpoint: string
  /** What the webhook is called, where it has a name. */
  readonly name?: string
  readonly item: string
  /** What the item is called today; only of newer items. */
  readonly headline?: string
  readonly revision: string
  readonly sequence: number
  readonly plannedAt: string
  readonly state: DeliveryState
  readonly attempts: readonly Attempt[]
}

/** States of a receiver whose word says as much as the house's reason. */
export function isTold(state: string): boolean {
  return state === 'spared' || state === 'unknown' || state === 'gone'
}

export interface Call {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Preview {
  readonly type: EventType
  readonly item: { readonly id: string; readonly headline: string } | null
  readonly secret: string | null
  readonly publicKey: string | null
  readonly calls: Readonly<Record<Format, Call>>
}

export const api = '/api/v1/webhooks'

export function pathOf(id: string): string {
  return `${api}/${encodeURIComponent(id)}`
}

/** What a webhook is called in lists. */
export function titleOf({ name, url, id }: Pick<Webhook, 'name' | 'url' | 'id'>): string {
  return name || url || id
}
