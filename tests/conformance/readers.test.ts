import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bareEnvironment, repository } from '@newswire/infra'
import { type Newswire, startNewswire, temporaryFolder } from '@newswire/kit'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Hostile, hostile, patience, publish, releaseOf } from './hostile.js'
import { installedReaders, type Reader, type Seen } from './readers/readers.js'

/*
 * Debian's newsboat, feedparser and rss2email read a whole house through the life of its items:
 * every item is there exactly once, under its right title, whatever happens to it and to the house.
 */

const { readers, missing } = await installedReaders()

for (const name of missing) {
  const how = `apt-get install ${name}, or without root: node infra/fetch-readers.mjs`
  test.skip(`${name} is not installed, so nothing is said about it. Install it with: ${how}`)
}

/** rss2email takes a title of RSS for HTML if it holds an entity; the two others then don't. */
const unsayable = { reader: 'rss2email', format: 'rss', name: 'double' } as const

const corrected: Hostile = {
  ...{ name: 'corrected', language: 'en', at: '2026-03-01T10:20:00Z' },
  ...{ headline: 'Sales < plan & profit', shown: 'Sales < plan & profit' },
  html: '<p>Sales are below what was planned in Lyon, France.</p>',
}
const withdrawn: Hostile = {
  ...{ name: 'withdrawn', language: 'en', at: '2026-03-01T10:21:00Z' },
  ...{ headline: 'A release & its end', shown: 'A release & its end' },
  html: '<p>Xylophones are sold in Lyon, France.</p>',
}
const all = [...hostile, corrected, withdrawn]

const dataDir = temporaryFolder('readers')
let port = 0
let newswire: Newswire
let ids: ReadonlyMap<string, string>

beforeAll(async () => {
  if (readers.length === 0) return
  port = await freePort()
  newswire = await start()
  const given = await publish(
    newswire,
    all.map((item) => releaseOf(item)),
  )
  ids = new Map(all.map(({ name }, at) => [name, given[at] ?? '']))
}, 60_000)
afterAll(() => newswire?.stop())

/** The same address and data again: readers know a feed by its address. */
function start(): Promise<Newswire> {
  return startNewswire({ dataDir, env: { PORT: String(port) } })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}

const pairs = readers.flatMap((reader) =>
  (['rss', 'atom'] as const).map((format) => ({ reader, format, name: reader.name })),
)

/** Each pair of reader and format has one folder through the whole file. */
const folders = new Map<string, string>()

function poll(reader: Reader, format: string): Promise<readonly Seen[]> {
  const key = `${reader.name}-${format}`
  const folder = folders.get(key) ?? temporaryFolder('reader')
  folders.set(key, folder)
  return reader.poll(feedUrl(format), folder)
}

const feedUrl = (format: string) => `http://127.0.0.1:${port}/feeds/${format}?limit=500`

const uriOf = (name: string) => `urn:newswire:${ids.get(name)}`

/** What a reader should hold of an item that nothing happened to. */
function expected(item: Hostile, reader: string, format: string): object {
  const isUnsayable =
    reader === unsayable.reader && format === unsayable.format && item.name === unsayable.name
  const language = reader === 'feedparser' ? { language: item.language } : {}
  return {
    id: uriOf(item.name),
    link: `http://127.0.0.1:${port}/items/${ids.get(item.name)}`,
    date: Date.parse(item.at) / 1_000,
    ...(isUnsayable ? {} : { title: item.shown }),
    ...language,
  }
}

const inOrder = (items: readonly Hostile[]) =>
  [...items].sort((one, other) =>
    one.at === other.at
      ? uriOf(one.name).localeCompare(uriOf(other.name), 'en')
      : Date.parse(one.at) - Date.parse(other.at),
  )

const idsOf = (seen: readonly Seen[]) => seen.map(({ id }) => id).sort()
const allIds = () => all.map(({ name }) => uriOf(name)).sort()

async function answered(format: string, status: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const line = text
    .split('\n')
    .filter((row) => row.startsWith('newswire_feed_requests_total'))
    .find((row) => row.includes(`format="${format}"`) && row.includes(`status="${status}"`))
  return Number(line?.split(' ').at(-1) ?? 0)
}

