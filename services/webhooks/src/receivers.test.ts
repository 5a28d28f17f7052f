import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { signedHeaders } from './deliver/signature.js'
import { startHouse, type TestHouse } from './fixtures/house.js'

/* What people copy from services/dashboard/receivers, each called by the house itself. */

const file = (name: string) =>
  fileURLToPath(new URL(`../../dashboard/receivers/${name}`, import.meta.url))
const fixture = fileURLToPath(new URL('fixtures/request-receiver.ts', import.meta.url))
const secretBytes = Buffer.from('a secret of 32 bytes, not random')
const secret = `whsec_${secretBytes.toString('base64')}`

const receivers = {
  'receive.ts': ['node', '--import', 'tsx', file('receive.ts')],
  'receive-request.ts': ['node', '--import', 'tsx', fixture, file('receive-request.ts'), secret],
  'receive.py': ['python3', file('receive.py')],
  'receive.go': ['go', 'run', file('receive.go')],
} as const
/** The first build of Go's library takes its time. */
const startMsMax = 120_000

let house: TestHouse

beforeAll(async () => {
  house = await startHouse()
  await house.work()
})
afterAll(() => house[Symbol.asyncDispose]())

interface Receiver {
  readonly url: string
  /** What it has printed. */
  readonly says: () => string
}

async function start([command, ...args]: readonly string[]): Promise<Receiver> {
  const own = [`SECRET=${secret}`, 'PORT=0', command ?? '', ...args]
  const process = spawn('env', own, {
    // The one that Go builds and starts is a process of its own: all of the group end.
    detached: true,
  })
  onTestFinished(() => end(process))
  let said = ''
  process.stdout.setEncoding('utf8').on('data', (part: string) => {
    said += part
  })
  process.stderr.setEncoding('utf8').on('data', (part: string) => {
    said += part
  })
  await expect.poll(() => said, { timeout: startMsMax }).toMatch(/listening on .*"port":\d+/)
  const port = /"port":(\d+)/.exec(said)?.[1]
  return { url: `http://127.0.0.1:${port}/hook`, says: () => said }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-child.pid, 'SIGKILL')
  await ended
}

function isThere(command: string): boolean {
  return spawnSync(command, [command === 'go' ? 'version' : '--version']).status === 0
}

async function call(url: string, { ageMs = 0, body = '{}', key = secretBytes as Uint8Array }) {
  const now = new Date(Date.now() - ageMs)
  const headers = { ...signedHeaders({ id: 'msg_1', now, body: '{}', keys: [key] }) }
  const answer = await fetch(url, { method: 'POST', body, headers })
  return answer.status
}

describe.each(Object.entries(receivers))('%s', (name, command) => {
  const skips = name.endsWith('.go') && !isThere('go')

  it.skipIf(skips)(
    'answers the challenge, does right in the drill, and keeps the order',
    async () => {
      const { url, says } = await start(command)
      const issuer = { name: `Empfang ${name}` }
      const wish = { url, secret, filter: { issuer: [issuer.name] } }
      const { body } = await house.api('POST', '', { body: wish })
      const path = `/${String(body['id'])}`
      await expect.poll(async () => (await house.api('GET', path)).body['status']).toBe('active')
      const drill = await house.api('POST', `${path}/drill`)
      expect(drill.body['steps']).toMatchObject(Array(7).fill({ verdict: 'right' }))
      const id = `na-${name.replaceAll('.', '-')}`
      const uri = `urn:newswire:${id}`
      await house.publish({ id, uri, issuer, headline: 'Größe – 重庆' })
      await expect.poll(says).toContain(`store ${uri} version 1`)
      await house.publish({ id, uri, issuer, version: 2, change: 'withdrawal', status: 'canceled' })
      await expect.poll(says).toContain(`remove ${uri}`)
      await house.api('POST', `${path}/rotate-secret`)
      await house.publish({ id: `${id}-2`, uri: `${uri}-2`, issuer })
      await expect.poll(says).toContain(`store ${uri}-2 version 1`)
    },
    startMsMax,
  )

  it.skipIf(skips)(
    'refuses other bytes, another key, another time, and no signature',
    async () => {
      const { url } = await start(command)
      expect(await call(url, { body: '{} ' })).toBe(401)
      expect(await call(url, { key: Buffer.alloc(32, 1) })).toBe(401)
      for (const ageMs of [-600_000, 600_000]) expect(await call(url, { ageMs })).toBe(401)
      const bare = await fetch(url, { method: 'POST', body: '{}' })
      expect(bare.status).toBe(401)
      // Signed by the house, and no event: a fault of the caller, not of the receiver.
      expect(await call(url, {})).toBe(400)
    },
    startMsMax,
  )

  it.skipIf(skips)(
    'keeps the order by what is signed, whatever is said beside it, also of thin events',
    async () => {
      const { url, says } = await start(command)
      const ninjs = (version: number) => ({ version: String(version), _newswire: { version } })
      const thin = (version: number) => ({ version })
      const send = async (id: string, more: object) => {
        const data = { uri: `urn:newswire:na-${id.at(-1)}`, ...more }
        const body = JSON.stringify({ type: 'item.updated', timestamp: '', data })
        const signed = signedHeaders({ id, now: new Date(), body, keys: [secretBytes] })
        const headers = { ...signed, 'newswire-version': '99' }
        return (await fetch(url, { method: 'POST', body, headers })).json()
      }
      for (const [item, format] of [ninjs, thin].entries()) {
        expect(await send(`new_${item}`, format(2))).toEqual({ newswire: 'processed' })
        expect(await send(`old_${item}`, format(1))).toEqual({ newswire: 'stale' })
      }
      expect(says()).not.toContain('version 1')
    },
    startMsMax,
  )

  it.skipIf(skips)(
    'believes nobody where it was given no secret: an empty key signs for everybody',
    async () => {
      if (name === 'receive-request.ts') {
        const { url } = await start(command.with(-1, 'whsec_'))
        expect(await call(url, { key: Buffer.alloc(0) })).toBe(401)
        return
      }
      const own = ['SECRET=whsec_', 'PORT=0', ...command]
      const process = spawn('env', own, { detached: true })
      onTestFinished(() => end(process))
      expect(await new Promise((resolve) => process.once('exit', resolve))).toBe(1)
    },
    startMsMax,
  )

  if (skips) it.skip(`${name} was NOT tried, as there is no go here: apt-get install golang-go`)
})
