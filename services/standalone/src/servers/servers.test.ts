import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { spawnGuarded } from '@newswire/infra'
import { quietLog, temporaryFolder } from '@newswire/kit'
import { afterEach, expect, test } from 'vitest'
import { findRunning, type Servers, startServers } from './index.js'
import { identityOf } from './process-identity.js'
import { type Child, readRunning } from './running.js'

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0)) await end()
})

async function start(dataDir: string, log = quietLog().log): Promise<Servers> {
  const servers = await startServers({ dataDir, log })
  ended.push(() => servers.stop())
  return servers
}

/** Another process that runs the servers, as its own process group, like a terminal's job. */
async function startParent(dataDir: string): Promise<ChildProcess> {
  const file = join(import.meta.dirname, 'fixtures/parent.ts')
  const parent = spawn(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', file, dataDir],
    { detached: true, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  ended.push(async () => parent.kill('SIGKILL'))
  await new Promise((resolve, reject) => {
    parent.stdout?.once('data', resolve)
    parent.once('exit', () => reject(new Error('the parent ended')))
  })
  return parent
}

const childrenOf = (dataDir: string): readonly Child[] => readRunning(dataDir).children
const alive = (children: readonly Child[]) =>
  children.filter(({ pid, identity }) => identityOf(pid) === identity).map(({ kind }) => kind)

/** What a server on this port says first to a line. */
function ask(url: string, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write(`${line}\r\n`)
    })
    socket.once('error', reject)
    socket.once('data', (data) => {
      socket.destroy()
      resolve(data.toString())
    })
  })
}

test('both servers answer, keep their data through a stop, and leave nothing behind', async () => {
  const dataDir = temporaryFolder('servers')
  const first = await start(dataDir)
  expect(await ask(first.natsUrl, 'PING')).toContain('"jetstream":true')
  expect(await ask(first.redisUrl, 'SET wire na')).toBe('+OK\r\n')
  first.announce('http://127.0.0.1:8080')
  expect(findRunning(dataDir)).toEqual({
    pid: process.pid,
    natsUrl: first.natsUrl,
    redisUrl: first.redisUrl,
    url: 'http://127.0.0.1:8080',
  })
  const children = childrenOf(dataDir)
  expect(alive(children)).toEqual(['nats', 'redis'])
  await first.stop()
  expect(alive(children)).toEqual([])
  expect(findRunning(dataDir)).toBeUndefined()

  const second = await start(dataDir)
  expect(await ask(second.redisUrl, 'GET wire')).toContain('na')
  expect(second.instance).toBe(first.instance)
  expect(second.instance).toMatch(/^[\w-]{16}$/)
})

test('a second start on the same folder is refused with a sentence and harms nothing', async () => {
  const dataDir = temporaryFolder('servers')
  const { redisUrl } = await start(dataDir)
  await expect(startServers({ dataDir, log: quietLog().log })).rejects.toThrow(
    `Newswire is already running here (pid ${process.pid}). Stop it, or set DATA_DIR.`,
  )
  expect(await ask(redisUrl, 'PING')).toBe('+PONG\r\n')
  expect(findRunning(dataDir)?.redisUrl).toBe(redisUrl)
})

test('the servers die with a killed parent, and the next start takes over', async () => {
  const dataDir = temporaryFolder('servers')
  const parent = await startParent(dataDir)
  const children = childrenOf(dataDir)
  expect(alive(children)).toEqual(['nats', 'redis'])
  parent.kill('SIGKILL')
  await expect.poll(() => alive(children), { timeout: 2_000 }).toEqual([])
  const { redisUrl } = await start(dataDir)
  expect(await ask(redisUrl, 'PING')).toBe('+PONG\r\n')
})

test('Ctrl-C reaches the parent and not its servers', async () => {
  const dataDir = temporaryFolder('servers')
  const parent = await startParent(dataDir)
  const found = findRunning(dataDir)
  process.kill(-(parent.pid ?? 0), 'SIGINT')
  expect(await ask(found?.redisUrl ?? '', 'PING')).toBe('+PONG\r\n')
  expect(await ask(found?.natsUrl ?? '', 'PING')).toContain('INFO')
  expect(alive(childrenOf(dataDir))).toEqual(['nats', 'redis'])
})

