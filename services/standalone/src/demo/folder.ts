import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findRunning } from '../servers/index.js'
import { StartError } from '../start-error.js'

/** Tells a folder of the demo, which may be emptied, from everybody else's. */
const markName = 'this-is-a-demo.txt'
const markText = 'npm run demo empties this folder each time that it starts.\n'

/** The empty folder that a demo begins in. Only one that an earlier demo has made is emptied. */
export function emptiedFolder(dataDir: string): void {
  const mark = join(dataDir, markName)
  const names = existsSync(dataDir) ? readdirSync(dataDir) : []
  if (names.length > 0 && !existsSync(mark)) {
    throw new StartError(`${dataDir} holds data that is no demo's. Name another --data-dir.`)
  }
  if (findRunning(dataDir)) {
    throw new StartError(
      `A demo already runs on ${dataDir}. End it first, or name another --data-dir.`,
    )
  }
  for (const name of names) rmSync(join(dataDir, name), { recursive: true, force: true })
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  writeFileSync(mark, markText)
}
