import './node-version.mjs'
import process from 'node:process'
import { command, main } from './command.mjs'
import { setup } from './setup.mjs'

await main(async () => {
  await setup()
  // What is measured is what runs: the built packages.
  const program = ['--max-semi-space-size=64', '--import', 'tsx', 'tests/bench/run.ts']
  const { code } = await command(process.execPath, [...program, ...process.argv.slice(2)], {
    show: true,
  })
  return code
})
