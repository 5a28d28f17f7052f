import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bareEnvironment } from '@newswire/infra'
import { startCatcher, startFakeWire, startNewswire, temporaryFolder } from '@newswire/kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let newswire: Awaited<ReturnType<typeof startNewswire>>
beforeAll(async () => {
  // Without a key from outside, as most people start it: it makes one and keeps it.
  newswire = await startNewswire({ env: { ADMIN_KEY: '' } })
})
afterAll(() => newswire.stop())

const command = join(import.meta.dirname, '../../infra/newswire.mjs')
const folder = temporaryFolder('releases')

/** The command line, as `npx newswire` runs it on the machine of the house. */
function start(args: readonly string[], { stdin = '', env = {} } = {}) {
  const environment = { ...bareEnvironment(), DATA_DIR: newswire.dataDir, ...env }
  const child = spawn(process.execPath, [command, ...args], { env: environment })
  const written = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    written.out += part
  })
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    written.err += part
  })
  child.stdin.end(stdin)
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  )
  return { child, written, ended }
}

async function newswireOf(args: readonly string[], options?: Parameters<typeof start>[1]) {
  const { written, ended } = start(args, options)
  return { code: await ended, ...written }
}

async function jsonOf<T>(args: readonly string[], options?: Parameters<typeof start>[1]) {
  const { out, code, err } = await newswireOf([...args, '--json'], options)
  expect(err).toBe('')
  return { code, said: JSON.parse(out) as T }
}

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const ninjs = (uri: string, headline: string, own: object = {}) =>
  JSON.stringify({
    ...{ uri, version: '1', versionCreated: '2026-03-01T10:00:00Z', language: 'en' },
    headlines: [{ value: headline }],
    bodies: [{ contentType: 'text/plain', value: 'Lyon. Acme opens a plant in France.' }],
    ...own,
  })

const wireText = `Bonn (ots) - Die Muster AG eröffnet ein Werk in Chongqing und steigert ihren Umsatz.

Original-Content von: Muster AG, übermittelt durch news aktuell`

const nitf = `<?xml version="1.0"?><nitf><head><title>Acme builds in Spain</title></head>
<body><body.head><hedline><hl1>Acme builds in Spain</hl1></hedline></body.head>
<body.content><p>Madrid. Acme builds a plant in Spain.</p></body.content></body></nitf>`

interface Ingested {
  readonly files: readonly {
    readonly file: string
    readonly error?: string
    readonly releases: readonly { state: string; id?: string; version?: number; reason?: string }[]
  }[]
}

describe('ingest', () => {
  test('takes files of several formats and stdin, and follows each to its end', async () => {
    const files = [
      file('release.txt', wireText),
      file('release.json', ninjs('urn:t:1', 'Acme opens in Lyon')),
      file('release.nitf', nitf),
    ]
    const { code, said } = await jsonOf<Ingested>(['ingest', ...files, '-'], {
      stdin: ninjs('urn:t:2', 'Acme from stdin'),
    })
    expect(code).toBe(0)
    expect(said.files.map(({ file: name }) => name)).toEqual([...files, '-'])
    for (const { releases } of said.files) {
      expect(releases).toMatchObject([{ state: 'normalized', version: 1, id: expect.any(String) }])
    }
  })

  test('says of each what became of it: duplicate, newer version, embargo, dead letter, refusal', async () => {
    const same = file('same.json', ninjs('urn:t:3', 'Acme says it twice'))
    const later = new Date(Date.now() + 3_600_000).toISOString()
    expect((await newswireOf(['ingest', same])).code).toBe(0)
    const again = await newswireOf(['ingest', same])
    expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/duplicate.*same\.json/) })
    const newer = file(
      'newer.json',
      ninjs('urn:t:3', 'Acme says it anew', {
        version: '2',
        versionCreated: '2026-03-01T11:00:00Z',
      }),
    )
    expect((await newswireOf(['ingest', newer])).out).toMatch(/normalized.*version 2/)
    const held = file('held.json', ninjs('urn:t:4', 'Secret', { embargoedUntil: later }))
    expect((await newswireOf(['ingest', held])).out).toMatch(/held.*Embargo until/)
    const dead = await newswireOf(['ingest', file('dead.json', '{"uri":"urn:t:5"}')])
    expect(dead).toMatchObject({
      code: 1,
      out: expect.stringMatching(/dead letter.*neither headline/),
    })
    const bad = await newswireOf(['ingest', file('bad.json', '{"uri":'), join(folder, 'none.txt')])
    expect(bad.code).toBe(1)
    expect(bad.out).toMatch(/refused.*bad\.json.*JSON/)
    expect(bad.out).toMatch(/refused.*none\.txt.*no such file/)
  })
})

