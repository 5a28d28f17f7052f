import type { Labels, Metrics } from '@newswire/runtime'

/** The bus's own counters; without metrics they count nothing. */
export interface Counters {
  readonly published: Count
  readonly delivered: Count
  readonly acknowledged: Count
  readonly retried: Count
  readonly buried: Count
  readonly restarted: Count
}

type Count = (labels: Labels) => void

const help = {
  published: ['fact', 'Facts stored.'],
  delivered: ['fact group', 'Facts given to a group, repeats included.'],
  acknowledged: ['fact group', 'Facts that a group is done with.'],
  retried: ['fact group', 'Facts given back, to be tried again.'],
  buried: ['fact group', 'Facts made dead letters.'],
  restarted: ['fact group', 'Subscriptions that were made anew.'],
} as const

export function createCounters(metrics: Metrics | undefined): Counters {
  const counter = (name: keyof typeof help): Count => {
    const [labels, text] = help[name]
    const count = metrics?.counter({
      name: `newswire_bus_${name}_total`,
      help: text,
      labels: labels.split(' '),
    })
    return (values) => count?.add(1, values)
  }
  return {
    published: counter('published'),
    delivered: counter('delivered'),
    acknowledged: counter('acknowledged'),
    retried: counter('retried'),
    buried: counter('buried'),
    restarted: counter('restarted'),
  }
}
