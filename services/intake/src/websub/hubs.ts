import type { HubSubscription, Source } from '@newswire/model'
import type { Clock, SecretBox } from '@newswire/runtime'
import type { Hub } from '../poll/position.js'
import { isActive } from './subscription.js'
import { newSubscription, type Subscriptions } from './subscriptions.js'

export interface HubsOptions {
  readonly subscriptions: Subscriptions
  readonly secrets: SecretBox
  readonly clock: Clock
  /** Where hubs reach us. Absent: nobody is asked to push. */
  readonly publicUrl?: string
}

/** What polls tell of hubs, and ask of them. Asking the hubs themselves is the subscriber's. */
export interface Hubs {
  isPushing(source: string): Promise<boolean>
  /** After a reading: the feed advertises this hub, or no longer any. */
  heed(source: Source, hub: Hub | undefined): Promise<void>
}

export function createHubs({ subscriptions, secrets, clock, publicUrl }: HubsOptions): Hubs {
  return {
    async isPushing(source) {
      const row = await subscriptions.get(source)
      return row !== undefined && isActive(row, clock.now())
    },
    async heed(source, hub) {
      if (publicUrl === undefined || !source.enabled) return
      await subscriptions.change(source.id, (row) => {
        if (hub === undefined) return row && ended(row)
        if (row && isFor(row, hub)) return undefined
        // Another hub or topic has another secret: the old hub's pushes find nobody.
        return newSubscription(source.id, hub, secrets)
      })
    },
  }
}

/** The row with the wish that it ends; undefined where that is its wish already. */
export function ended(row: HubSubscription): HubSubscription | undefined {
  if (row.wish === 'unsubscribe') return undefined
  const { askedAt: _asked, deniedAt: _denied, reason: _reason, ...kept } = row
  return { ...kept, wish: 'unsubscribe', tries: 0 }
}

function isFor(row: HubSubscription, { url, topic }: Hub): boolean {
  return row.hub === url && row.topic === topic && row.wish === 'subscribe'
}
