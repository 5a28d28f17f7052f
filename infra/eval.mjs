import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { repository } from './binaries.mjs'
import { command, main } from './command.mjs'
import { setup } from './setup.mjs'

/** What the tagger is compared with is no part of the product: installed when first asked for. */
const folder = join(repository, 'tests/eval')

await main(async () => {
  await setup()
  if (!existsSync(join(folder, 'node_modules'))) {
    const { code } = await command('npm', ['ci', '--no-audit', '--no-fund'], { show: true, folder })
    if (code !== 0) return code
  }
  const program = ['--conditions=source', '--import', 'tsx', 'tests/eval/run.ts']
  const { code } = await command(process.execPath, [...program, ...process.argv.slice(2)], {
    show: true,
  })
  return code
})
