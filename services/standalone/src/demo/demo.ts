import type { Worker } from '@newswire/runtime'
import { chanceFrom } from './chance.js'
import { createClient } from './client.js'
import { emptiedFolder } from './folder.js'
import { startHouse } from './house-process.js'
import type { DemoOptions } from './options.js'
import { startPressFeeds } from './press-feeds.js'
import { startReceivers } from './receivers.js'
import { createScript } from './script.js'
import { startTicker } from './ticker.js'

export interface Demo {
  readonly url: string
  readonly adminKey: string
  readonly workers: readonly Worker[]
}

/**
 * A house with two receivers and two feeds of its own, everything registered; `workers` let the
 * wire run and end it all.
 */
export async function prepareDemo({ port, dataDir, seed, rate }: DemoOptions): Promise<Demo> {
  emptiedFolder(dataDir)
  const house = await startHouse({ port, dataDir })
  const [receivers, feeds] = await Promise.all([startReceivers(), startPressFeeds()])
  const client = createClient(house)
  for (const receiver of receivers.all) await client.register(receiver)
  for (const feed of feeds.all) await client.addSource(feed)
  const script = createScript(chanceFrom(seed))

  const standing: Worker = {
    name: 'house',
    async start({ fail }) {
      let isEnding = false
      void house.exited.then(() => {
        if (!isEnding) fail(new Error(`The house has ended. It wrote:\n${house.lastWords()}`))
      })
      return {
        async stop() {
          isEnding = true
          await house.stop()
          await Promise.all([receivers.stop(), feeds.stop()])
        },
      }
    },
  }
  const wire: Worker = {
    name: 'wire',
    start: async ({ fail }) => startTicker({ script, client, feeds, rate, fail }),
  }
  return { url: house.url, adminKey: house.adminKey, workers: [standing, wire] }
}
