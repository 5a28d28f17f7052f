import { lstat, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Subscription } from '@newswire/bus'
import type { Source } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import type { SourceRows } from '../sources/rows.js'
import { isMissing } from './look.js'

/** A folder that files are taken from, and what its releases are known as. */
export interface Place {
  readonly folder: string
  readonly source: string
  readonly wire?: string
  readonly rights: Source['rights']
}

/** The folders that files are taken from: the drop folder, and one for each row of kind `drop`. */
export interface Places {
  /** Those that stand at the moment, each with its `done/` and `failed/`. */
  current(): Promise<Place[]>
  stop(): Promise<void>
}

const dropSource = 'drop'
const urlForm = /^drop:(?<name>[a-z0-9][a-z0-9_-]{0,63})$/

export interface PlacesOptions {
  readonly folder: string
  readonly log: Log
  /** Absent: the drop folder alone. */
  readonly sources?: Pick<SourceRows, 'register'>
}

export async function openPlaces({ folder, log, sources }: PlacesOptions): Promise<Places> {
  const rows = new Map<string, Source>()
  const watching = await sources?.register.watch({
    onChange: (change) => {
      if (change.kind === 'delete') rows.delete(change.key)
      else if (change.row.value.kind === 'drop') rows.set(change.row.key, change.row.value)
    },
  })
  const refused = new Set<string>()
  // Looked at each time: somebody may have taken a folder away.
  const isReady = async (place: Place): Promise<boolean> => {
    if (await prepare(place.folder)) return true
    if (!refused.has(place.folder)) log.warn({ source: place.source }, 'drop subfolder is none')
    refused.add(place.folder)
    return false
  }
  return {
    async current() {
      const main: Place = { folder, source: dropSource, rights: 'full' }
      const all = [main, ...[...rows.values()].flatMap((row) => placeOf(row, folder) ?? [])]
      const ready = await Promise.all(all.map(isReady))
      return all.filter((_place, index) => ready[index])
    },
    stop: async () => stopWatching(watching),
  }
}

function placeOf({ id, url, wire, rights, enabled }: Source, folder: string): Place | undefined {
  const name = urlForm.exec(url)?.groups?.['name']
  if (name === undefined || !enabled) return undefined
  return { folder: join(folder, name), source: id, wire, rights }
}

/** Makes the folder and where its files end. False where something else bears the name. */
async function prepare(folder: string): Promise<boolean> {
  // A link in its place could lead out of the drop folder.
  const isFolder = await lstat(folder).then(
    (stats) => stats.isDirectory(),
    (error: unknown) => {
      if (isMissing(error)) return true
      throw error
    },
  )
  if (!isFolder) return false
  for (const part of ['done', 'failed']) await mkdir(join(folder, part), { recursive: true })
  return true
}

async function stopWatching(watching: Subscription | undefined): Promise<void> {
  await watching?.stop()
}
