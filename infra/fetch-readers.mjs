import './node-version.mjs'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder, findPrograms } from './binaries.mjs'
import { command, main, SetupError, say } from './command.mjs'
import { addStarter, downloadPackages, isDebian, unpackPackages, writeStarter } from './debian.mjs'

/*
 * The feed readers that tests/conformance reads with, unpacked into DATA_DIR/readers without root
 * and without touching the system. Whoever has them installed needs none of this; without them
 * those tests are skipped and say so.
 */

const packages = ['newsboat', 'python3-feedparser', 'rss2email']
const readers = join(dataFolder(), 'readers')
const systemPython = '/usr/bin/python3'

await main(async () => {
  if (await areThere()) return 0
  const how = `Install them: apt-get install ${packages.join(' ')}`
  if (!isDebian()) {
    say(`The feed readers of tests/conformance are Debian's; their tests are skipped. ${how}`)
    return 0
  }
  say(`Fetching ${packages.join(', ')} into ${readers} (some megabytes, once) …`)
  try {
    await fetchReaders()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(`The feed readers are not there; their tests are skipped. ${error.message}\n${how}`)
  }
  return 0
})

async function areThere() {
  if (findPrograms('newsboat').length === 0 || findPrograms('r2e').length === 0) return false
  for (const python of findPrograms('python3')) {
    if ((await command(python, ['-c', 'import feedparser, rss2email'])).ok) return true
  }
  return false
}

async function fetchReaders() {
  const work = join(dataFolder(), 'fetching-readers')
  const home = join(readers, 'home')
  const bin = join(readers, 'bin')
  try {
    const reason = await downloadPackages({ work, wanted: packages, also: [], needs: /./ })
    if (reason !== undefined) throw new SetupError(reason)
    const draft = await unpackPackages(work)
    rmSync(readers, { recursive: true, force: true })
    mkdirSync(readers, { recursive: true })
    renameSync(draft, home)
    await addStarter('newsboat', bin, home)
    await addPython(home, bin)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * Debian's own Python where the system has it, else the unpacked one; both with the packages.
 * @param {string} home
 * @param {string} bin
 */
async function addPython(home, bin) {
  const system = existsSync(systemPython)
  const programs = readdirSync(join(home, 'usr/bin'))
  const own = programs.find((name) => /^python3\.\d+$/.test(name))
  const python = system ? systemPython : `$home/usr/bin/${own}`
  const place = [
    `home=$(cd "$(dirname "$0")/../home" && pwd) || exit 1`,
    `export PYTHONPATH="$home/usr/lib/python3/dist-packages"`,
    ...(system ? [] : [`export PYTHONHOME="$home/usr"`]),
  ]
  const proof = ['-c', 'import feedparser, rss2email']
  await writeStarter('python3', bin, [...place, `exec "${python}" "$@"`], proof)
  await writeStarter('r2e', bin, [...place, `exec "${python}" "$home/usr/bin/r2e" "$@"`])
}
