import './node-version.mjs'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { repository } from './binaries.mjs'
import { main, SetupError } from './command.mjs'
import { setup } from './setup.mjs'

/** With servers of somebody else none of ours are needed. */
const needsServers = !(process.env['NATS_URL'] && process.env['REDIS_URL'])

await main(async () => {
  await setup({ needsServers })
  const program = join(repository, 'services/standalone/dist/main.js')
  if (!existsSync(program)) throw new SetupError(`${program} was not built.`)
  // In this very process: signals, terminal and exit code are the program's own.
  process.argv[1] = program
  await import(pathToFileURL(program).href)
  return Number(process.exitCode ?? 0)
})
