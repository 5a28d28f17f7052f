import { readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { codeOf, DataFolderError, inDataFolder } from './data-folder.js'
import { holderOf, writeDurably } from './lock.js'
import { identityOf } from './process-identity.js'

const childSchema = z.object({
  kind: z.enum(['nats', 'redis']),
  pid: z.number(),
  identity: z.string(),
  port: z.number(),
})

const runningSchema = z.object({
  children: z.array(childSchema),
  natsUrl: z.string().optional(),
  redisUrl: z.string().optional(),
  url: z.string().optional(),
})

/** A server that was started on this folder, told from any other process by its identity. */
export type Child = z.infer<typeof childSchema>

/** What runs on a data folder, or ran there when its process died. */
export type Running = z.infer<typeof runningSchema>

/** The file in which a start leaves word for others and for the next start. */
export interface RunningRecord {
  /** Before the server is ready: from here on it can outlive us. */
  child(child: Omit<Child, 'identity'>): void
  note(urls: Omit<Running, 'children'>): void
  forget(): void
}

export function createRecord(dataDir: string): RunningRecord {
  const file = fileIn(dataDir)
  let running: Running = { children: [] }
  function write(next: Running): void {
    running = next
    inDataFolder(dataDir, () => {
      writeDurably(`${file}.new`, JSON.stringify(running))
      renameSync(`${file}.new`, file)
    })
  }
  return {
    child(child) {
      const identity = identityOf(child.pid)
      if (identity === undefined) return
      write({ ...running, children: [...running.children, { ...child, identity }] })
    },
    note: (urls) => write({ ...running, ...urls }),
    forget: () => rmSync(file, { force: true }),
  }
}

/** What the last start left; nothing runs there if it ended in order. */
export function readRunning(dataDir: string): Running {
  const file = fileIn(dataDir)
  try {
    return runningSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return { children: [] }
    throw new DataFolderError(
      `${file} is damaged. Make sure that no nats-server or redis-server uses ${dataDir}, delete that file and start again.`,
      { cause },
    )
  }
}

/** A Newswire that runs now. */
export interface Found {
  readonly pid: number
  readonly natsUrl?: string | undefined
  readonly redisUrl?: string | undefined
  /** Of the pages and the API. */
  readonly url?: string | undefined
}

/** How to reach the Newswire that runs on this folder; `undefined` if none does. */
export function findRunning(dataDir: string): Found | undefined {
  const pid = holderOf(dataDir)
  if (pid === undefined) return undefined
  const { children: _, ...urls } = readRunning(dataDir)
  return { pid, ...urls }
}

const fileIn = (dataDir: string) => join(dataDir, 'running.json')
