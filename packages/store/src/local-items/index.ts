import type { Bus } from '@newswire/bus'
import type { Log, Worker } from '@newswire/runtime'
import type { PublicItem } from '../store.js'
import { createFollower } from './follow.js'
import { ItemsFile } from './items-file.js'

export interface LocalItemsOptions {
  /** Of this process alone; made where there is none. While nobody runs, it may be deleted. */
  readonly folder: string
  readonly bus: Bus
  readonly log: Log
}

/**
 * The facts of stream TAGGED in files on this process' own disk, for reading old items one by one,
 * which JetStream is slow at. Everything here is made again from the stream.
 */
export interface LocalItems {
  /** By place in TAGGED. Undefined where it is not here (yet): then the stream is to be asked. */
  read(sequence: number): Promise<PublicItem | undefined>
  /** Follows the stream; until it runs nothing is given. */
  readonly worker: Worker
  /** Up to which sequence the facts are here. */
  position(): number
  /** After the worker was stopped. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Errors: the folder can't be used; the message says what to do. */
export async function openLocalItems({ folder, bus, log }: LocalItemsOptions): Promise<LocalItems> {
  const file = await ItemsFile.open(folder, log)
  const close = () => file.close()
  return {
    read: (sequence) => file.read(sequence),
    worker: createFollower({ file, bus, log }),
    position: () => file.position,
    close,
    [Symbol.asyncDispose]: close,
  }
}
