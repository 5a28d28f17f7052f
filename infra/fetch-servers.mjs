import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { dataFolder, findBinary, serverBinaries } from './binaries.mjs'
import { command, SetupError, say } from './command.mjs'

/** @typedef {import('./binaries.mjs').Binary} Binary */

/** redis-server is but a link to a program in redis-tools. */
const packages = { 'nats-server': ['nats-server'], 'redis-server': ['redis-server', 'redis-tools'] }

/** What gets a starter; redis-cli is what people and tests look into Redis with. */
const programs = { 'nats-server': ['nats-server'], 'redis-server': ['redis-server', 'redis-cli'] }

/** Libraries that a small image lacks; what else apt would add is for services and users. */
const librariesOfRedis = ['libjemalloc2', 'liblzf1', 'libatomic1']

/**
 * Makes sure that both servers can be run. On Debian and Ubuntu missing ones are unpacked into
 * DATA_DIR, without root and without touching the system; elsewhere the command to type is told.
 * @param {{ dataDir?: string, find?: (name: Binary) => string | undefined }} [options]
 */
export async function ensureServers({ dataDir = dataFolder(), find } = {}) {
  const look = find ?? ((/** @type {Binary} */ name) => findBinary(name, { dataDir }))
  const missing = serverBinaries.filter((name) => look(name) === undefined)
  if (missing.length === 0) return
  if (!isDebian()) throw new SetupError(instructions(missing))
  say(`Fetching ${missing.join(' and ')} into ${dataDir} (some megabytes, once) …`)
  const work = join(dataDir, 'fetching')
  try {
    await download(work, missing)
    await unpack(work, dataDir, missing)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function isDebian() {
  const release = '/etc/os-release'
  if (!existsSync(release) || !existsSync('/usr/bin/apt-get')) return false
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync(release, 'utf8'))
}

/**
 * apt with lists and caches of its own, so that it needs no root and changes nothing of the system.
 * @param {string} work
 * @param {readonly Binary[]} missing
 */
async function download(work, missing) {
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
  const wanted = missing.flatMap((name) => packages[name])
  const plan = await apt('--simulate', '--no-install-recommends', 'install', ...wanted)
  const planned = [...plan.output.matchAll(/^Inst (lib[^ ]+)/gm)].map(([, name = '']) => name)
  const libraries = missing.includes('redis-server') ? librariesOfRedis : []
  const names = new Set([...wanted, ...libraries, ...planned])
  const fetched = await apt('download', ...names)
  if (fetched.ok) return
  const reason = lastLine(fetched.output) || lastLine(updated.output)
  throw new SetupError(`The servers could not be fetched: ${reason}\n${instructions(missing)}`)
}

/**
 * @param {string} work
 * @param {string} dataDir
 * @param {readonly Binary[]} missing
 */
async function unpack(work, dataDir, missing) {
  const draft = join(work, 'unpacked')
  const files = readdirSync(join(work, 'packages')).filter((file) => file.endsWith('.deb'))
  for (const file of files) {
    const { ok, output } = await command('dpkg', ['-x', join(work, 'packages', file), draft])
    if (!ok) throw new SetupError(`${file} could not be unpacked: ${lastLine(output)}`)
  }
  for (const name of missing) {
    const home = join(dataDir, 'servers', name)
    rmSync(home, { recursive: true, force: true })
    mkdirSync(join(dataDir, 'servers'), { recursive: true })
    await command('cp', ['-a', draft, home])
    for (const program of programs[name]) await addStarter(program, dataDir, home)
  }
}

/**
 * A program in DATA_DIR/bin that runs the unpacked one with its libraries. It finds them by its own
 * place, so that the folder may be moved.
 * @param {string} name
 * @param {string} dataDir
 * @param {string} home
 */
async function addStarter(name, dataDir, home) {
  const files = readdirSync(home, { recursive: true, withFileTypes: true })
  const program = files.find((file) => file.name === name && /\/s?bin$/.test(file.parentPath))
  if (!program) throw new SetupError(`The package of ${name} holds no such program.`)
  const holdLibraries = files.filter((file) => /\.so(\.\d+)*$/.test(file.name))
  const fromHome = (/** @type {string} */ path) => `$home/${relative(home, path)}`
  const libraries = [...new Set(holdLibraries.map(({ parentPath }) => fromHome(parentPath)))]
  const starter = join(dataDir, 'bin', name)
  mkdirSync(join(dataDir, 'bin'), { recursive: true })
  const lines = [
    '#!/bin/sh',
    `home=$(cd "$(dirname "$0")/${relative(join(dataDir, 'bin'), home)}" && pwd) || exit 1`,
    `export LD_LIBRARY_PATH="${libraries.join(':')}"`,
    `exec "${fromHome(join(program.parentPath, name))}" "$@"`,
  ]
  writeFileSync(`${starter}.new`, `${lines.join('\n')}\n`)
  chmodSync(`${starter}.new`, 0o755)
  const { ok, output } = await command(`${starter}.new`, ['--version'])
  if (!ok) throw new SetupError(`${name} was fetched but does not run: ${lastLine(output)}`)
  renameSync(`${starter}.new`, starter)
}

/** @param {string} output */
function lastLine(output) {
  return output.trim().split('\n').at(-1) ?? ''
}

/** @type {readonly [folder: string, install: (names: readonly Binary[]) => string][]} */
const installers = [
  ['/usr/bin/apt-get', (names) => `sudo apt-get install ${names.join(' ')}`],
  ['/opt/homebrew/bin/brew', (names) => `brew install ${names.map(plain).join(' ')}`],
  ['/usr/local/bin/brew', (names) => `brew install ${names.map(plain).join(' ')}`],
  ['/usr/bin/dnf', (names) => `sudo dnf install ${names.map(plain).join(' ')}`],
  ['/usr/bin/pacman', (names) => `sudo pacman -S ${names.map(plain).join(' ')}`],
  ['/sbin/apk', (names) => `sudo apk add ${names.map(plain).join(' ')}`],
]

/** Outside Debian the package is called redis. @param {Binary} name */
const plain = (name) => (name === 'redis-server' ? 'redis' : name)

/** @param {readonly Binary[]} missing */
export function instructions(missing) {
  const [, install] = installers.find(([program]) => existsSync(program)) ?? []
  return [
    `Newswire runs its own ${missing.join(' and ')}, which ${missing.length > 1 ? 'are' : 'is'} not installed.`,
    ...(install ? [`Install with:  ${install(missing)}`] : []),
    'Or run them in containers and say where they are:',
    '  docker run -d -p 127.0.0.1:4222:4222 -v "$PWD/infra/nats.conf:/nats.conf" -v newswire-nats:/data nats:2 -c /nats.conf -sd /data',
    '  docker run -d -p 127.0.0.1:6379:6379 -v newswire-redis:/data redis:7 --appendonly yes --maxmemory-policy noeviction',
    '  NATS_URL=nats://127.0.0.1:4222 REDIS_URL=redis://127.0.0.1:6379 npm start',
  ].join('\n')
}
