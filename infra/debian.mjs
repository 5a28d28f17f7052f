import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { command, SetupError } from './command.mjs'

/** Whether packages of Debian can be fetched here: on Debian and its kin. */
export function isDebian() {
  const release = '/etc/os-release'
  if (!existsSync(release) || !existsSync('/usr/bin/apt-get')) return false
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync(release, 'utf8'))
}

/**
 * Fetches packages into `<work>/packages`, by apt with lists and caches of its own, so that it
 * needs no root and changes nothing of the system. Of what apt would install beside the wanted
 * ones those come along whose name `needs` matches, and `also`.
 * @param {{ work: string, wanted: readonly string[], also: readonly string[], needs: RegExp }} what
 * @returns {Promise<string | undefined>} why it could not be done
 */
export async function downloadPackages({ work, wanted, also, needs }) {
  for (const folder of ['lists/partial', 'cache/archives/partial', 'packages']) {
    mkdirSync(join(work, folder), { recursive: true })
  }
  const options = [
    ...['-o', `Dir::State::Lists=${work}/lists`, '-o', `Dir::Cache=${work}/cache`],
    ...['-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User=', '-q'],
  ]
  const env = { LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (/** @type {string[]} */ ...args) =>
    command('apt-get', [...options, ...args], { folder: join(work, 'packages'), env })

  // Where one of several sources fails, the others are enough as long as the packages are found.
  const updated = await apt('update')
  const plan = await apt('--simulate', '--no-install-recommends', 'install', ...wanted)
  const planned = [...plan.output.matchAll(/^Inst ([^ ]+)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => needs.test(name))
  const fetched = await apt('download', ...new Set([...wanted, ...also, ...planned]))
  return fetched.ok ? undefined : lastLine(fetched.output) || lastLine(updated.output)
}

/**
 * Unpacks what was fetched into one folder, which it gives.
 * @param {string} work
 */
export async function unpackPackages(work) {
  const draft = join(work, 'unpacked')
  const files = readdirSync(join(work, 'packages')).filter((file) => file.endsWith('.deb'))
  for (const file of files) {
    const { ok, output } = await command('dpkg', ['-x', join(work, 'packages', file), draft])
    if (!ok) throw new SetupError(`${file} could not be unpacked: ${lastLine(output)}`)
  }
  return draft
}

/**
 * A program in `bin` that runs the unpacked one with its libraries. It finds them by its own place,
 * so that the folder may be moved.
 * @param {string} name
 * @param {string} bin
 * @param {string} home
 */
export async function addStarter(name, bin, home) {
  const files = readdirSync(home, { recursive: true, withFileTypes: true })
  const program = files.find((file) => file.name === name && /\/s?bin$/.test(file.parentPath))
  if (!program) throw new SetupError(`The package of ${name} holds no such program.`)
  const holdLibraries = files.filter((file) => /\.so(\.\d+)*$/.test(file.name))
  const fromHome = (/** @type {string} */ path) => `$home/${relative(home, path)}`
  const libraries = [...new Set(holdLibraries.map(({ parentPath }) => fromHome(parentPath)))]
  await writeStarter(name, bin, [
    `home=$(cd "$(dirname "$0")/${relative(bin, home)}" && pwd) || exit 1`,
    `export LD_LIBRARY_PATH="${libraries.join(':')}"`,
    `exec "${fromHome(join(program.parentPath, name))}" "$@"`,
  ])
}

/**
 * A shell script `bin/name`, put there once it has shown that it runs.
 * @param {string} name
 * @param {string} bin
 * @param {readonly string[]} lines
 * @param {readonly string[]} proof arguments under which it ends well
 */
export async function writeStarter(name, bin, lines, proof = ['--version']) {
  const starter = join(bin, name)
  mkdirSync(bin, { recursive: true })
  writeFileSync(`${starter}.new`, `${['#!/bin/sh', ...lines].join('\n')}\n`)
  chmodSync(`${starter}.new`, 0o755)
  const { ok, output } = await command(`${starter}.new`, [...proof])
  if (!ok) throw new SetupError(`${name} was fetched but does not run: ${lastLine(output)}`)
  renameSync(`${starter}.new`, starter)
}

/** @param {string} output */
function lastLine(output) {
  return output.trim().split('\n').at(-1) ?? ''
}
