import type { Alarm } from '../alarms/alarm.js'

export const stageNames = ['intake', 'normalizer', 'tagger', 'feeds', 'webhooks'] as const
export type StageName = (typeof stageNames)[number]

export interface Stage {
  readonly stage: StageName
  readonly itemsPerMinute: number
  readonly previousPerMinute: number
  readonly backlog: number
  readonly oldestWaitingSeconds: number | null
  readonly errorsPerMinute: number
  readonly lastAt: string | null
}

export interface DeliveryFigures {
  readonly perMinute: number
  /** Of attempts in the last quarter of an hour; null without any. */
  readonly successRate: number | null
  /** How long endpoints took to answer. */
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number } | null
  readonly open: number
  readonly failing: readonly {
    readonly endpoint: string
    readonly name?: string
    readonly url: string
    readonly since: string
    readonly failures: number
  }[]
}

export interface SourceFigures {
  readonly id: string
  readonly name: string
  readonly wire: string
  readonly kind: string
  readonly state: 'well' | 'failing' | 'silent' | 'paused' | 'new'
  readonly lastItemAt: string | null
  readonly nextPollAt: string | null
  readonly usualPerHour: number | null
  /** What `says` says in English. */
  readonly because: 'gone' | 'disabled' | 'failing' | 'silent' | 'usual' | 'learning'
  readonly says: string
}

/** A correction or withdrawal, and how far it is with those who must be told. */
export interface Recall {
  readonly item: string
  readonly headline: string
  readonly revision: string
  readonly since: string
  readonly isWithdrawal: boolean
  readonly receivers: number
  readonly acknowledged: number
  readonly pending: number
  readonly failed: number
}

/** Everything at one moment. */
export interface Overview {
  readonly at: string
  readonly stages: readonly Stage[]
  readonly deliveries: DeliveryFigures
  readonly sources: readonly SourceFigures[]
  readonly queues: readonly {
    readonly queue: string
    readonly waiting: number
    readonly delayed: number
    readonly active: number
    readonly failed: number
    readonly oldestSeconds: number | null
  }[]
  readonly deadLetters: number
  readonly embargoed: number
  readonly openRecalls: number
  readonly matters: number
  /** There are more of them than are counted. */
  readonly moreMatters: boolean
  readonly streams: readonly {
    readonly stream: string
    readonly messages: number
    readonly bytes: number
    readonly bytesMax: number | null
  }[]
  readonly redis: { readonly usedBytes: number; readonly maxBytes: number }
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null
  readonly alarms: readonly Alarm[]
  /** Since when none stands; null while one does. */
  readonly wellSince: string | null
}

/** What was read, before it was judged. */
export type Figures = Omit<Overview, 'alarms' | 'wellSince'>
