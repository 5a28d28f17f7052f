import type { Exit } from '@newswire/infra'
import type { Log } from '@newswire/runtime'

/** A server that ended although nobody asked it to. */
export interface ServerLost {
  readonly server: 'nats' | 'redis'
  readonly exit: Exit
}

export interface Losses {
  add(lost: ServerLost): void
  /** Tells of each, those that were before included. */
  tellTo(listener: (lost: ServerLost) => void): void
}

export function createLosses(log: Log): Losses {
  const losses: ServerLost[] = []
  const listeners: ((lost: ServerLost) => void)[] = []
  return {
    add(lost) {
      const { code, signal } = lost.exit
      log.fatal({ server: lost.server, code, signal }, 'server ended')
      losses.push(lost)
      for (const listener of listeners) listener(lost)
    },
    tellTo(listener) {
      listeners.push(listener)
      losses.forEach(listener)
    },
  }
}
