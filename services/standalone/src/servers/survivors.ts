import { realpathSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '@newswire/runtime'
import { commandOf, identityOf, workingFolderOf } from './process-identity.js'
import type { Child } from './running.js'

const endsWithinMs = 5_000
const lookEveryMs = 20

/**
 * Ends servers of an earlier start that outlived it: two on one store would overwrite each other.
 * A pid alone proves nothing, so a process is only touched if it is the very one that was recorded.
 */
export async function stopSurvivors(
  children: readonly Child[],
  { folders, log }: { folders: Readonly<Record<Child['kind'], string>>; log: Log },
): Promise<void> {
  for (const child of children) {
    if (!isOurs(child, folders[child.kind])) continue
    log.warn({ server: child.kind, pid: child.pid }, 'ending a server that outlived its process')
    await end(child)
  }
}

function isOurs({ kind, pid, identity }: Child, folder: string): boolean {
  if (identityOf(pid) !== identity) return false
  // The shell that a server is started from becomes that server a moment later.
  if (!/nats-server|redis-server/.test(commandOf(pid)) || !commandOf(pid).includes(kind))
    return false
  const worksIn = workingFolderOf(pid)
  return worksIn === undefined || worksIn === realpathSync(folder)
}

async function end({ pid, identity }: Child): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    sendTo(pid, signal)
    const giveUpAt = performance.now() + endsWithinMs
    while (performance.now() < giveUpAt) {
      if (identityOf(pid) !== identity) return
      await pause(lookEveryMs)
    }
  }
  throw new Error(`The server with pid ${pid} does not end. End it, then start again.`)
}

/** It may end by itself between the look and the signal. */
function sendTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (identityOf(pid) !== undefined) throw error
  }
}
