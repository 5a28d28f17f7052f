import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bareEnvironment, repository } from '@newswire/infra'
import { temporaryFolder } from '@newswire/kit'
import { afterEach, describe, expect, test } from 'vitest'

/** `npm start` as a job of its own, as a terminal starts it. */
interface Job {
  readonly npm: number
  /** The program that npm runs. */
  readonly node: number
  readonly dataDir: string
  readonly written: () => string
  /** Processes of the job and its servers that live. */
  readonly alive: () => readonly string[]
}

const stopsWithin = { timeout: 5_000 }
const groups: number[] = []
afterEach(() => {
  for (const group of groups.splice(0)) if (inGroup(group).length > 0) process.kill(-group, 9)
})

interface Seen {
  readonly pid: number
  readonly group: number
  readonly program: string
}

function processes(): readonly Seen[] {
  const table = execFileSync('ps', ['-eo', 'pid=,pgid=,stat=,args='], { encoding: 'utf8' })
  return table.split('\n').flatMap((line) => {
    const [, pid, group, state, program] = /^ *(\d+) +(\d+) +(\S+) +(.*)$/.exec(line) ?? []
    // A zombie is no process any more, only a row that nobody has read.
    if (!pid || !program || state?.startsWith('Z')) return []
    return { pid: Number(pid), group: Number(group), program }
  })
}

const inGroup = (group: number) => processes().filter((seen) => seen.group === group)

async function npmStart(dataDir = temporaryFolder('npm-start')): Promise<Job> {
  const npm = spawn('npm', ['start'], {
    cwd: repository,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...bareEnvironment(), DATA_DIR: dataDir, PORT: '0', SOURCES: 'none' },
  })
  const group = npm.pid ?? Number.NaN
  groups.push(group)
  let text = ''
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (part: string) => {
      text += part
    })
  }
  await expect.poll(() => text).toContain('Newswire is ready.')
  const { children } = JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')) as {
    children: { pid: number }[]
  }
  const owned = [group, ...children.map(({ pid }) => pid)]
  const node = inGroup(group).find(({ program }) => program.includes('infra/start.mjs'))?.pid ?? 0
  const alive = () =>
    processes()
      .filter((seen) => owned.includes(seen.group))
      .map(({ program }) => program)
  return { npm: group, node, dataDir, written: () => text, alive }
}

describe('npm start', () => {
  test.each([
    ['Ctrl-C in its terminal', ({ npm }: Job) => process.kill(-npm, 'SIGINT')],
    ['SIGTERM to npm', ({ npm }: Job) => process.kill(npm, 'SIGTERM')],
    ['SIGTERM to the program', ({ node }: Job) => process.kill(node, 'SIGTERM')],
    ['kill -9 of npm', ({ npm }: Job) => process.kill(npm, 'SIGKILL')],
  ])('ends in order on %s and leaves no process', async (_, end) => {
    const job = await npmStart()
    expect(job.alive().length).toBeGreaterThanOrEqual(4)
    end(job)
    await expect.poll(job.alive, stopsWithin).toEqual([])
    await expect.poll(job.written).toMatch(/"exitCode":0,"msg":"process ended"/)
  })

  test('leaves no process on kill -9 of the program, and starts again at once', async () => {
    const { node, dataDir, alive } = await npmStart()
    process.kill(node, 'SIGKILL')
    const next = await npmStart(dataDir)
    await expect.poll(alive, stopsWithin).toEqual([])
    process.kill(next.node, 'SIGTERM')
    await expect.poll(next.alive, stopsWithin).toEqual([])
  })
})
