import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bus, Subscription } from '@newswire/bus'
import type { Audit } from '@newswire/model'
import type { Log } from '@newswire/runtime'
import { z } from 'zod'
import { intakeLimits } from '../limits.js'
import { rawId } from '../publish.js'
import { readDropped } from './file-kind.js'
import { isMissing } from './look.js'
import type { Places } from './places.js'

/** What the fact of an erasure says of the files that the erased releases came in. */
const erasedSchema = z.object({ files: z.array(z.string()) })

export interface ForgetOptions {
  readonly bus: Pick<Bus, 'replay'>
  readonly log: Log
  readonly places: Pick<Places, 'current'>
}

/** Removes the files of releases that were erased by law. */
export interface Forgetter {
  /** Looks for what is sought, once per look of the folder. */
  look(): Promise<void>
  stop(): Promise<void>
}

/**
 * Follows the facts of erasures from the first one on: a file that lay here while no process ran
 * goes at the next start. A file is known by what it holds, since its name may be another by now.
 */
export async function startForgetting({ bus, log, places }: ForgetOptions): Promise<Forgetter> {
  /** Publish ids of erased releases → looks that are left: the file may still be on its way. */
  const sought = new Map<string, number>()
  let position = 0
  let following: Subscription | undefined

  async function follow(): Promise<void> {
    following = await bus.replay({
      fact: 'audit',
      after: position,
      handle: async (facts) => {
        for (const { value, sequence } of facts) {
          for (const id of filesOf(value)) sought.set(id, intakeLimits.forgetLooksMax)
          position = sequence
        }
      },
      onEnd: (error) => {
        following = undefined
        log.warn({ err: error }, 'erasures are not followed; they are again at the next look')
      },
    })
  }

  async function look(): Promise<void> {
    if (following === undefined) await follow()
    if (sought.size === 0) return
    for (const { folder } of await places.current()) await lookInDone(join(folder, 'done'))
    for (const [id, left] of sought) {
      if (left <= 1) sought.delete(id)
      else sought.set(id, left - 1)
    }
  }

  async function lookInDone(folder: string): Promise<void> {
    for (const name of await readdir(folder)) {
      if (!(await holdsSought(folder, name))) continue
      await rm(join(folder, name), { force: true })
      log.info('a dropped file was erased with its release')
    }
  }

  async function holdsSought(folder: string, name: string): Promise<boolean> {
    try {
      const releases = await readDropped(name, await readFile(join(folder, name)))
      return releases.some(({ contentType, body }) => sought.has(rawId('drop', contentType, body)))
    } catch (error) {
      if (isMissing(error)) return false
      log.warn({ err: error, file: name }, 'file could not be searched for what was erased')
      return false
    }
  }

  await follow()
  return {
    look,
    async stop() {
      await following?.stop()
    },
  }
}

function filesOf({ action, detail }: Audit): readonly string[] {
  if (action !== 'item.erased') return []
  const said = erasedSchema.safeParse(detail)
  return said.success ? said.data.files : []
}
