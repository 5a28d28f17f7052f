import './node-version.mjs'
import { existsSync, readFileSync } from 'node:fs'
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
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(() => setup())
