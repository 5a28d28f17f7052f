import './node-version.mjs'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { dataFolder, findChromium } from './binaries.mjs'
import { main, SetupError, say } from './command.mjs'
import { downloadPackages, isDebian, unpackPackages, writeStarter } from './debian.mjs'

/*
 * The Chromium that tests/window looks at the pages with, unpacked into DATA_DIR/browser without
 * root and without touching the system. Whoever has one installed needs none of this; without one
 * those tests are skipped, and it is said aloud.
 */

/** A browser without fonts shows boxes. */
const packages = ['chromium', 'chromium-common', 'fonts-dejavu-core']

/** The fonts that came along, beside those of the system. */
const fontSettings = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">usr/share/fonts</dir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`

const howToGetOne =
  'Install one (Debian: sudo apt-get install chromium) or name one: CHROMIUM_PATH=/path/to/chromium npm test'

/**
 * Looks for a Chromium, and on Debian and Ubuntu fetches one where there is none.
 * @param {{ dataDir?: string, env?: NodeJS.ProcessEnv, folders?: readonly string[] }} [options]
 * @returns {Promise<string | undefined>} a sentence that says why there is none and how to get one
 */
export async function ensureChromium({ dataDir = dataFolder(), env = process.env, folders } = {}) {
  const where = { dataDir, env, ...(folders ? { folders } : {}) }
  if (findChromium(where)) return undefined
  const named = env['CHROMIUM_PATH']
  if (named) return `CHROMIUM_PATH names ${named}, which is no program. ${howToGetOne}`
  if (!isDebian()) return `There is no Chromium. ${howToGetOne}`
  say(`Fetching chromium into ${dataDir} (some hundred megabytes, once) …`)
  try {
    await fetchChromium(dataDir)
    return undefined
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    return `Chromium could not be fetched: ${error.message} ${howToGetOne}`
  }
}

/** @param {string} dataDir */
async function fetchChromium(dataDir) {
  const work = join(dataDir, 'fetching-browser')
  const browser = join(dataDir, 'browser')
  const home = join(browser, 'home')
  try {
    const reason = await downloadPackages({ work, wanted: packages, also: [], needs: /./ })
    if (reason !== undefined) throw new SetupError(reason)
    const draft = await unpackPackages(work)
    rmSync(browser, { recursive: true, force: true })
    mkdirSync(browser, { recursive: true })
    renameSync(draft, home)
    writeFileSync(join(home, 'fonts.conf'), fontSettings)
    await addBrowser(join(browser, 'bin'))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * Debian's own starter looks for settings of the system; the program behind it needs none.
 * @param {string} bin
 */
async function addBrowser(bin) {
  await writeStarter('chromium', bin, [
    `home=$(cd "$(dirname "$0")/../home" && pwd) || exit 1`,
    `libraries=$(find "$home" -name '*.so*' -printf '%h\\n' | sort -u | paste -sd :)`,
    `export LD_LIBRARY_PATH="$home/usr/lib/chromium:$libraries"`,
    `export FONTCONFIG_FILE="$home/fonts.conf"`,
    `exec "$home/usr/lib/chromium/chromium" "$@"`,
  ])
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    const reason = await ensureChromium()
    if (reason !== undefined) say(reason)
    return reason === undefined ? 0 : 1
  })
}
