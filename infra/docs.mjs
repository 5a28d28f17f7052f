import './node-version.mjs'
import process from 'node:process'
import { command, main } from './command.mjs'
import { setup } from './setup.mjs'

await main(async () => {
  await setup()
  const { code } = await command(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', 'docs/write.ts'],
    { show: true },
  )
  return code
})
