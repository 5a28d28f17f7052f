import { randomBytes } from 'node:crypto'
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { findBinary } from './binaries.mjs'
import { spawnGuarded } from './guarded.mjs'
import { probeNats, probeRedis } from './probe.mjs'

/** Between two looks whether a server is ready. */
const probeEveryMs = 20
/** A big append-only file takes its time; a start that takes longer than this has failed. */
const readyWithinMs = 120_000
/** A free port may be taken by someone else before the server has it. */
const portTries = 8
/** From asking to end, until forcing. */
const stopWithinMs = 10_000

/** @typedef {import('./index.d.mts').Server} Server */
/** @typedef {import('./index.d.mts').ServerOptions} ServerOptions */

/**
 * One line per kind: how it is started and how it says who it is.
 * @type {Record<'nats' | 'redis', {
 *   binary: import('./binaries.mjs').Binary,
 *   args: (port: number, folder: string, name: string) => string[],
 *   whoIs: (port: number) => Promise<string | undefined>,
 *   isOurs: (who: string, pid: number, name: string) => boolean,
 * }>}
 */
const kinds = {
  nats: {
    binary: 'nats-server',
    args: (port, folder, name) => [
      ...['-c', join(import.meta.dirname, 'nats.conf'), '-a', '127.0.0.1', '-p', String(port)],
      ...['-sd', folder, '--name', name],
    ],
    whoIs: probeNats,
    isOurs: (who, _pid, name) => who === name,
  },
  redis: {
    binary: 'redis-server',
    args: (port, folder) => [
      join(import.meta.dirname, 'redis.conf'),
      ...['--port', String(port), '--dir', folder],
    ],
    whoIs: probeRedis,
    isOurs: (who, pid) => who === String(pid),
  },
}

/**
 * Starts one of our servers on 127.0.0.1 with our configuration and resolves when it answers.
 * Without a port it gets a free one. It ends with this process, however that ends.
 * @param {'nats' | 'redis'} kind
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer(kind, options) {
  const binary = findBinary(kinds[kind].binary, options.dataDir ? { dataDir: options.dataDir } : {})
  if (!binary) throw new Error(`${kinds[kind].binary} is not installed. Run \`npm run setup\`.`)
  // The server works in its folder, so a relative path would mean another one to it.
  const folder = resolve(options.folder)
  const logFile = resolve(options.logFile)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let last = new Error(`${kind} was not started`)
  for (let tries = 0; tries < (options.port ? 1 : portTries); tries += 1) {
    const port = options.port ?? (await freePort())
    const server = await startOn(port, kind, binary, { ...options, folder, logFile })
    if (!(server instanceof Error)) return server
    last = server
    if (!/address already in use/i.test(server.message)) break
  }
  throw last
}

/**
 * @param {number} port
 * @param {'nats' | 'redis'} kind
 * @param {string} binary
 * @param {ServerOptions} options
 * @returns {Promise<Server | Error>}
 */
async function startOn(port, kind, binary, { folder, logFile, onSpawn }) {
  const { args, whoIs, isOurs } = kinds[kind]
  // Someone else's server on this port would answer too, so the answer must name ours.
  const name = `newswire-${randomBytes(6).toString('hex')}`
  const output = openSync(logFile, 'a', 0o600)
  const { size: logStart } = fstatSync(output)
  const child = spawnGuarded(binary, args(port, folder, name), { folder, output })
  closeSync(output)
  onSpawn?.({ kind, pid: child.pid, port })
  let ended = false
  void child.exited.then(() => {
    ended = true
  })
  const giveUpAt = Date.now() + readyWithinMs
  while (!ended && Date.now() < giveUpAt) {
    const who = await whoIs(port)
    if (who !== undefined && isOurs(who, child.pid, name)) {
      const url = `${kind}://127.0.0.1:${port}`
      return {
        ...{ kind, url, port, pid: child.pid, exited: child.exited },
        startLog: writtenSince(logFile, logStart),
        stop: () => endChild(child, 'SIGTERM'),
        kill: () => endChild(child, 'SIGKILL'),
      }
    }
    await pause(probeEveryMs)
  }
  child.signal('SIGKILL')
  const { cause } = await child.exited
  const reason = ended
    ? lastWords(writtenSince(logFile, logStart))
    : `not ready in ${readyWithinMs} ms`
  return new Error(`${binary} did not start: ${reason}. Its log is ${logFile}.`, { cause })
}

/**
 * On SIGTERM both servers finish what they were told, bring it to the disk and end.
 * @param {import('./index.d.mts').Guarded} child
 * @param {NodeJS.Signals} signal
 */
async function endChild(child, signal) {
  child.signal(signal)
  const patience = new AbortController()
  const tooLong = pause(stopWithinMs, 'late', { signal: patience.signal }).catch(() => 'cancelled')
  if ((await Promise.race([child.exited, tooLong])) === 'late') child.signal('SIGKILL')
  patience.abort()
  await child.exited
}

/**
 * @param {string} logFile
 * @param {number} from
 */
function writtenSince(logFile, from) {
  return readFileSync(logFile).subarray(from).toString('utf8')
}

/**
 * The last line that says something, without pid, time and level.
 * @param {string} log
 */
function lastWords(log) {
  const line = log.trimEnd().split('\n').at(-1) ?? ''
  return line.replace(/^.*?(\[FTL\]|[#*]) /, '').replace(/\.$/, '') || 'it said nothing'
}

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = address !== null && typeof address === 'object' ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
