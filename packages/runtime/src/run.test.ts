import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { quietLog } from '@newswire/kit'
import { describe, expect, test } from 'vitest'
import { type RunOptions, run } from './run.js'
import type { Worker } from './worker.js'

class TestProcess extends EventEmitter {
  readonly exits: number[] = []
  exit(code: number): void {
    this.exits.push(code)
  }
}

/** Workers that write down what happens to them. */
function stage() {
  const events: string[] = []
  let failA: (error: Error) => void = () => undefined
  const worker = (
    name: string,
    more: Partial<{ start: () => Promise<void>; stop: () => Promise<void> }> = {},
  ): Worker => ({
    name,
    async start(life) {
      if (name === 'a') failA = life.fail
      events.push(`start ${name}`)
      await more.start?.()
      return {
        stop: async () => {
          events.push(`stop ${name}`)
          await more.stop?.()
        },
      }
    },
  })
  const host = new TestProcess()
  const { log, lines } = quietLog()
  const close = async () => void events.push('close')
  const begin = (workers: Worker[], options: Partial<RunOptions> = {}) => {
    const onStarted = () => void events.push('started')
    return run({ workers, log, close, onStarted, process: host, ...options })
  }
  return { events, worker, host, lines, begin, fail: (error: Error) => failA(error) }
}

const never = () => new Promise<never>(() => undefined)
const broken = () => Promise.reject(new Error('broken'))

describe('an end that was asked for', () => {
  test.each(['SIGINT', 'SIGTERM'])('%s stops in reverse order and exits with 0', async (signal) => {
    const { events, worker, host, begin } = stage()
    const ended = begin([worker('a'), worker('b')])
    await expect.poll(() => events).toContain('started')
    host.emit(signal)
    expect(await ended).toBe(0)
    expect(events).toEqual(['start a', 'start b', 'started', 'stop b', 'stop a', 'close'])
    expect(host.exits).toEqual([0])
    expect(host.eventNames()).toEqual([])
  })

  test('a signal while a worker starts stops that one too, and starts no more', async () => {
    const { events, worker, host, begin } = stage()
    let goOn: () => void = () => undefined
    const start = () => new Promise<void>((resolve) => (goOn = resolve))
    const ended = begin([worker('a', { start }), worker('b')])
    await expect.poll(() => events).toEqual(['start a'])
    host.emit('SIGTERM')
    goOn()
    expect(await ended).toBe(0)
    expect(events).toEqual(['start a', 'stop a', 'close'])
  })

  test('a second signal ends at once', async () => {
    const { events, worker, host, begin } = stage()
    void begin([worker('a', { stop: never })])
    await expect.poll(() => events).toContain('started')
    host.emit('SIGTERM')
    expect(host.exits).toEqual([])
    host.emit('SIGINT')
    expect(host.exits).toEqual([130])
  })

  test('what does not stop in time is named, and the process ends all the same', async () => {
    const { events, worker, host, lines, begin } = stage()
    const ended = begin([worker('a'), worker('b', { stop: never })], { stopMsMax: 20 })
    await expect.poll(() => events).toContain('started')
    host.emit('SIGTERM')
    expect(await ended).toBe(1)
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'fatal', part: 'b', msg: 'part did not stop in time' }),
    )
  })

  test('a worker that fails to stop keeps the others from nothing', async () => {
    const { events, worker, host, lines, begin } = stage()
    const ended = begin([worker('a'), worker('b', { stop: broken })])
    await expect.poll(() => events).toContain('started')
    host.emit('SIGTERM')
    expect(await ended).toBe(1)
    expect(events.slice(-3)).toEqual(['stop b', 'stop a', 'close'])
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  })
})

describe('an end by a failure', () => {
  test('a worker that can not start stops those before it, and exits with 1', async () => {
    const { events, worker, host, lines, begin } = stage()
    const workers = [worker('a'), worker('b', { start: broken }), worker('c')]
    expect(await begin(workers)).toBe(1)
    expect(events).toEqual(['start a', 'start b', 'stop a', 'close'])
    expect(host.exits).toEqual([1])
    const fatal = lines.filter(({ level }) => level === 'fatal')
    expect(fatal).toMatchObject([
      { msg: 'worker did not start', worker: 'b', err: { message: 'broken' } },
    ])
  })

  test('a worker whose state is broken ends the process', async () => {
    const { events, worker, lines, begin, fail } = stage()
    const ended = begin([worker('a')])
    await expect.poll(() => events).toContain('started')
    fail(new Error('sequence went back'))
    expect(await ended).toBe(1)
    expect(events.slice(-2)).toEqual(['stop a', 'close'])
    const fatal = lines.filter(({ level }) => level === 'fatal')
    expect(fatal).toMatchObject([{ msg: 'worker failed', worker: 'a' }])
  })

  test.each(['uncaughtException', 'unhandledRejection'])('%s is logged once', async (event) => {
    const { events, worker, host, lines, begin } = stage()
    const ended = begin([worker('a')])
    await expect.poll(() => events).toContain('started')
    host.emit(event, new Error('nobody caught it'))
    expect(await ended).toBe(1)
    expect(lines.filter(({ level }) => level === 'fatal')).toHaveLength(1)
  })

  test('a failure during an orderly end still shows in the exit code', async () => {
    const { events, worker, host, begin, fail } = stage()
    const stop = async () => fail(new Error('broken while stopping'))
    const ended = begin([worker('a', { stop })])
    await expect.poll(() => events).toContain('started')
    host.emit('SIGTERM')
    expect(await ended).toBe(1)
  })
})

describe('a real process', () => {
  const program = `
    import { createLogger, run } from '@newswire/runtime'
    const worker = { name: 'idle', start: async () => ({ stop: async () => {} }) }
    const log = createLogger({ name: 'test' })
    await run({ workers: [worker], log, onStarted: () => log.info('started') })`

  test('holds the event loop until a signal comes, then exits with 0', async () => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--conditions=source', '--input-type=module', '-e', program],
      { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    const exited = once(child, 'exit')
    await expect.poll(() => output, { timeout: 15_000 }).toContain('started')
    expect(child.exitCode).toBeNull()
    child.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    expect(output).toContain('process ended')
  }, 20_000)
})