describe('items', () => {
  test('are listed by a filter, and one is shown in full with why it has its tags', async () => {
    type Listed = { items: { _newswire: { id: string; headline: string } }[] }
    await expect
      .poll(async () => (await jsonOf<Listed>(['items', 'q=chongqing', 'lang=de'])).said.items)
      .toHaveLength(1)
    const [item] = (await jsonOf<Listed>(['items', 'region=CN'])).said.items
    const { code, out } = await newswireOf(['items', item?._newswire.id ?? ''])
    expect(code).toBe(0)
    expect(out).toMatch(/CN-CQ +Chongqing .*“Chongqing”/)
    expect(out).toMatch(/^credit +\S/m)
    expect(out).toMatch(/^version +1 \(new\), revision 1\.1$/m)
    expect(out).toContain('steigert ihren Umsatz')
    const unknown = await newswireOf(['items', 'na-none'])
    expect(unknown).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^There is no such item: /),
    })
    const bad = await newswireOf(['items', 'region=Atlantis'])
    expect(bad).toMatchObject({ code: 1, err: expect.stringContaining('Atlantis') })
  })

  test('no headline reaches the terminal as a command to it', async () => {
    const evil = '\u001b]0;owned\u0007\u001b[2JAcme \u009b31mmakes \u202eevil\u0008 news'
    const path = file('evil.json', ninjs('urn:t:evil', evil))
    expect((await newswireOf(['ingest', path])).code).toBe(0)
    await expect.poll(async () => (await newswireOf(['items', 'q=evil'])).out).toContain('Acme')
    const texts = await Promise.all([
      newswireOf(['items', 'q=evil']),
      newswireOf(['items', 'q=evil', '--json']),
    ])
    for (const { out } of texts) expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u)
  })
})

test('tail shows what becomes public, by its filter, and Ctrl-C ends it cleanly', async () => {
  const { child, written, ended } = start(['tail', 'q=zeppelin', '--json'])
  const push = (uri: string, headline: string) =>
    newswireOf(['ingest', file(`${uri}.json`, ninjs(`urn:tail:${uri}`, headline))])
  await push('one', 'Acme has a plant')
  // What came before it watches is not shown: a slow start misses some.
  let pushed = 0
  const pushMore = async () => {
    pushed += 1
    await push(`more-${pushed}`, `Acme has zeppelin number ${pushed}`)
    return written.out
  }
  await expect.poll(pushMore).toContain('zeppelin')
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  const shown = written.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(shown[0]).toMatchObject({ version: 1, status: 'usable' })
  for (const { headline } of shown) expect(headline).toMatch(/^Acme has zeppelin number \d+$/)
})

