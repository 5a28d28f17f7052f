import './node-version.mjs'
import process from 'node:process'
import { command, main } from './command.mjs'
import { setup } from './setup.mjs'

await main(async () => {
  await setup({ needsServers: false })
  const simulate = 'services/webhooks/src/fixtures/simulate.ts'
  const program = ['--conditions=source', '--import', 'tsx', simulate]
  const { code } = await command(process.execPath, [...program, ...process.argv.slice(2)], {
    show: true,
  })
  return code
})
