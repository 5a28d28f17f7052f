import type { Clock, Counter, Metrics } from '@newswire/runtime'
import { activeOf } from './subscriptions.js'
import type { Topics } from './topics.js'

export interface HubMeter {
  readonly verifications: Counter
  readonly deliveries: Counter
}

export function meterOf(metrics: Metrics, topics: Topics, clock: Clock): HubMeter {
  metrics.gauge({
    name: 'newswire_hub_subscriptions',
    help: 'Subscriptions of feeds that hold, in all processes together.',
    read(set) {
      const now = clock.now()
      set([...topics.rows().values()].filter((row) => activeOf(row, now)).length)
    },
  })
  return {
    verifications: metrics.counter({
      name: 'newswire_hub_verifications_total',
      help: 'Calls that asked a subscriber to confirm, or told of a denial.',
      labels: ['mode', 'result'],
    }),
    deliveries: metrics.counter({
      name: 'newswire_hub_deliveries_total',
      help: 'Attempts to send a feed to a subscriber, by what came of them.',
      labels: ['outcome'],
    }),
  }
}
