import type { LocalHouse } from '@newswire/terminal'
import { adminKeyFile } from './admin-key-file.js'
import { findRunning } from './servers/index.js'

export interface LocalHouseOptions {
  readonly dataDir: string
  /** The setting ADMIN_KEY: the house has it instead of one that it makes. */
  readonly adminKey?: string | undefined
}

/** The Newswire of a data folder. */
export function createLocalHouse({ dataDir, adminKey }: LocalHouseOptions): LocalHouse {
  const kept = adminKeyFile(dataDir)
  // Bus, store and tagger take a second to load: a terminal that only asks does without them.
  const work = () => import('./local-work.js')
  return {
    find: () => ({ dataDir, url: findRunning(dataDir)?.url, key: adminKey ?? kept.read() }),
    rebuild: async (told) => (await work()).rebuildHere(dataDir, told),
    retag: async (options, told) => (await work()).retagHere(dataDir, options, told),
    adminKey: async () => (await work()).adminKeyHere(dataDir),
  }
}
