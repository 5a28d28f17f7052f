import process from 'node:process'
import type { Log } from './log.js'
import type { RunningWorker, Worker } from './worker.js'

/** What `run` needs of the process; tests give their own. */
export interface ProcessLike {
  on(event: string, listener: (...values: unknown[]) => void): unknown
  off(event: string, listener: (...values: unknown[]) => void): unknown
  exit(code: number): void
}

export interface RunOptions {
  readonly workers: readonly Worker[]
  readonly log: Log
  /** Lets go of what the workers stand on (bus, store, jobs), after the last of them stopped. */
  readonly close?: () => Promise<void>
  /** Called once, when every worker has started. */
  readonly onStarted?: () => void
  /** For start, stop and close together once the end has begun. Default 10 000. */
  readonly stopMsMax?: number
  readonly process?: ProcessLike
}

/** Why the process ends. */
interface End {
  readonly code: 0 | 1
}

interface Started {
  readonly name: string
  readonly running: RunningWorker
}

const stopMsMaxDefault = 10_000
/** The longest delay that a timer takes, about 24 days. */
const holdMs = 2 ** 31 - 1
const signalNumbers = { SIGINT: 2, SIGTERM: 15 } as const

/**
 * Starts the workers in order, and ends the process: on SIGINT or SIGTERM with exit code 0, when a
 * worker can't start, fails, or something is thrown that nobody caught with 1. What was started is
 * stopped in reverse order, then `close` is called. A second signal ends at once with 128 + its
 * number. Resolves to the exit code (seen only where `process.exit` is not the real one).
 */
export async function run(options: RunOptions): Promise<number> {
  const host = options.process ?? process
  // Signal listeners alone don't keep Node alive: it would leave with code 13.
  const hold = setInterval(() => undefined, holdMs)
  const life = listenForTheEnd(host, options.log)
  const started: Started[] = []
  const starting = startAll(options, started, life)
  const { code } = await life.ended
  const isClean = await stopAll(options, started, starting)
  const exitCode = code === 0 && isClean && !life.hasFailed() ? 0 : 1
  options.log.info({ exitCode }, 'process ended')
  clearInterval(hold)
  life.forget()
  host.exit(exitCode)
  return exitCode
}

interface Life {
  readonly ended: Promise<End>
  readonly hasEnded: () => boolean
  readonly hasFailed: () => boolean
  readonly fail: (error: unknown, message: string, worker?: string) => void
  readonly forget: () => void
}

function listenForTheEnd(host: ProcessLike, log: Log): Life {
  let end: (end: End) => void = () => undefined
  const ended = new Promise<End>((resolve) => {
    end = resolve
  })
  let isEnding = false
  let hasFailed = false

  function fail(error: unknown, message: string, worker?: string): void {
    hasFailed = true
    log.fatal({ err: error, ...(worker === undefined ? {} : { worker }) }, message)
    isEnding = true
    end({ code: 1 })
  }
  function onSignal(signal: keyof typeof signalNumbers): void {
    if (isEnding) {
      log.warn({ signal }, 'second signal: ending at once')
      host.exit(128 + signalNumbers[signal])
      return
    }
    log.info({ signal }, 'signal received: stopping')
    isEnding = true
    end({ code: 0 })
  }
  const listeners = {
    SIGINT: () => onSignal('SIGINT'),
    SIGTERM: () => onSignal('SIGTERM'),
    uncaughtException: (error: unknown) => fail(error, 'uncaught exception'),
    unhandledRejection: (error: unknown) => fail(error, 'unhandled rejection'),
  }
  for (const [event, listener] of Object.entries(listeners)) host.on(event, listener)
  return {
    ended,
    hasEnded: () => isEnding,
    hasFailed: () => hasFailed,
    fail,
    forget: () => {
      for (const [event, listener] of Object.entries(listeners)) host.off(event, listener)
    },
  }
}

async function startAll(options: RunOptions, started: Started[], life: Life): Promise<void> {
  for (const worker of options.workers) {
    if (life.hasEnded()) return
    const { name } = worker
    try {
      const running = await worker.start({
        fail: (error) => life.fail(error, 'worker failed', name),
      })
      started.push({ name, running })
    } catch (error) {
      return life.fail(error, 'worker did not start', name)
    }
  }
  if (!life.hasEnded()) options.onStarted?.()
}

/** Whether everything let go in time and without an error. */
async function stopAll(
  { log, close, stopMsMax = stopMsMaxDefault }: RunOptions,
  started: Started[],
  starting: Promise<void>,
): Promise<boolean> {
  let waitsFor = 'start'
  let isClean = true
  async function step(name: string, act: () => Promise<void> | undefined): Promise<void> {
    waitsFor = name
    try {
      await act()
    } catch (error) {
      isClean = false
      log.error({ err: error, part: name }, 'part did not stop cleanly')
    }
  }
  async function inReverse(): Promise<true> {
    // A worker that is just starting is waited for: half-started, nobody could stop it.
    await step('start', () => starting)
    for (let next = started.pop(); next !== undefined; next = started.pop()) {
      const { name, running } = next
      await step(name, () => running.stop())
    }
    await step('close', () => close?.())
    return true
  }
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), stopMsMax)
  })
  const isInTime = await Promise.race([inReverse(), tooLate])
  clearTimeout(timer)
  if (!isInTime) log.fatal({ part: waitsFor, stopMsMax }, 'part did not stop in time')
  return isInTime && isClean
}
