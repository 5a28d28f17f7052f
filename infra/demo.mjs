import './node-version.mjs'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { repository } from './binaries.mjs'
import { main, SetupError } from './command.mjs'
import { setup } from './setup.mjs'

await main(async () => {
  await setup()
  const program = join(repository, 'services/standalone/dist/demo/main.js')
  if (!existsSync(program)) throw new SetupError(`${program} was not built.`)
  // In this very process: signals, terminal and exit code are the program's own.
  process.argv[1] = program
  await import(pathToFileURL(program).href)
  return Number(process.exitCode ?? 0)
})