test('a start in the very moment of a kill ends the old servers before it starts new ones', async () => {
  const dataDir = temporaryFolder('servers')
  const parent = await startParent(dataDir)
  const old = childrenOf(dataDir)
  for (const { pid } of old) process.kill(pid, 'SIGSTOP')
  parent.kill('SIGKILL')
  await expect.poll(() => findRunning(dataDir)).toBeUndefined()
  await start(dataDir)
  expect(alive(old)).toEqual([])
  expect(alive(childrenOf(dataDir))).toEqual(['nats', 'redis'])
})

test('a server that survived is ended, a stranger with its pid is not', async () => {
  const dataDir = temporaryFolder('servers')
  const folder = join(dataDir, 'redis')
  mkdirSync(folder)
  const wait = ['-e', 'setInterval(() => {}, 60_000)']
  const spawned = (words: string[], where = folder) => {
    const child = spawnGuarded(process.execPath, words, { folder: where, output: 'pipe' })
    ended.push(async () => child.signal('SIGKILL'))
    return {
      kind: 'redis',
      pid: child.pid,
      identity: identityOf(child.pid) ?? '',
      port: 1,
    } as const
  }
  const survivor = spawned([...wait, 'redis-server'])
  const namesake = spawned([...wait, 'redis-server'], dataDir)
  const stranger = spawned(wait)
  const reborn = { ...spawned([...wait, 'redis-server']), identity: 'an earlier one' }
  const children = [survivor, namesake, stranger, reborn]
  writeFileSync(join(dataDir, 'running.json'), JSON.stringify({ children }))
  const { log, lines } = quietLog()
  await start(dataDir, log)
  expect(alive([survivor])).toEqual([])
  expect(alive([namesake, stranger])).toHaveLength(2)
  expect(identityOf(reborn.pid)).toBeDefined()
  expect(lines.filter(({ level }) => level === 'warn')).toMatchObject([{ pid: survivor.pid }])
})

test('a server that ends by itself is told of, one that is stopped is not', async () => {
  const dataDir = temporaryFolder('servers')
  const servers = await start(dataDir)
  const lost: unknown[] = []
  servers.onExit(({ server, exit }) => lost.push([server, exit.signal]))
  const redis = childrenOf(dataDir).find(({ kind }) => kind === 'redis')
  process.kill(redis?.pid ?? 0, 'SIGKILL')
  await expect.poll(() => lost).toEqual([['redis', 'SIGKILL']])
  await servers.stop()
  expect(lost).toHaveLength(1)
})

test('servers of somebody else are used and not started', async () => {
  const dataDir = temporaryFolder('servers')
  const theirs = { natsUrl: 'nats://192.0.2.1:4222', redisUrl: 'redis://192.0.2.1:6379' }
  const servers = await startServers({ dataDir, log: quietLog().log, ...theirs })
  ended.push(() => servers.stop())
  expect(servers).toMatchObject(theirs)
  expect(childrenOf(dataDir)).toEqual([])
})

test('a data folder that can not be used is explained in a sentence', async () => {
  const parent = temporaryFolder('servers')
  const refusal = async (dataDir: string) => {
    const outcome = await startServers({ dataDir, log: quietLog().log }).catch((e: unknown) => e)
    return outcome instanceof Error ? outcome.message : 'started'
  }
  const file = join(parent, 'file')
  writeFileSync(file, '')
  expect(await refusal(file)).toContain(`${file} can't be used: it or a part of it is a file.`)

  const damaged = join(parent, 'damaged')
  mkdirSync(join(damaged, 'redis/appendonlydir'), { recursive: true })
  const manifest = join(damaged, 'redis/appendonlydir/appendonly.aof.manifest')
  writeFileSync(manifest, 'garbage')
  expect(await refusal(damaged)).toMatch(/redis.* did not start: .*manifest.*move .*redis away/s)
  expect(childrenOf(damaged)).toEqual([])
  rmSync(manifest)

  writeFileSync(join(damaged, 'running.json'), '{')
  expect(await refusal(damaged)).toContain('running.json is damaged. Make sure that no nats-server')
  expect(readFileSync(join(damaged, 'running.json'), 'utf8')).toBe('{')
  rmSync(join(damaged, 'running.json'))

  const stream = join(damaged, 'nats/jetstream/$G/streams/RAW')
  mkdirSync(join(stream, 'msgs'), { recursive: true })
  writeFileSync(join(stream, 'meta.inf'), 'garbage')
  writeFileSync(join(stream, 'msgs/1.blk'), 'what was kept')
  expect(await refusal(damaged)).toContain(`NATS can't read the stream in ${stream}.`)
  rmSync(join(stream, 'msgs/1.blk'))
  expect(await refusal(damaged)).toBe('started')
})
