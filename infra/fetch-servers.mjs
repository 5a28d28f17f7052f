import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder, findBinary, serverBinaries } from './binaries.mjs'
import { command, SetupError, say } from './command.mjs'
import { addStarter, downloadPackages, isDebian, unpackPackages } from './debian.mjs'

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
    const wanted = missing.flatMap((name) => packages[name])
    const also = missing.includes('redis-server') ? librariesOfRedis : []
    const reason = await downloadPackages({ work, wanted, also, needs: /^lib/ })
    if (reason !== undefined) {
      const told = `The servers could not be fetched: ${reason}`
      throw new SetupError(`${told}\n${instructions(missing)}`)
    }
    const draft = await unpackPackages(work)
    for (const name of missing) {
      const home = join(dataDir, 'servers', name)
      rmSync(home, { recursive: true, force: true })
      mkdirSync(join(dataDir, 'servers'), { recursive: true })
      await command('cp', ['-a', draft, home])
      for (const program of programs[name]) await addStarter(program, join(dataDir, 'bin'), home)
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
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
