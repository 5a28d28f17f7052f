import { setTimeout as delay } from 'node:timers/promises'
import type { Bus } from '@newswire/bus'
import type { Log } from '@newswire/runtime'
import {
  connectStore,
  createDeliveriesProjector,
  createItemsProjector,
  createTaggedProjector,
  resetReadModels,
  type Store,
} from '@newswire/store'
import type { Told } from '@newswire/terminal'
import { sayWhatToDo } from './start-error.js'

export interface RebuildOptions {
  readonly bus: Bus
  readonly redisUrl: string
  readonly log: Log
  readonly told: Told
}

/** Empties the read models and, where no projector runs elsewhere, makes them again here. */
export async function rebuild({ bus, redisUrl, log, told }: RebuildOptions) {
  await resetReadModels({ url: redisUrl, log })
  await using store = await connectStore({ url: redisUrl, bus, log }).catch(sayWhatToDo)
  const fail = (error: Error) => {
    throw error
  }
  const projectors = [
    await createItemsProjector({ url: redisUrl, bus, log }).start({ fail }),
    await createTaggedProjector({ url: redisUrl, bus, log }).start({ fail }),
    await createDeliveriesProjector({ url: redisUrl, bus, log }).start({ fail }),
  ]
  const facts = await untilCurrent(bus, store, told)
  for (const projector of projectors) await projector.stop()
  return { items: await store.count(), facts }
}

const lookMs = 200

/** How many facts were read. */
async function untilCurrent(bus: Bus, store: Store, told: Told): Promise<number> {
  const streams = await bus.streams()
  // What a stream has let go of by age comes to no read model.
  const endOf = (name: string) => {
    const found = streams.find(({ stream }) => stream === name)
    return found && found.messages > 0 ? found.lastSequence : 0
  }
  const goals = [endOf('ITEMS'), endOf('TAGGED'), endOf('DELIVERIES')]
  const sum = (counts: readonly number[]) => counts.reduce((all, each) => all + each, 0)
  for (;;) {
    const { items, tagged } = await store.positions()
    const done = [items, tagged, await store.deliveries.position()]
    told(Math.min(sum(done), sum(goals)), sum(goals))
    if (goals.every((goal, at) => (done[at] ?? 0) >= goal)) return sum(goals)
    await delay(lookMs)
  }
}
