import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { codeOf, DataFolderError, inDataFolder } from './data-folder.js'
import { identityOf } from './process-identity.js'

/** Each try loses only to another process that has just won or let go. */
const triesMax = 20

export interface Lock {
  release(): void
}

interface Holder {
  readonly pid: number
  readonly identity: string
}

/**
 * Makes this process the only one that uses the folder. A lock whose holder is gone is taken over;
 * a living holder is a DataFolderError that names its pid.
 */
export function lockFolder(dataDir: string): Lock {
  const file = join(dataDir, 'lock')
  return inDataFolder(dataDir, () => {
    for (let tries = 0; tries < triesMax; tries += 1) {
      const mine = tryLock(file)
      if (mine !== undefined) return mine
      removeIfStale(file)
    }
    throw new DataFolderError(`Others are starting in ${dataDir} at the same time. Start only one.`)
  })
}

/** The pid of the living holder. */
export function holderOf(dataDir: string): number | undefined {
  const text = readIfThere(join(dataDir, 'lock'))
  const holder = text === undefined ? undefined : parse(text)
  return holder !== undefined && isAlive(holder) ? holder.pid : undefined
}

function tryLock(file: string): Lock | undefined {
  const { pid } = process
  const text = JSON.stringify({ pid, identity: identityOf(pid) ?? '' } satisfies Holder)
  // A link is made whole or not at all: nobody ever reads half a lock, even after a power cut.
  const draft = beside(file)
  writeDurably(draft, text)
  try {
    linkSync(draft, file)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return {
    release() {
      if (readIfThere(file) === text) rmSync(file, { force: true })
    },
  }
}

function removeIfStale(file: string): void {
  const text = readIfThere(file)
  if (text === undefined) return
  const holder = parse(text)
  if (holder === undefined) {
    throw new DataFolderError(
      `${file} is damaged. Make sure that Newswire does not run, delete that file and start again.`,
    )
  }
  if (isAlive(holder)) {
    throw new DataFolderError(
      `Newswire is already running here (pid ${holder.pid}). Stop it, or set DATA_DIR.`,
    )
  }
  setAside(file, text)
}

/** Two may find the same stale lock; the slower must not remove what the faster has put there. */
function setAside(file: string, stale: string): void {
  const aside = beside(file)
  try {
    renameSync(file, aside)
    if (readFileSync(aside, 'utf8') !== stale) linkSync(aside, file)
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error))) throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

const beside = (file: string) => `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
const isAlive = ({ pid, identity }: Holder) => identityOf(pid) === identity

function parse(text: string): Holder | undefined {
  const [, pid, identity] = /^\{"pid":(\d+),"identity":"([^"]+)"\}$/.exec(text) ?? []
  return pid && identity ? { pid: Number(pid), identity } : undefined
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Written to the disk, not only to the system's memory. */
export function writeDurably(file: string, text: string): void {
  const open = openSync(file, 'w', 0o600)
  try {
    writeSync(open, text)
    fsyncSync(open)
  } finally {
    closeSync(open)
  }
}
