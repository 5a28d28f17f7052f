#!/usr/bin/env node
import './node-version.mjs'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { repository } from './binaries.mjs'
import { main, SetupError } from './command.mjs'

await main(async () => {
  const program = join(repository, 'services/standalone/dist/cli.js')
  if (!existsSync(program)) throw new SetupError('Newswire is not built yet. Run `npm run setup`.')
  process.argv[1] = program
  await import(pathToFileURL(program).href)
  return Number(process.exitCode ?? 0)
})
