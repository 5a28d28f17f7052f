import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The data folder can't be used; `message` is for people and says what to do. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError'
}

export interface DataFolder {
  readonly nats: string
  readonly redis: string
  readonly logs: string
  /** Random, made at the first start, the same ever after; `[A-Za-z0-9_-]{16}`. */
  readonly instance: string
}

const instanceBytes = 12
const instancePattern = /^[\w-]{16}$/

/** Makes what is missing of it; only this user may look inside. */
export function prepareDataFolder(dataDir: string): DataFolder {
  const folders = {
    nats: join(dataDir, 'nats'),
    redis: join(dataDir, 'redis'),
    logs: join(dataDir, 'logs'),
  }
  inDataFolder(dataDir, () => {
    for (const folder of [dataDir, ...Object.values(folders)]) {
      makeFolder(folder)
    }
  })
  return { ...folders, instance: inDataFolder(dataDir, () => instanceOf(dataDir)) }
}

/** Folder by folder: Node's `recursive` hides what the system says, or never ends, as in /proc. */
function makeFolder(folder: string): void {
  if (!existsSync(dirname(folder))) makeFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST' || !statSync(folder).isDirectory()) throw error
  }
}

function instanceOf(dataDir: string): string {
  const file = join(dataDir, 'instance')
  try {
    writeFileSync(file, randomBytes(instanceBytes).toString('base64url'), { flag: 'wx' })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  const instance = readFileSync(file, 'utf8').trim()
  if (instancePattern.test(instance)) return instance
  throw new DataFolderError(`${file} is damaged. Delete it and start again; a new one is made.`)
}

/** Runs what touches the folder; what goes wrong is said in a sentence that says what to do. */
export function inDataFolder<T>(dataDir: string, touch: () => T): T {
  try {
    return touch()
  } catch (error) {
    if (error instanceof DataFolderError) throw error
    throw new DataFolderError(explain(dataDir, error), { cause: error })
  }
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'it or a part of it is a file. Move the file away, or set DATA_DIR to a folder',
  ENOTDIR: 'it or a part of it is a file. Move the file away, or set DATA_DIR to a folder',
  EISDIR: 'a folder stands where a file belongs. Move it away, or set DATA_DIR to a new folder',
  EACCES: 'this user may not write there. Give it the right, or set DATA_DIR to another folder',
  ENOENT: 'no folder can be made there. Set DATA_DIR to a folder on a disk',
  EPERM: 'this user may not write there. Give it the right, or set DATA_DIR to another folder',
  EROFS: 'the disk is mounted read-only. Set DATA_DIR to a folder on another one',
  ENOSPC: 'the disk is full. Make room, or set DATA_DIR to a folder on another one',
}

export function explain(dataDir: string, error: unknown): string {
  const reason = reasons[codeOf(error)] ?? `${String(error)}. Set DATA_DIR to another folder`
  return `The data folder ${dataDir} can't be used: ${reason}.`
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