describe.each(pairs)('$name reads $format', ({ reader, format, name }) => {
  test('and sees every item once, with its title, date, link and language', async () => {
    const seen = await poll(reader, format)
    expect(idsOf(seen)).toEqual(allIds())
    const byId = new Map(seen.map((item) => [item.id, item]))
    expect(inOrder(all).map((item) => byId.get(uriOf(item.name)))).toMatchObject(
      inOrder(all).map((item) => expected(item, name, format)),
    )
  })

  test('and is told that nothing has changed when it polls again', async () => {
    const before = await answered(format, 304)
    await poll(reader, format)
    // newsboat stores what it was told with the first answer only once it has asked twice.
    const seen = await poll(reader, format)
    expect(await answered(format, 304)).toBeGreaterThan(before)
    expect(idsOf(seen)).toEqual(allIds())
  })
})

describe('when an item is corrected and another withdrawn', () => {
  test.skipIf(pairs.length === 0)(
    'and the house has taken both',
    async () => {
      await publish(newswire, [
        releaseOf(corrected, {
          ...{ version: '2', versionCreated: '2026-03-01T12:00:00Z' },
          headlines: [{ role: 'main', value: 'Sales > plan & loss' }],
        }),
        releaseOf(withdrawn, {
          ...{ version: '2', versionCreated: '2026-03-01T12:01:00Z', pubStatus: 'canceled' },
        }),
      ])
      await vi.waitFor(async () => {
        const answer = await fetch(`${newswire.url}/items/${ids.get('withdrawn')}`)
        expect(answer.status).toBe(410)
      }, patience)
    },
    30_000,
  )

  test.each(pairs)('$name still holds every item of $format once', async ({ reader, format }) => {
    expect(idsOf(await poll(reader, format))).toEqual(allIds())
  })

  test.each(pairs.filter(({ name }) => name !== 'rss2email'))(
    '$name shows the new title and the first date of the corrected item of $format',
    async ({ reader, format }) => {
      const seen = await poll(reader, format)
      expect(seen.filter(({ id }) => id === uriOf('corrected'))).toMatchObject([
        { title: 'Sales > plan & loss', date: Date.parse(corrected.at) / 1_000 },
      ])
    },
  )

  test.each(pairs)(
    '$name, when it is new here, gets every item of $format once and no withdrawn word',
    async ({ reader, format }) => {
      const seen = await reader.poll(feedUrl(format), temporaryFolder('reader'))
      // A tombstone of Atom is no entry; one of RSS is an item without text.
      const isThere = (id: string) => format === 'rss' || id !== uriOf('withdrawn')
      expect(idsOf(seen)).toEqual(allIds().filter(isThere))
      expect(JSON.stringify(seen)).not.toContain('Xylophones')
    },
  )
})

describe('after the house', () => {
  const before = new Map<string, readonly Seen[]>()
  const feeds = async () =>
    Promise.all(
      ['rss', 'atom', 'json'].map(async (format) => (await fetch(feedUrl(format))).text()),
    )

  async function expectNothingNew(): Promise<void> {
    for (const { reader, format, name } of pairs) {
      const seen = await poll(reader, format)
      expect(seen, `${name} ${format}`).toEqual(before.get(`${name} ${format}`))
    }
  }

  test.skipIf(pairs.length === 0)(
    'was stopped and started, no reader sees anything new',
    async () => {
      for (const { reader, format, name } of pairs) {
        before.set(`${name} ${format}`, await poll(reader, format))
      }
      const bytes = await feeds()
      await newswire.stop()
      newswire = await start()
      expect(await feeds()).toEqual(bytes)
      await expectNothingNew()
    },
    60_000,
  )

  test.skipIf(pairs.length === 0)(
    'has made its read models again, nor then',
    async () => {
      const bytes = await feeds()
      const cli = join(repository, 'services/standalone/dist/cli.js')
      const env = { ...bareEnvironment(), DATA_DIR: dataDir }
      await promisify(execFile)(process.execPath, [cli, 'rebuild'], { env, timeout: 30_000 })
      await expect.poll(feeds, patience).toEqual(bytes)
      await expectNothingNew()
    },
    60_000,
  )
})
