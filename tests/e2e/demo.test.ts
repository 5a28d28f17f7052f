import { join } from 'node:path'
import { bareEnvironment, repository, spawnGuarded } from '@newswire/infra'
import { temporaryFolder } from '@newswire/kit'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

const program = join(repository, 'services/standalone/dist/demo/main.js')
const soon = { timeout: 30_000, interval: 100 }

interface Demo {
  readonly url: string
  readonly key: string
  readonly exited: Promise<{ readonly code: number | null }>
  interrupt(): void
  written(): string
}

async function startDemo(): Promise<Demo> {
  const args = [program, '--port', '0', '--rate', '4', '--data-dir', temporaryFolder('demo')]
  const child = spawnGuarded(process.execPath, args, {
    folder: repository,
    output: 'pipe',
    env: bareEnvironment(),
  })
  let text = ''
  for (const stream of child.output) {
    stream.setEncoding('utf8')
    stream.on('data', (part: string) => {
      text += part
    })
  }
  const isUp = () => expect(text).toContain('The demo is running')
  await vi.waitFor(isUp, { timeout: 60_000, interval: 50 })
  return {
    url: /(http:\/\/127\.0\.0\.1:\d+)\/dashboard/.exec(text)?.[1] ?? '',
    key: /^ {2}(nw_\S+)$/m.exec(text)?.[1] ?? '',
    exited: child.exited,
    interrupt: () => child.signal('SIGINT'),
    written: () => text,
  }
}

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(async () => {
  demo.interrupt()
  await demo.exited
})

async function list<T>(path: string): Promise<readonly T[]> {
  const headers = { authorization: `Bearer ${demo.key}` }
  const answer = await fetch(demo.url + path, { headers })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { items: T[] }).items
}

interface Item {
  readonly language: string
  readonly _newswire: {
    readonly id: string
    readonly change: string
    readonly tags: readonly { readonly scheme: string; readonly code: string }[]
  }
}

const items = () => list<Item>('/api/v1/items?limit=200')
const changes = async () => (await items()).map((item) => item._newswire.change)
const deliveries = () => list<{ readonly state: string }>('/api/v1/deliveries?limit=200')

describe('npm run demo', () => {
  test('brings releases in five languages, from all over the world', async () => {
    const seen = async () => [...new Set((await items()).map((item) => item.language))].sort()
    await expect.poll(seen, soon).toEqual(['de', 'en', 'es', 'fr', 'it'])
    const countries = async () => {
      const tags = (await items()).flatMap((item) => item._newswire.tags)
      return new Set(tags.filter((tag) => tag.scheme === 'iso3166-1').map(({ code }) => code)).size
    }
    await expect.poll(countries, soon).toBeGreaterThanOrEqual(5)
  })

  test.each(['correction', 'update', 'withdrawal'])('brings a %s', async (change) => {
    await expect.poll(changes, soon).toContain(change)
  })

  test('holds an embargoed one back, and lets it out in time', async () => {
    // The seventh of the script: nothing tells of it before its time but its own number.
    const places = ['north', 'south'].map((wire) => `${demo.url}/api/v1/items/${wire}-example-`)
    const year = new Date().getUTCFullYear()
    const statuses = () =>
      Promise.all(places.map(async (place) => (await fetch(`${place}${year}-7`)).status))
    await expect.poll(async () => (await items()).length, soon).toBeGreaterThan(8)
    expect(await statuses()).toEqual([404, 404])
    await expect.poll(statuses, { timeout: 40_000 }).toContain(200)
  })

  test('makes a dead letter', async () => {
    const letters = () => list<{ readonly stage: string }>('/api/v1/dead-letters')
    await expect
      .poll(letters, soon)
      .toContainEqual(expect.objectContaining({ stage: 'normalizer' }))
  })

  test('has two verified webhooks, and deliveries that go well and that fail', async () => {
    const webhooks = await list<{ readonly status: string }>('/api/v1/webhooks')
    expect(webhooks.map(({ status }) => status)).toEqual(['active', 'active'])
    const states = async () => (await deliveries()).map(({ state }) => state)
    await expect.poll(states, soon).toContain('delivered')
    await expect.poll(states, soon).toContain('retry')
  })

  test('polls a feed that brings releases', async () => {
    const ids = async () => (await items()).map((item) => item._newswire.id)
    await expect.poll(ids, soon).toContainEqual(expect.stringMatching(/^press-example-/))
  })

  test('ends cleanly on Ctrl-C', async () => {
    demo.interrupt()
    expect((await demo.exited).code).toBe(0)
    expect(demo.written()).toMatch(/The demo has ended\.\n$/)
    expect(demo.written()).not.toMatch(/"level"/)
  })
})
