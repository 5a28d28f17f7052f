/** What `GET /api/v1/items/{id}` and its neighbours answer, as far as it is shown here. */
export interface Evidence {
  readonly field: string
  readonly start: number
  readonly end: number
  readonly text: string
}

export interface Tag {
  readonly scheme: string
  readonly code: string
  readonly label: string
  /** 0 to 1. */
  readonly score: number
  readonly how: string
  readonly evidence: readonly Evidence[]
}

export interface Item {
  readonly headlines: readonly { readonly role: string; readonly value: string }[]
  readonly bodies: readonly { readonly role: string; readonly value: string }[]
  readonly versionCreated: string
  readonly _newswire: {
    readonly id: string
    readonly version: number
    readonly change: string
    readonly language?: string
    readonly tags: readonly Tag[]
  }
  readonly language: string
}

export interface StoryItem {
  readonly id: string
  readonly wire: string
  readonly language: string
  readonly headline: string
  readonly published: string
}

export interface Stage {
  readonly stage: string
  readonly at: string
  readonly version: number
  readonly revision?: string
  readonly change: string
  readonly source?: string
  readonly door?: string
  readonly embargoUntil?: string
  readonly tags?: number
  readonly sequence: number
}

export interface Attempt {
  readonly attempt: number
  readonly result: string
  readonly startedAt?: string
  readonly latencyMs?: number
  readonly status?: number
  readonly error?: string
}

export interface Delivery {
  readonly id: string
  readonly endpoint: string
  readonly name?: string
  readonly url?: string
  readonly revision: string
  readonly plannedAt: string
  readonly state: string
  readonly attempts: readonly Attempt[]
}

export interface Timeline {
  readonly held: boolean
  readonly stages: readonly Stage[]
  readonly feeds: readonly { readonly label: string; readonly path: string }[]
  readonly deliveries: readonly Delivery[]
  readonly truncated: boolean
  readonly current: boolean
}

export function textOf({ bodies }: Item): string {
  return bodies.find(({ role }) => role === 'text')?.value ?? ''
}
