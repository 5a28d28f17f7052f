import './node-version.mjs'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { repository } from './binaries.mjs'
import { command, main, SetupError, say, tool } from './command.mjs'
import { ensureServers } from './fetch-servers.mjs'

/** A build that is up to date takes less, and then nothing is said. */
const quietBuildMs = 1500

/**
 * Everything between a clean checkout and a program that runs; says nothing when nothing is to do.
 * @param {{ needsServers?: boolean }} [options]
 */
export async function setup({ needsServers = true } = {}) {
  await installPackages()
  if (needsServers) await ensureServers()
  await build()
}

async function installPackages() {
  if (isInstalled()) return
  say('Installing the packages that package-lock.json names …')
  const { ok, output } = await command('npm', ['ci', '--no-audit', '--no-fund'])
  if (ok) return
  throw new SetupError(
    `${output.trim()}\nThe packages could not be installed: see npm's words above.`,
  )
}

/**
 * npm writes down what it has put into node_modules as its last step, so an installation that was
 * interrupted is not taken for one.
 */
function isInstalled() {
  const written = join(repository, 'node_modules/.package-lock.json')
  if (!existsSync(written)) return false
  const present = packagesIn(written)
  const locked = packagesIn(join(repository, 'package-lock.json'))
  return Object.keys(locked).every((path) => {
    const { version, optional, devOptional } = locked[path] ?? {}
    // Optional ones are for other systems than this.
    if (path === '' || (present[path] === undefined && (optional || devOptional))) return true
    return present[path] !== undefined && present[path].version === version
  })
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>}
 */
function packagesIn(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages
}

async function build() {
  const announce = setTimeout(() => say('Building …'), quietBuildMs)
  const { ok, output } = await command(tool('tsc'), ['-b', '--pretty', 'false'])
  clearTimeout(announce)
  if (!ok) throw new SetupError(`${output.trim()}\nThe build failed: see the messages above.`)
  await buildWindow()
}

/** The pages for people: built anew where something that they are made of is newer. */
async function buildWindow() {
  const room = join(repository, 'services/dashboard')
  const made = join(room, 'dist/app/index.html.br')
  const sources = [
    join(room, 'app'),
    join(room, 'vite.config.ts'),
    join(repository, 'package-lock.json'),
  ]
  if (existsSync(made) && newestOf(sources) < statSync(made).mtimeMs) return
  const args = ['build', '--config', join(room, 'vite.config.ts'), '--logLevel', 'warn']
  const { ok, output } = await command(tool('vite'), args)
  if (!ok) throw new SetupError(`${output.trim()}\nThe pages could not be built: see above.`)
}

/**
 * @param {readonly string[]} paths
 * @returns {number} when the newest file was changed, ms since 1970
 */
function newestOf(paths) {
  const times = paths.flatMap((path) => {
    const { mtimeMs } = statSync(path)
    if (!statSync(path).isDirectory()) return [mtimeMs]
    // A folder changes when a file of it goes.
    return [mtimeMs, newestOf(readdirSync(path).map((name) => join(path, name)))]
  })
  return Math.max(0, ...times)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(() => setup())