test('webhooks: added, tried, drilled, paused, rotated, replayed and deleted', async () => {
  await using catcher = await startCatcher()
  type Endpoint = { id: string; secret?: string; status: string; filter: object }
  const added = await jsonOf<Endpoint>([
    ...['webhooks', 'add', catcher.url, '--name', 'Tried'],
    ...['--filter', 'q="hook me",balloon', '--filter', 'not.lang=de'],
  ])
  const { id, secret } = added.said
  expect(added.said.filter).toEqual({ q: ['balloon', '"hook me"'].sort(), not: { lang: ['de'] } })
  expect(secret).toMatch(/^whsec_/)
  await expect.poll(async () => (await newswireOf(['webhooks'])).out).toMatch(/● active +Tried/)
  expect(await newswireOf(['webhooks', 'test', id])).toMatchObject({
    code: 0,
    out: expect.stringContaining('delivered'),
  })
  const drill = await newswireOf(['webhooks', 'drill', id])
  expect(drill.out).toMatch(/bad-signature/)
  await newswireOf(['ingest', file('hook.json', ninjs('urn:t:hook', 'Please hook me'))])
  await expect
    .poll(async () => (await newswireOf(['webhooks', 'deliveries', id])).out)
    .toMatch(/✓ delivered/)
  catcher.answer(() => ({ status: 500 }))
  expect(await newswireOf(['webhooks', 'test', id])).toMatchObject({
    code: 1,
    out: expect.stringContaining('500'),
  })
  catcher.answer(() => ({ status: 204 }))
  const before = catcher.events().length
  const replay = await newswireOf(['webhooks', 'replay', id, '--all'])
  expect(replay).toMatchObject({ code: 0, out: expect.stringMatching(/done {2}1 delivered/) })
  expect(catcher.events().length).toBeGreaterThan(before)
  expect((await jsonOf<Endpoint>(['webhooks', 'rotate', id])).said.secret).not.toBe(secret)
  expect((await jsonOf<Endpoint>(['webhooks', 'pause', id])).said.status).toBe('paused')
  expect((await jsonOf<Endpoint>(['webhooks', 'resume', id])).said.status).toBe('active')
  expect((await newswireOf(['webhooks', 'delete', id])).code).toBe(0)
  expect((await newswireOf(['webhooks', 'show', id])).code).toBe(1)
})

test('dead letters are listed, shown, replayed and discarded', async () => {
  await newswireOf(['ingest', file('dead-2.json', '{"uri":"urn:t:6"}')])
  type Letters = { items: { id: string; stage: string }[] }
  const letters = async () => (await jsonOf<Letters>(['dead'])).said.items
  const [letter, ...others] = await letters()
  expect((await newswireOf(['dead', 'show', letter?.id ?? ''])).out).toMatch(/urn:t:6/)
  // What is hopeless dies again, as another letter.
  expect((await newswireOf(['dead', 'replay', '--stage', 'normalizer'])).code).toBe(0)
  await expect
    .poll(async () => (await letters()).map(({ id }) => Number(id)).toSorted((a, b) => a - b)[0])
    .toBeGreaterThan(Number(letter?.id))
  await expect.poll(letters).toHaveLength(others.length + 1)
  const unsure = await newswireOf(['dead', 'discard', '--all'])
  expect(unsure).toMatchObject({ code: 2, err: expect.stringContaining('--yes') })
  expect((await newswireOf(['dead', 'discard', '--all', '--yes'])).code).toBe(0)
  expect((await newswireOf(['dead'])).out).toContain('No dead letter')
})

test('sources are added, polled and listed, and the status tells when one is not well', async () => {
  await using wire = await startFakeWire()
  wire.serve('/gone.rss', { status: 404, body: 'no' })
  const add = ['sources', 'add', `${wire.url}/gone.rss`, '--name', 'Gone']
  const { said } = await jsonOf<{ id: string }>(add)
  await expect
    .poll(async () => (await newswireOf(['sources'])).out)
    .toMatch(/✗ failing +Gone .* in \d+/)
  // The overview is read once in a while, for all who look.
  const status = async () => (await newswireOf(['status'])).out
  await expect.poll(status).toMatch(/^! warning +.*Gone/m)
  expect((await newswireOf(['status'])).code).toBe(1)
  expect((await newswireOf(['sources', 'pause', said.id])).out).toMatch(/disabled/)
  await expect.poll(status).not.toMatch(/^! warning +.*Gone/m)
  expect((await newswireOf(['sources', 'delete', said.id])).code).toBe(0)
})

test('a key that is not known, and a house elsewhere, get a sentence and not the kept key', async () => {
  const unknown = await newswireOf(['status'], { env: { NEWSWIRE_KEY: 'nw_unknown' } })
  expect(unknown).toMatchObject({ code: 1, err: expect.stringMatching(/does not know this key/) })
  const elsewhere = newswire.url.replace('127.0.0.1', 'localhost')
  const stranger = await newswireOf(['status', '--url', elsewhere])
  expect(stranger).toMatchObject({ code: 1, err: expect.stringMatching(/needs a key/) })
  expect((await newswireOf(['admin-key'])).out).toMatch(/^The new admin key is nw_/)
  await expect.poll(async () => (await newswireOf(['sources'])).code).toBe(0)
})
