import type { Bus } from '@newswire/bus'
import type { Health } from '@newswire/http'
import type { Jobs } from '@newswire/jobs'
import type { Store } from '@newswire/store'

export interface HealthOptions {
  readonly bus: Pick<Bus, 'ping'>
  readonly store: Pick<Store, 'ping'>
  readonly jobs: Pick<Jobs, 'ping'>
}

/** Whether the parts that the house stands on answer. Sources that fail are no fault of ours. */
export async function readHealth({ bus, store, jobs }: HealthOptions): Promise<Health> {
  const [nats, readModels, queues] = await Promise.all([bus.ping(), store.ping(), jobs.ping()])
  const part = (name: string, ok: boolean) => ({ ok, ...(ok ? {} : { say: `${name} is down.` }) })
  return {
    ready: nats && readModels && queues,
    parts: {
      nats: part('NATS', nats),
      store: part('Redis, for the read models,', readModels),
      jobs: part('Redis, for the queues,', queues),
    },
  }
}
